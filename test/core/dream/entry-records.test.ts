import { expect, test } from 'vitest';
import { entryRecords } from '../../../src/core/dream/entry-records.ts';
import { dreamInput } from '../../support/dream-input.ts';
import { agent, person, refuse, run, session } from '../../support/session.ts';

test('sessions are counted for, against and in breach of an entry, once each', () => {
  const input = dreamInput({
    memory: {
      'CLAUDE.md':
        '# App\n\n- Never mock the database in integration tests.\n- Sessions live in Redis.\n- Nobody speaks of this.\n',
    },
    sessions: [
      session(
        { id: 's1', day: 1 },
        agent('Done.'),
        person('We never mock the database in integration tests.'),
      ),
      session({ id: 's2', day: 5 }, refuse('vitest', 'never mock the database in integration tests')),
      session({ id: 's3', day: 9 }, person('We no longer use Redis.')),
    ],
  });
  const records = entryRecords(input.store, input.signals, input.repository);
  const byText = new Map([...records].map(([id, record]) => [input.store.entries.get(id)?.text, record]));
  expect(byText.get('Never mock the database in integration tests.')).toMatchObject({
    support: 2,
    violated: 1,
    contradicted: 0,
    lastTouched: '2026-01-01T00:00:00.000Z',
  });
  expect(byText.get('Sessions live in Redis.')).toMatchObject({ support: 0, contradicted: 1 });
  expect(byText.size).toBe(2);
});

test('a session applies a note when its agent runs the command that the note prescribes', () => {
  const input = dreamInput({
    memory: {
      'CLAUDE.md':
        '# App\n\n- Run `pnpm test` before a push.\n- Never run `npm install lodash`.\n- Check with `make lint`.\n',
    },
    sessions: [
      session({ id: 's1', day: 1 }, run('pnpm test --run'), run('npm install lodash')),
      session({ id: 's2', day: 2 }, run('pnpm test'), run('pnpm build'), run('pnpm test')),
    ],
  });
  const records = entryRecords(input.store, input.signals, input.repository);
  const applied = [...records].map(([id, record]) => [input.store.entries.get(id)?.text, record.applied]);
  expect(applied).toEqual([['Run `pnpm test` before a push.', 2]]);
});
