import { describe, expect, it, vi } from 'vitest';
import type { Decision } from '../../../src/core/dream/journal.ts';
import { closedSignals } from '../../../src/core/dream/open-signals.ts';
import { blameLine } from '../../../src/git/line.ts';
import { livingOn } from '../../../src/github/life.ts';
import { why } from '../../../src/why.ts';
import { aDreamedRepository, type Dreamed } from '../dreamed.ts';
import { aClone } from '../person.ts';

// Whole jobs with real git, several in each test: slow where many tests run at once.
vi.setConfig({ testTimeout: 120_000 });

const at = { owner: 'acme', repo: 'shop' };
const pull = { ...at, pull_number: 1 };
const soon = '2026-03-21T09:00:00.000Z';
const days = (number: number): string =>
  new Date(Date.parse('2026-03-20T18:00:00.000Z') + number * 86_400_000).toISOString();

async function live(dreamed: Dreamed, now = soon) {
  const place = await dreamed.place();
  const lived = await livingOn(place, now);
  await place.pullRequests.show(now);
  return lived;
}

const ofType = <T extends Decision['type']>(decisions: readonly Decision[], type: T) =>
  decisions.filter((decision): decision is Extract<Decision, { type: T }> => decision.type === type);

const mergedNumbers = async (dreamed: Dreamed) =>
  ofType(await dreamed.decisions(), 'merged').map(({ proposals }) => proposals);
const rejectedNumbers = async (dreamed: Dreamed) =>
  ofType(await dreamed.decisions(), 'rejected').map(({ number }) => number);

/** What `why` says of a line on the default branch now. */
async function whyOf(dreamed: Dreamed, words: string) {
  const { repository, ledger } = await dreamed.place();
  const text = (await repository.readFile('HEAD', 'CLAUDE.md')) ?? '';
  const line = text.split('\n').findIndex((each) => each.includes(words)) + 1;
  await repository.facts('HEAD', { origins: ['CLAUDE.md'] });
  const blamed = await blameLine(repository.site, 'CLAUDE.md', line, 'HEAD');
  if (blamed === undefined) throw new Error(`Nobody wrote "${words}".`);
  return why(blamed, await ledger.read(), () => Promise.resolve([]));
}

describe('merged by anyone', () => {
  it.each(['merge', 'squash', 'rebase'] as const)('by %s: recorded, and `why` answers', async (method) => {
    const dreamed = await aDreamedRepository();
    const { id } = await dreamed.open();
    await dreamed.github.as('ben').rest.pulls.merge({ ...pull, merge_method: method });
    expect(await live(dreamed)).toMatchObject({ state: 'none' });
    expect(await mergedNumbers(dreamed)).toEqual([[1, 2, 3, 4]]);
    expect(await rejectedNumbers(dreamed)).toEqual([]);
    expect(await whyOf(dreamed, 'pnpm lint')).toMatchObject({ dream: id, proposal: 2, pullRequest: 1 });
    await live(dreamed);
    expect(await mergedNumbers(dreamed)).toHaveLength(1);
  });

  it('by squash with a message of their own: `why` finds the line again', async () => {
    const dreamed = await aDreamedRepository();
    const { id } = await dreamed.open();
    const said = { commit_title: 'Memory', commit_message: 'As proposed.' };
    await dreamed.github.as('ben').rest.pulls.merge({ ...pull, merge_method: 'squash', ...said });
    await live(dreamed);
    expect(await whyOf(dreamed, 'port 5433')).toMatchObject({ dream: id, proposal: 4, pullRequest: 1 });
  });

  it('by a merge queue', async () => {
    const dreamed = await aDreamedRepository();
    dreamed.repository.mergeQueues.add('main');
    const { data } = await dreamed.github.as('ben').rest.pulls.get(pull);
    const mutation = `mutation ($id: ID!) { enqueuePullRequest(input: { pullRequestId: $id }) { mergeQueueEntry { id } } }`;
    await dreamed.github.as('ben').graphql(mutation, { id: data.node_id });
    expect(await live(dreamed)).toMatchObject({ state: 'as-it-was' });
    await dreamed.github.leaveQueue(dreamed.repository, 1, 'merged');
    await live(dreamed);
    expect(await mergedNumbers(dreamed)).toEqual([[1, 2, 3, 4]]);
  });

  it('with what people committed to it: their edits do not matter', async () => {
    const dreamed = await aDreamedRepository();
    const { branch = '' } = await dreamed.open();
    const clone = await aClone(dreamed);
    clone.git('checkout', '-q', branch);
    clone.commit('Say it better', { 'notes.md': 'Better.\n' });
    await clone.push(branch);
    await dreamed.github.as('ben').rest.pulls.merge({ ...pull, merge_method: 'squash' });
    await live(dreamed);
    expect(await mergedNumbers(dreamed)).toEqual([[1, 2, 3, 4]]);
  });
});

describe('ended otherwise', () => {
  it('closed by a person: all of it is rejected', async () => {
    const dreamed = await aDreamedRepository();
    await dreamed.github.as('ana').rest.pulls.update({ ...pull, state: 'closed' });
    await live(dreamed);
    expect(await rejectedNumbers(dreamed)).toEqual([1, 2, 3, 4]);
  });

  it('its branch is gone: nothing is rejected, and the same may come again', async () => {
    const dreamed = await aDreamedRepository();
    const open = await dreamed.open();
    await dreamed.github.as('ana').rest.git.deleteRef({ ...at, ref: `heads/${open.branch ?? ''}` });
    await live(dreamed);
    const decisions = await dreamed.decisions();
    expect(ofType(decisions, 'withdrawn')).toMatchObject([{ dream: open.id, reason: 'its branch is gone' }]);
    expect(closedSignals([open], decisions).size).toBe(0);
  });
});

describe('two weeks without anybody', () => {
  it('close it with a word; it is tried once more, and is no rejection', async () => {
    const dreamed = await aDreamedRepository();
    const open = await dreamed.open();
    expect(await live(dreamed, days(13.9))).toMatchObject({ state: 'as-it-was' });
    expect(await live(dreamed, days(14))).toMatchObject({ state: 'withdrawn' });
    const decisions = await dreamed.decisions();
    expect(ofType(decisions, 'withdrawn')).toMatchObject([{ dream: open.id, untouched: true }]);
    expect(closedSignals([open], decisions).size).toBe(0);
    expect((await dreamed.github.as('ana').rest.pulls.get(pull)).data.state).toBe('closed');
    expect(dreamed.repository.refs.has(`refs/heads/${open.branch ?? ''}`)).toBe(false);
    expect(await live(dreamed, days(15))).toMatchObject({ state: 'none' });
  });

  it('do not count where somebody has said something', async () => {
    const dreamed = await aDreamedRepository();
    await dreamed.github.as('rea').rest.issues.createComment({ ...at, issue_number: 1, body: 'Next week.' });
    expect(await live(dreamed, days(30))).toMatchObject({ state: 'as-it-was' });
  });

  it('count in auto mode as well, where nothing else would ever replace it', async () => {
    const dreamed = await aDreamedRepository({ files: { '.github/dreamkeeper.yml': 'mode: auto\n' } });
    expect(await live(dreamed, days(14))).toMatchObject({ state: 'withdrawn' });
  });
});

describe('taken back after it was merged', () => {
  async function merged(method: 'merge' | 'squash' | 'rebase') {
    const dreamed = await aDreamedRepository();
    await dreamed.github.as('ben').rest.pulls.merge({ ...pull, merge_method: method });
    await live(dreamed);
    const clone = await aClone(dreamed);
    const push = async (): Promise<void> => {
      await clone.push('main');
      await live(dreamed);
    };
    return { dreamed, clone, push };
  }

  it('by a revert of the merge: what was merged is rejected, once', async () => {
    const { dreamed, clone, push } = await merged('merge');
    clone.git('revert', '--no-edit', '-m', '1', 'HEAD');
    await push();
    expect(await rejectedNumbers(dreamed)).toEqual([1, 2, 3, 4]);
    expect(await live(dreamed)).toMatchObject({ reverted: 0 });
    expect(await rejectedNumbers(dreamed)).toHaveLength(4);
  });

  it('by a revert of the squashed commit', async () => {
    const { dreamed, clone, push } = await merged('squash');
    clone.git('revert', '--no-edit', 'HEAD');
    await push();
    expect(await rejectedNumbers(dreamed)).toEqual([1, 2, 3, 4]);
  });

  it('by a revert of one commit, by whom it says: only that proposal', async () => {
    const { dreamed, clone, push } = await merged('rebase');
    clone.git('revert', '--no-edit', 'HEAD');
    await push();
    const decisions = await dreamed.decisions();
    expect(ofType(decisions, 'rejected')).toMatchObject([
      {
        number: 4,
        person: clone.git('log', '-1', '--format=%an'),
        reason: expect.stringMatching(/^taken back in/) as string,
      },
    ]);
  });

  it('by a pull request that says so', async () => {
    const { dreamed, clone, push } = await merged('merge');
    clone.commit('Revert "Dream" (#2)\n\nReverts acme/shop#1', { 'CLAUDE.md': '# Notes\n' });
    await push();
    expect(await rejectedNumbers(dreamed)).toEqual([1, 2, 3, 4]);
  });

  it('but not where the revert was itself taken back before anybody looked', async () => {
    const { dreamed, clone, push } = await merged('squash');
    clone.git('revert', '--no-edit', 'HEAD');
    clone.git('revert', '--no-edit', 'HEAD');
    await push();
    expect(await rejectedNumbers(dreamed)).toEqual([]);
  });
});
