/** The story of the demo, as a person lives it: a dream is read, trimmed, accepted and asked about. */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import {
  acceptAnswer,
  changedAnswer,
  demoAnswer,
  dreamAnswer,
  rejectAnswer,
  showAnswer,
  statusAnswer,
  whyAnswer,
} from '../support/answers.ts';
import { aCommand, lastingCommand, type Command } from '../support/command.ts';
import { scratchFolder } from '../support/repository.ts';

vi.setConfig({ testTimeout: 120_000 });

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();

type Demo = z.infer<typeof demoAnswer>;

const start = lastingCommand();
let demo: Demo;
beforeAll(async () => {
  demo = demoAnswer.parse(await start.json('demo', '--dir', join(start.folder, 'sailings')));
}, 60_000);

/** The demo as it is before anybody has touched it. */
function theDemo(): { folder: string; command: Command } {
  const folder = join(scratchFolder(), 'sailings');
  cpSync(demo.folder, folder, { recursive: true });
  return { folder, command: start.in(folder) };
}

describe('the demo', () => {
  const titled = (words: RegExp) =>
    demo.proposals.find(({ title, rationale }) => words.test(title + rationale));

  it('dreams over eight sessions and proposes a handful of changes', () => {
    expect(demo).toMatchObject({ outcome: 'proposed', ingested: 8 });
    expect(demo.dream?.sessions).toHaveLength(8);
    expect(demo.proposals.length).toBeGreaterThanOrEqual(4);
    expect(demo.proposals.length).toBeLessThanOrEqual(12);
  });

  it('changes only memory files, one commit for each proposal', () => {
    const { base = '', head = '' } = demo.dream ?? {};
    expect(git(demo.folder, 'diff', '--name-only', base, head).split('\n')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(CLAUDE\.md|memory\/)/)]),
    );
    expect(git(demo.folder, 'rev-list', `${base}..${head}`).split('\n')).toEqual(
      demo.proposals.flatMap(({ commit }) => commit ?? []).toReversed(),
    );
  });

  it('quotes the words that caused each change, verbatim', () => {
    const quotes = demo.proposals.flatMap(({ evidence }) => evidence.filter(({ type }) => type === 'quote'));
    expect(quotes.length).toBeGreaterThan(0);
  });

  it('believes neither the pasted plan nor the review bot', () => {
    const written = JSON.stringify(demo.proposals.map(({ operations }) => operations));
    expect(written).not.toMatch(/moment|screenshots|lookup tables|changelog/i);
  });

  it('leaves the working tree and the branch as they were', () => {
    expect(git(demo.folder, 'status', '--porcelain')).toBe('');
    expect(git(demo.folder, 'rev-parse', '--abbrev-ref', 'HEAD')).toBe('main');
  });

  it('is the same on every run', async () => {
    const other = aCommand();
    const again = demoAnswer.parse(await other.json('demo', '--dir', join(other.folder, 'again')));
    expect(again.dream).toEqual(demo.dream);
    expect(again.proposals).toEqual(demo.proposals);
  });

  it('shows the pull request text and the diff', async () => {
    const { command } = theDemo();
    const shown = showAnswer.parse(await command.json('show'));
    expect(shown).toMatchObject({ state: 'open', dropped: [] });
    expect(shown.proposals).toEqual(demo.proposals);
    expect(shown.diff).toMatch(/^diff --git /);
    const { stdout } = await command.run('show');
    expect(stdout).toMatch(/^Dream 2026-11-20: \d+ changes from 8 sessions/);
    expect(stdout).toContain('diff --git');
    expect((await command.run('show', '--markdown')).stdout).toBe(shown.markdown);
  });

  it('would not dream again over the same', async () => {
    const { command } = theDemo();
    expect(dreamAnswer.parse(await command.json('dream', '--now', '2026-11-21'))).toMatchObject({
      outcome: 'nothing',
      reason: 'nothing-new',
    });
    expect(statusAnswer.parse(await command.json('status', '--now', '2026-11-21'))).toMatchObject({
      sessions: 8,
      waiting: 0,
      due: false,
      openDream: { id: demo.dream?.id },
    });
  });

  it('names the correction that two people made on their own', () => {
    expect(titled(/clock\.ts|Date\.now/)).toBeDefined();
  });
});

describe('a review', () => {
  it('drops, restores, accepts, and then tells why each line is there', async () => {
    const { folder, command } = theDemo();
    const last = demo.proposals.at(-1)?.number ?? 0;

    const dropped = changedAnswer.parse(await command.json('drop', String(last), '--reason', 'not now'));
    expect(dropped.dropped).toEqual([last]);
    expect(showAnswer.parse(await command.json('show')).dropped).toEqual([last]);

    const restored = changedAnswer.parse(await command.json('restore', String(last)));
    expect(restored).toMatchObject({ dropped: [], head: demo.dream?.head });

    await command.run('drop', String(last));
    const accepted = acceptAnswer.parse(await command.json('accept'));
    expect(accepted).toMatchObject({ onto: 'main', rejected: [last] });
    expect(git(folder, 'rev-parse', 'main')).toBe(accepted.commit);
    expect(git(folder, 'status', '--porcelain')).toBe('');
    expect(git(folder, 'branch', '--list', 'dream/*')).toBe('');

    for (const { number, commit } of demo.proposals.filter((proposal) => proposal.number !== last)) {
      if (commit === undefined) continue;
      const line = addedLine(folder, commit);
      if (line === undefined) continue;
      const why = whyAnswer.parse(await command.json('why', `${line.file}:${line.line}`));
      expect(why).toMatchObject({ dream: demo.dream?.id, proposal: number });
      expect(why.evidence.length).toBeGreaterThan(0);
    }
  });

  it('finds the words again after a squash merge with a message of its own', async () => {
    const { folder, command } = theDemo();
    const branch = demo.dream?.branch ?? '';
    git(folder, 'merge', '--squash', '--quiet', branch);
    git(
      folder,
      '-c',
      'user.name=Mara',
      '-c',
      'user.email=mara@example.com',
      'commit',
      '--quiet',
      '-m',
      'Memory',
    );
    const added = newLine(folder, 'HEAD~1', 'HEAD');
    const why = whyAnswer.parse(await command.json('why', `${added?.file ?? ''}:${added?.line ?? 0}`));
    expect(why.dream).toBe(demo.dream?.id);
    expect(why.rationale).not.toBeNull();
  });

  it('rejects, and does not propose the same again', async () => {
    const { folder, command } = theDemo();
    const rejected = rejectAnswer.parse(await command.json('reject', '--reason', 'too early'));
    expect(rejected.rejected).toEqual(demo.proposals.map(({ number }) => number));
    expect(git(folder, 'branch', '--list', 'dream/*')).toBe('');
    const next = dreamAnswer.parse(await command.json('dream', '--now', '2026-11-22'));
    const titles = demo.proposals.map(({ title }) => title);
    expect(next.proposals.filter(({ title }) => titles.includes(title))).toEqual([]);
  });
});

it('tells of a line written by hand who wrote it, from any folder of the repository', async () => {
  const { folder, command } = theDemo();
  const why = whyAnswer.parse(await command.json('why', 'CLAUDE.md:1'));
  expect(why).toMatchObject({ author: 'Mara Lindqvist', dream: null, evidence: [] });
  const below = command.in(join(folder, 'memory'));
  for (const path of ['../CLAUDE.md', 'CLAUDE.md', join(folder, 'CLAUDE.md')])
    expect(await below.json('why', `${path}:1`)).toEqual(why);
});

/** The first line with words that a diff adds. */
function newLine(folder: string, from: string, to: string): { file: string; line: number } | undefined {
  let file = '';
  let line = 0;
  for (const row of git(folder, 'diff', '--unified=0', from, to).split('\n')) {
    if (row.startsWith('+++ b/')) file = row.slice('+++ b/'.length);
    else if (row.startsWith('@@')) line = Number(/\+(\d+)/.exec(row)?.[1]);
    else if (row.startsWith('+') && row.trim() !== '+') return { file, line };
    else if (row.startsWith('+')) line += 1;
  }
  return undefined;
}

/** A line that a commit added, where it is now. */
function addedLine(folder: string, commit: string): { file: string; line: number } | undefined {
  const added = newLine(folder, `${commit}^`, commit);
  if (added === undefined) return undefined;
  const text = git(folder, 'show', `${commit}:${added.file}`).split('\n')[added.line - 1];
  const now = readFileSync(join(folder, added.file), 'utf8')
    .split('\n')
    .indexOf(text ?? '');
  return now < 0 ? undefined : { file: added.file, line: now + 1 };
}
