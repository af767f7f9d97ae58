import { describe, expect, test } from 'vitest';
import type { LineOrigin } from '../../../../src/core/dream/repository.ts';
import { refutations } from '../../../../src/dreamers/embedded/sessions/refutations.ts';
import { dreamInput } from '../../../support/dream-input.ts';
import { person, session } from '../../../support/session.ts';

const said = (text: string, day = 1) => session({ id: `s${day}`, day }, person(text));
const dream = (memory: string, text: string, writtenAt?: string) =>
  refutations(
    dreamInput({
      memory: { 'CLAUDE.md': memory },
      sessions: [said(text)],
      ...(writtenAt === undefined ? {} : { writtenAt }),
    }),
  );

describe('what a person refutes', () => {
  test('is retired when the entry is about it', () => {
    const { proposals } = dream(
      '# App\n\n- `make bootstrap` prepares a new machine.\n- Node 22 is required.\n',
      "We don't have `make bootstrap` any more",
    );
    expect(proposals).toMatchObject([{ kind: 'retire', strength: 'proved', operations: [{ op: 'retire' }] }]);
  });

  test('is corrected when the person names what holds instead, in every entry that names it', () => {
    const { proposals } = dream(
      '# App\n\n- Unit tests run with `jest`.\n- Put setup code for `jest` into test/setup.ts.\n- Build with vite.\n',
      'we switched from `jest` to `vitest`',
    );
    expect(proposals).toMatchObject([
      {
        kind: 'correct',
        operations: [
          { op: 'revise', text: 'Unit tests run with `vitest`.' },
          { op: 'revise', text: 'Put setup code for `vitest` into test/setup.ts.' },
        ],
      },
    ]);
  });

  test('as a bare number changes only entries on the same subject', () => {
    const { proposals } = dream(
      '# App\n\n- The API listens on port 3000.\n- Lists show at most 3000 rows.\n',
      'The API listens on port 4000 now, not 3000',
    );
    expect(proposals).toMatchObject([
      { operations: [{ op: 'revise', text: 'The API listens on port 4000.' }] },
    ]);
    expect(proposals[0]?.operations).toHaveLength(1);
  });

  test('is a lead when the entry says more', () => {
    const long = `- The worker ${'reads its queue and '.repeat(12)} writes to Redis.`;
    const { proposals, leads } = dream(`# App\n\n${long}\n`, 'We no longer use Redis');
    expect(proposals).toEqual([]);
    expect(leads).toMatchObject([{ kind: 'correct' }]);
  });

  test('leaves notes alone that were written later, or tell of the change', () => {
    const words = 'We no longer use Redis';
    expect(dream('# App\n\n- Sessions are in Redis.\n', words, '2026-03-20T00:00:00.000Z').proposals).toEqual(
      [],
    );
    expect(dream('# App\n\n- Redis was removed; sessions are in Postgres.\n', words).proposals).toEqual([]);
  });
});

test('a repository that was filled after its sessions ran does not say when its memory was written', () => {
  const memory = { 'CLAUDE.md': '# App\n\n- Sessions are in Redis.\n' };
  const first = { commit: 'f'.repeat(40), at: '2026-06-01T00:00:00.000Z', author: 'Ada' };
  const sessions = [said('We no longer use Redis')];
  const dreamed = (boundary: boolean) => {
    const origins = new Map([
      [
        'CLAUDE.md',
        memory['CLAUDE.md'].split('\n').map((): LineOrigin => (boundary ? { ...first, boundary } : first)),
      ],
    ]);
    return refutations(dreamInput({ memory, sessions, facts: { origins } })).proposals;
  };
  expect(dreamed(true)).toMatchObject([{ kind: 'retire' }]);
  expect(dreamed(false)).toEqual([]);
});
