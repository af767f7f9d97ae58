import { expect, test } from 'vitest';
import { changedValues } from '../../../../src/dreamers/embedded/sessions/changed-values.ts';
import { dreamInput } from '../../../support/dream-input.ts';
import { run, session } from '../../../support/session.ts';

const memory = {
  'CLAUDE.md': '# App\n\n- Snapshots go to the branch `data/snapshots`.\n- Never rewrite `data/snapshots`.\n',
};
const output = (day: number, branch: string) =>
  session({ id: `s${day}`, day }, run('make snapshot', `Created orphan branch '${branch}' for snapshots`));

test('a value that changed for good in a recurring output is corrected wherever memory names the old one', () => {
  const sessions = [output(1, 'data/snapshots'), output(4, 'data/snapshots'), output(9, 'data/snapshots-v2')];
  const { proposals } = changedValues(dreamInput({ memory, sessions }));
  expect(proposals).toMatchObject([
    {
      kind: 'correct',
      operations: [
        { op: 'revise', text: 'Snapshots go to the branch `data/snapshots-v2`.' },
        { op: 'revise', text: 'Never rewrite `data/snapshots-v2`.' },
      ],
    },
  ]);
});

test('a file named in place of another that is still there changed nothing', () => {
  const checked = (day: number, file: string) =>
    session({ id: `s${day}`, day }, run('make check', `Checking the layout of ${file} first`));
  const sessions = [checked(1, 'src/pump.rs'), checked(4, 'src/pump.rs'), checked(9, 'src/valve.rs')];
  const known = { 'CLAUDE.md': '# App\n\n- The pump is driven in `src/pump.rs`.\n' };
  const corrected = (paths: readonly string[]): number =>
    changedValues(dreamInput({ memory: known, sessions, facts: { paths: new Set(paths) } })).proposals.length;
  expect(corrected(['src/pump.rs', 'src/valve.rs'])).toBe(0);
  expect(corrected(['src/valve.rs'])).toBe(1);
});

test('what a command was told and says again is no value of the project', () => {
  const deployed = (day: number, target: string) =>
    session(
      { id: `s${day}`, day },
      run(`make deploy TO=${target}`, `Deploying the whole app to '${target}'`),
    );
  const sessions = [deployed(1, 'blue-pool'), deployed(4, 'blue-pool'), deployed(9, 'green-pool')];
  const known = { 'CLAUDE.md': '# App\n\n- Customers are served from `blue-pool`.\n' };
  expect(changedValues(dreamInput({ memory: known, sessions })).proposals).toEqual([]);
});

test.each([
  ['goes back and forth', ['data/snapshots', 'data/snapshots', 'data/v2', 'data/snapshots']],
  ['is another each time', ['data/a1', 'data/b2', 'data/c3', 'data/d4', 'data/snapshots', 'data/e5']],
  ['was seen once only', ['data/snapshots', 'data/v2']],
])('a value that %s proves nothing', (_why, branches) => {
  const sessions = branches.map((branch, at) => output(at * 3 + 1, branch));
  expect(changedValues(dreamInput({ memory, sessions })).proposals).toEqual([]);
});
