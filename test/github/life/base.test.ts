import { describe, expect, it, vi } from 'vitest';
import type { Decision } from '../../../src/core/dream/journal.ts';
import { closedSignals } from '../../../src/core/dream/open-signals.ts';
import { droppedFrom } from '../../../src/core/review/state.ts';
import { lifeNotes } from '../../../src/github/life-notes.ts';
import { livingOn } from '../../../src/github/life.ts';
import { aDreamedRepository, type Dreamed } from '../dreamed.ts';
import { aClone } from '../person.ts';

// Whole jobs with real git, several in each test: slow where many tests run at once.
vi.setConfig({ testTimeout: 120_000 });

const soon = '2026-03-21T09:00:00.000Z';

/** Somebody pushes to the default branch. @returns the new tip. */
async function push(dreamed: Dreamed, files: Readonly<Record<string, string | null>>): Promise<string> {
  const clone = await aClone(dreamed);
  for (const [path, text] of Object.entries(files)) if (text === null) clone.git('rm', '-q', path);
  clone.commit(
    'Change memory',
    Object.fromEntries(
      Object.entries(files).flatMap(([path, text]) => (text === null ? [] : [[path, text]])),
    ),
    '2026-03-21T08:00:00Z',
  );
  await clone.push('main');
  return clone.git('rev-parse', 'HEAD');
}

const withoutFares =
  '# Notes\n\n- Run the tests before you push.\n- Ask in the channel before you touch the ledger.\n';
const otherwise = `# Notes

- Run the tests before you push.
- The fares are in the database.
- Ask in the channel before you touch the ledger.
`;

/** Looks once more as the next job does, and shows it. */
async function live(dreamed: Dreamed, now = soon) {
  const place = await dreamed.place();
  const lived = await livingOn(place, now);
  await place.pullRequests.show(now);
  return lived;
}

describe('an entry that changes under an open dream', () => {
  it('drops its proposal with the commit that changed it, and the rest follows to the new base', async () => {
    const dreamed = await aDreamedRepository();
    const before = await dreamed.open();
    const tip = await push(dreamed, { 'CLAUDE.md': otherwise });
    expect(await live(dreamed)).toEqual({ state: 'rendered', dropped: [1], reverted: 0 });
    const after = await dreamed.open();
    expect(after).toMatchObject({ id: before.id, base: tip, branch: before.branch });
    expect(after.heads).toContain(before.head);
    expect(await dreamed.decisions()).toContainEqual({
      type: 'dropped',
      at: soon,
      dream: before.id,
      proposals: [1],
      reason: `the entry changed on main in ${tip.slice(0, 7)}`,
      because: 'vanished',
    });
    const { repository } = await dreamed.place();
    const memory = await repository.readFile(`refs/heads/${after.branch ?? ''}`, 'CLAUDE.md');
    expect(memory).toContain('The fares are in the database.');
    expect(memory).toContain('pnpm lint');
  });

  it('is no rejection: what it rested on may be proposed again, also when the rest is merged', async () => {
    const dreamed = await aDreamedRepository();
    const open = await dreamed.open();
    await push(dreamed, { 'CLAUDE.md': withoutFares });
    await live(dreamed);
    const { number } = [...dreamed.repository.issues.values()].at(-1) ?? { number: 0 };
    await dreamed.github.as('ana').rest.pulls.merge({ owner: 'acme', repo: 'shop', pull_number: number });
    await live(dreamed);
    const decisions = await dreamed.decisions();
    expect(decisions.filter(({ type }) => type === 'rejected')).toEqual([]);
    expect(decisions).toContainEqual(expect.objectContaining({ type: 'merged', proposals: [2, 3, 4] }));
    const closed = closedSignals([open], decisions);
    expect(open.proposals[0]?.signals.some((id) => closed.has(id))).toBe(false);
  });

  it('is looked at twice and changes nothing the second time', async () => {
    const dreamed = await aDreamedRepository();
    await push(dreamed, { 'CLAUDE.md': otherwise });
    await live(dreamed);
    const [open, decisions] = [await dreamed.open(), await dreamed.decisions()];
    expect(await live(dreamed)).toEqual({ state: 'as-it-was', dropped: [], reverted: 0 });
    expect(await dreamed.open()).toEqual(open);
    expect(await dreamed.decisions()).toEqual(decisions);
  });

  it('is said in the status comment', async () => {
    const dreamed = await aDreamedRepository();
    const tip = await push(dreamed, { 'CLAUDE.md': otherwise });
    await live(dreamed);
    const notes = await lifeNotes(await dreamed.place(), await dreamed.open(), await dreamed.decisions());
    expect(notes).toEqual([`Proposal 1 was left out: the entry changed on main in \`${tip.slice(0, 7)}\`.`]);
  });

  it('takes the dream back when nothing is left of it; what a person left out before stays unwanted', async () => {
    const dreamed = await aDreamedRepository();
    const open = await dreamed.open();
    const { ledger } = await dreamed.place();
    const left: Decision = {
      ...{ type: 'dropped', at: soon, person: 'ana', dream: open.id },
      proposals: [2, 3, 4],
    };
    await ledger.write('Leave out', () => Promise.resolve({ decisions: [left] }));
    await push(dreamed, { 'CLAUDE.md': withoutFares });
    expect(await live(dreamed)).toMatchObject({ state: 'withdrawn', dropped: [1] });
    await expect(dreamed.open()).rejects.toThrow('No dream is open');
    const [issue] = dreamed.repository.issues.values();
    expect(issue?.closed).toBeDefined();
    const rejected = (await dreamed.decisions()).filter((decision) => decision.type === 'rejected');
    expect(rejected.map(({ number, person }) => [number, person])).toEqual([
      [2, 'ana'],
      [3, 'ana'],
      [4, 'ana'],
    ]);
  });
});

describe('a base that moves', () => {
  it('changes nothing while it touches other things', async () => {
    const dreamed = await aDreamedRepository();
    const open = await dreamed.open();
    await push(dreamed, { 'src/app.ts': 'export const a = 1;\n' });
    expect(await live(dreamed)).toMatchObject({ state: 'as-it-was' });
    expect(await dreamed.open()).toEqual(open);
  });

  it('is followed where Git cannot merge the two', async () => {
    const dreamed = await aDreamedRepository();
    const tip = await push(dreamed, {
      'CLAUDE.md': `# Notes

- Run the tests before you push.
- The fares are listed in \`lib/fares.tsv\`.
- Ask in the channel before you touch the ledger.
- The office closes at six.
`,
    });
    expect(await live(dreamed)).toEqual({ state: 'rendered', dropped: [], reverted: 0 });
    const open = await dreamed.open();
    expect(open.base).toBe(tip);
    const { repository } = await dreamed.place();
    const memory = await repository.readFile(`refs/heads/${open.branch ?? ''}`, 'CLAUDE.md');
    expect(memory).toContain('The office closes at six.');
    expect(memory).not.toContain('lib/fares.tsv');
  });

  it('drops what somebody has written by hand meanwhile', async () => {
    const dreamed = await aDreamedRepository();
    await push(dreamed, {
      'CLAUDE.md': `# Notes

- Run the tests before you push.
- The fares are listed in \`lib/fares.tsv\`.
- Ask in the channel before you touch the ledger.
- The staging database listens on port 5433.
`,
    });
    expect(await live(dreamed)).toMatchObject({ state: 'rendered', dropped: [4] });
    const decision = (await dreamed.decisions()).find(({ type }) => type === 'dropped');
    expect(decision).toMatchObject({ reason: expect.stringContaining('says it already') as string });
  });

  it('is followed when history was rewritten', async () => {
    const dreamed = await aDreamedRepository();
    const clone = await aClone(dreamed);
    clone.git('commit', '-q', '--amend', '-m', 'Keep fares in the database, rewritten');
    await clone.push('-f', 'main');
    // Git shows the deletion in another commit now, so the guard no longer finds what the first proposal cites.
    expect(await live(dreamed)).toMatchObject({ state: 'rendered' });
    expect(await dreamed.open()).toMatchObject({ base: clone.git('rev-parse', 'HEAD') });
  });
});

describe('a branch that people have committed to', () => {
  it('is left as it is; the status says what to look at', async () => {
    const dreamed = await aDreamedRepository();
    const open = await dreamed.open();
    const branch = open.branch ?? '';
    const clone = await aClone(dreamed);
    clone.git('checkout', '-q', branch);
    clone.commit('Say more', { 'notes.md': 'More.\n' });
    await clone.push(branch);
    const theirs = clone.git('rev-parse', 'HEAD');
    const tip = await push(dreamed, { 'CLAUDE.md': otherwise });
    expect(await live(dreamed)).toEqual({ state: 'theirs', dropped: [], reverted: 0 });
    expect(await dreamed.open()).toEqual(open);
    expect(dreamed.repository.refs.get(`refs/heads/${branch}`)).toBe(theirs);
    expect(droppedFrom(open.id, await dreamed.decisions()).size).toBe(0);
    expect(await lifeNotes(await dreamed.place(), open, await dreamed.decisions())).toEqual([
      `Look at proposal 1 before merging: the entry changed on main in \`${tip.slice(0, 7)}\`.`,
    ]);
  });

  it('is ours while they only brought it up to date', async () => {
    const dreamed = await aDreamedRepository();
    const open = await dreamed.open();
    await push(dreamed, { 'src/app.ts': 'export const a = 1;\n' });
    const { number } = [...dreamed.repository.issues.values()].at(-1) ?? { number: 0 };
    await dreamed.github
      .as('ana')
      .rest.pulls.updateBranch({ owner: 'acme', repo: 'shop', pull_number: number });
    await push(dreamed, { 'CLAUDE.md': otherwise });
    expect(await live(dreamed)).toMatchObject({ state: 'rendered', dropped: [1] });
    const after = await dreamed.open();
    expect(dreamed.repository.refs.get(`refs/heads/${open.branch ?? ''}`)).toBe(after.head);
  });
});
