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

  test('is one routine when its steps are about different things each time', () => {
    const add = (day: number, name: string) =>
      session(
        { id: `s${day}`, day },
        run(`sea chart create ${name}`),
        run('sea chart draw'),
        run(`sea check --chart ${name}`),
      );
    const sessions = [add(1, 'north'), add(5, 'east'), add(9, 'west')];
    expect(workflows(dreamInput({ memory, sessions })).proposals.map((one) => one.operations)).toMatchObject([
      [{ text: 'Run `sea chart create <value>`, then `sea chart draw`, then `sea check --chart <value>`.' }],
    ]);
  });

  test('is neither the loop of editing and testing nor the repair of a failure', () => {
    const loop = (day: number) =>
      session({ id: `l${day}`, day }, run('pnpm lint'), run('pnpm test'), run('git commit -m "x"'));
    const repair = (day: number) =>
      session(
        { id: `r${day}`, day },
        run('sea sail', 'Error: the lock is held', false),
        run('sea unlock'),
        run('sea sail'),
      );
    for (const sessions of [
      [loop(1), loop(5), loop(9)],
      [repair(1), repair(5), repair(9)],
    ])
      expect(workflows(dreamInput({ memory, sessions })).proposals).toEqual([]);
  });
});
