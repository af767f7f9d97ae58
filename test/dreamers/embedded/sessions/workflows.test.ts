import { describe, expect, test } from 'vitest';
import { workflows } from '../../../../src/dreamers/embedded/sessions/workflows.ts';
import { dreamInput } from '../../../support/dream-input.ts';
import { run, session } from '../../../support/session.ts';

const memory = { 'CLAUDE.md': '# App\n' };
const release = (day: number, version: string) =>
  session(
    { id: `s${day}`, day },
    run('ls -la'),
    run('pnpm build'),
    run('git status'),
    run('pnpm changeset version'),
    run(`git commit -m "Release ${version}"`),
    run('pnpm publish --access public'),
  );

describe('a workflow', () => {
  test('is what three independent sessions converge on, made general, without looking around', () => {
    const [proposal, ...others] = workflows(
      dreamInput({ memory, sessions: [release(1, '1.0'), release(5, '1.1'), release(9, '1.2')] }),
    ).proposals;
    expect(others).toEqual([]);
    expect(proposal?.operations).toMatchObject([
      {
        op: 'add',
        text: 'Run `pnpm build`, then `pnpm changeset version`, then `git commit -m <text>`, then `pnpm publish --access public`.',
      },
    ]);
  });

  test('is nothing in two sessions, or when memory names its steps', () => {
    expect(workflows(dreamInput({ memory, sessions: [release(1, '1'), release(5, '2')] })).proposals).toEqual(
      [],
    );
    const known = {
      'CLAUDE.md':
        '# App\n\nTo release: `pnpm build`, `pnpm changeset version`, `git commit`, `pnpm publish`.\n',
    };
    expect(
      workflows(dreamInput({ memory: known, sessions: [release(1, '1'), release(5, '2'), release(9, '3')] }))
        .proposals,
    ).toEqual([]);
  });

  test('is more than saving work', () => {
    const save = (day: number) =>
      session({ id: `s${day}`, day }, run('git add -A'), run('git commit -m "x"'), run('git push'));
    expect(workflows(dreamInput({ memory, sessions: [save(1), save(5), save(9)] })).proposals).toEqual([]);
  });
});
