/** Prompts as files, and dreams from files of replies. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { playDream } from '../../scripts/prompts/play.ts';
import { scratchFolder } from '../support/repository.ts';

const said =
  'migrations in `db/migrations` are numbered 0001, 0002 and so on, never by timestamp, because the release notes quote the number.';
const session = '1f75a09c-361a-4831-a932-745e3d5ecaab';

const replies = {
  [`001-extract-${session}-1-14`]: {
    observations: [{ lesson: 'request', text: said, quotes: [{ event: 7, quote: said }] }],
  },
  '003-consolidate-1': {
    stop_reason: 'tool_use',
    content: [
      {
        type: 'tool_use',
        name: 'propose',
        input: {
          kind: 'learn',
          lesson: 'request',
          rationale: 'Somebody asked for it.',
          operations: [{ op: 'add', file: 'CLAUDE.md', text: `M${said.slice(1)}` }],
          evidence: [{ type: 'quote', session, event: 7, quote: said }],
        },
      },
    ],
  },
};

async function played(replay: string | undefined) {
  const out = scratchFolder();
  const options = { named: ['explicit-request'], by: 'you', sessions: 10 };
  const { result, impossible } = await playDream({
    ...options,
    out,
    replay,
    now: '2026-03-20T18:00:00.000Z',
  });
  expect(impossible).toEqual([]);
  if (result instanceof Error) throw result;
  const written = readdirSync(out).map(
    (name) => [name.replace(/^\d+-/, ''), readFileSync(join(out, name), 'utf8')] as const,
  );
  return { result, written: new Map(written) };
}

it('writes what would be asked, and dreams as far as replies reach', async () => {
  const first = await played(undefined);
  expect([...first.written.keys()].sort()).toEqual([
    'consolidate-1.json',
    `extract-${session}-1-14.json`,
    'extract-d9518f96-2a33-40c1-a92d-324b0315652e-2-3.json',
  ]);
  const request = JSON.parse(first.written.get(`extract-${session}-1-14.json`) ?? '') as Record<
    string,
    unknown
  >;
  expect(Object.keys(request)).toEqual(
    expect.arrayContaining(['model', 'system', 'messages', 'output_config']),
  );
  expect(first.result.proposals).toEqual([]);

  const replay = join(scratchFolder(), 'replies');
  mkdirSync(replay);
  for (const [name, reply] of Object.entries(replies))
    writeFileSync(join(replay, `${name}.reply.json`), JSON.stringify(reply));
  const second = await played(replay);
  expect(second.written.get(`extract-${session}-1-14.json`)).toBe(
    first.written.get(`extract-${session}-1-14.json`),
  );
  expect(second.written.get('consolidate-1.json')).toContain(said.slice(0, 40));
  expect([...second.written.keys()]).toEqual(expect.arrayContaining(['consolidate-2.json', 'grade-1.json']));
  expect(second.result.proposals).toMatchObject([{ kind: 'learn', lesson: 'request' }]);
});
