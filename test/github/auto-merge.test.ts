import { describe, expect, it, vi } from 'vitest';
import { isStatusComment } from '../../src/core/review/status-comment.ts';
import { askToMerge, createMergeWork } from '../../src/github/auto-merge.ts';
import { waitName } from '../../src/github/auto/wait-run.ts';
import { livingOn } from '../../src/github/life.ts';
import type { JobOf, JobPayload } from '../../src/jobs/job.ts';
import { aDreamedRepository, aJobContext, dreamedAt, type Dreamed } from './dreamed.ts';
import { aClone } from './person.ts';

// Whole jobs with real git, several in each test: slow where many tests run at once.
vi.setConfig({ testTimeout: 120_000 });

const auto = (more = 'kinds: [learn, retire]'): Record<string, string> => ({
  '.github/dreamkeeper.yml': `mode: auto\nauto: { ${more} }\n`,
});
const over = '2026-03-21T06:00:00.000Z';
const at = { owner: 'acme', repo: 'shop' };

/** What jobs were asked for, and when they may begin. */
function aQueue() {
  const sent: { readonly payload: JobPayload; readonly startAfter?: string }[] = [];
  return {
    sent,
    send(payload: JobPayload, options: { readonly startAfter?: string } = {}) {
      sent.push({ payload, ...options });
      return Promise.resolve({ id: String(sent.length), isNew: true });
    },
  };
}

const unprotected = {
  ...{ approvals: 0, checks: [], strict: false },
  ...{ dismissStale: false, codeOwners: false, forEveryone: false, signatures: false },
};

type Sent = ReturnType<typeof aQueue>['sent'];

/** A merge job for the open dream, as it would be taken at a time. */
async function merge(dreamed: Dreamed, now = over, queue = aQueue()) {
  const { id: dream, head = '' } = await dreamed.open();
  return mergeOf(dreamed, { dream, head }, now, queue);
}

async function mergeOf(
  dreamed: Dreamed,
  about: Pick<JobOf<'merge'>, 'dream' | 'head'>,
  now: string,
  queue = aQueue(),
) {
  const payload = { kind: 'merge' as const, repository: String(dreamed.repository.id), ...about };
  const result = await createMergeWork(queue)(await dreamed.place(), payload, now, aJobContext());
  return { ...result, sent: queue.sent };
}

const pullOf = async (dreamed: Dreamed) =>
  (await dreamed.github.as('ana').rest.pulls.get({ ...at, pull_number: 1 })).data;
const waitOf = ({ repository }: Dreamed) =>
  [...repository.checkRuns.values()].filter(({ name }) => name === waitName).at(-1);
const statusOf = ({ repository }: Dreamed): string =>
  [...repository.issues.values()]
    .flatMap(({ comments }) => [...comments.values()])
    .find(({ body }) => isStatusComment(body))?.body ?? '';
const startAfter = (sent: Sent) => sent.map((job) => job.startAfter);

/** Shows the dream again at a time, as the job of an event does, and asks for it to be merged. */
async function lookAgain(dreamed: Dreamed, now: string): Promise<Sent> {
  const place = await dreamed.place();
  await livingOn(place, now);
  await place.pullRequests.show(now);
  const queue = aQueue();
  await askToMerge(queue, place, now, 'an-event');
  return queue.sent;
}

describe('the wait', () => {
  it('is a check run of its own on the head, is said in the status, and is asked for once', async () => {
    const dreamed = await aDreamedRepository({ files: auto() });
    const { id: dream, head } = await dreamed.open();
    expect(waitOf(dreamed)).toMatchObject({ headSha: head, status: 'in_progress', startedAt: dreamedAt });
    expect(statusOf(dreamed)).toContain('Auto mode: It merges itself at 2026-03-21 06:00 UTC.');
    expect(await lookAgain(dreamed, '2026-03-20T20:00:00.000Z')).toEqual([
      {
        payload: expect.objectContaining({ kind: 'merge', dream, head, slot: over }) as unknown,
        startAfter: over,
      },
    ]);
  });

  it('is not there where merging is left to people', async () => {
    const dreamed = await aDreamedRepository();
    expect(waitOf(dreamed)).toBeUndefined();
    expect(await lookAgain(dreamed, over)).toEqual([]);
    expect((await merge(dreamed)).outcome).toBe('waits');
    expect((await pullOf(dreamed)).merged).toBe(false);
  });

  it('is not over a moment before', async () => {
    const dreamed = await aDreamedRepository({ files: auto() });
    const { outcome, reason, sent } = await merge(dreamed, '2026-03-21T05:59:59.000Z');
    expect([outcome, reason, startAfter(sent)]).toEqual(['waits', 'time', [over]]);
    expect((await pullOf(dreamed)).merged).toBe(false);
  });

  it('begins anew with another head, and the job of the old one does nothing', async () => {
    const dreamed = await aDreamedRepository({ files: auto() });
    const before = await dreamed.open();
    const clone = await aClone(dreamed);
    clone.commit('Rewrite', { 'CLAUDE.md': '# Notes\n\n- Run the tests before you push.\n' });
    await clone.push('main');
    const now = '2026-03-21T05:00:00.000Z';
    expect(startAfter(await lookAgain(dreamed, now))).toEqual(['2026-03-21T17:00:00.000Z']);
    const late = await mergeOf(dreamed, { dream: before.id, head: before.head ?? '' }, over);
    expect(late.outcome).toBe('outdated');
    expect((await pullOf(dreamed)).merged).toBe(false);
  });
});

describe('when the wait is over', () => {
  it('merges the head that was checked, records it, and takes the branch away', async () => {
    const dreamed = await aDreamedRepository({ files: auto() });
    const open = await dreamed.open();
    expect(await merge(dreamed)).toEqual({ outcome: 'merged', sent: [] });
    const { merged, merge_commit_sha: commit } = await pullOf(dreamed);
    expect(merged).toBe(true);
    expect(await dreamed.decisions()).toContainEqual({
      type: 'merged',
      at: over,
      dream: open.id,
      proposals: [1, 2, 3, 4],
      commit,
    });
    expect(dreamed.repository.refs.has(`refs/heads/${open.branch ?? ''}`)).toBe(false);
    expect(waitOf(dreamed)).toMatchObject({ status: 'completed', conclusion: 'success' });
    const { operation } = dreamed.github.requests.find(({ path }) => path.endsWith('/merge-async')) ?? {};
    expect(operation).toBe('pulls/merge-async');
  });

  it.each([
    [{ allow_merge_commit: false }, 1],
    [{ allow_merge_commit: false, allow_squash_merge: false }, 4],
  ])('merges in a way that the repository allows: %j', async (settings, commits) => {
    const dreamed = await aDreamedRepository({ files: auto() });
    const base = dreamed.repository.refs.get('refs/heads/main') ?? '';
    await dreamed.github.as('ana').rest.repos.update({ ...at, ...settings });
    expect((await merge(dreamed)).outcome).toBe('merged');
    const compared = await dreamed.github.as('ana').rest.repos.compareCommits({ ...at, base, head: 'main' });
    expect(compared.data.total_commits).toBe(commits);
  });

  it('merges at once on an Enterprise Server, which knows no other way', async () => {
    const dreamed = await aDreamedRepository({ files: auto(), enterprise: true });
    expect((await merge(dreamed)).outcome).toBe('merged');
    expect((await pullOf(dreamed)).merged).toBe(true);
  });

  it('merges once where the answer was lost', async () => {
    const dreamed = await aDreamedRepository({ files: auto() });
    const { id: dream, head = '' } = await dreamed.open();
    dreamed.github.fail('pulls/get-merge-async-result', { drop: 'answer' });
    await expect(mergeOf(dreamed, { dream, head }, over)).rejects.toMatchObject({ retryable: true });
    expect((await mergeOf(dreamed, { dream, head }, over)).outcome).toMatch(/^(?:merged|outdated)$/);
    expect((await pullOf(dreamed)).merged).toBe(true);
    expect((await dreamed.decisions()).filter(({ type }) => type === 'merged')).toHaveLength(1);
  });

  it('goes into the merge queue where there is one', async () => {
    const dreamed = await aDreamedRepository({ files: auto() });
    dreamed.repository.mergeQueues.add('main');
    expect(await merge(dreamed)).toMatchObject({ outcome: 'queued' });
    await dreamed.github.leaveQueue(dreamed.repository, 1, 'merged');
    await lookAgain(dreamed, over);
    expect((await dreamed.decisions()).some(({ type }) => type === 'merged')).toBe(true);
  });
});

describe('a merge queue on an Enterprise Server', () => {
  it('is entered with the head that was checked', async () => {
    const dreamed = await aDreamedRepository({ files: auto(), enterprise: true });
    dreamed.repository.mergeQueues.add('main');
    expect(await merge(dreamed)).toMatchObject({ outcome: 'queued' });
    await dreamed.github.leaveQueue(dreamed.repository, 1, 'merged');
    expect((await pullOf(dreamed)).merged).toBe(true);
  });

  it('that does not take it says why, and it stays open', async () => {
    const dreamed = await aDreamedRepository({ files: auto(), enterprise: true });
    dreamed.repository.mergeQueues.add('main');
    dreamed.repository.protection.set('main', { ...unprotected, approvals: 1 });
    expect(await merge(dreamed)).toMatchObject({ outcome: 'waits', reason: 'refused' });
    expect(statusOf(dreamed)).toContain('At least 1 approving review is required');
    expect((await pullOf(dreamed)).merged).toBe(false);
  });
});

describe('does not merge', () => {
  it('what the guard wants reviewed, or is of another kind; the status says so', async () => {
    const dreamed = await aDreamedRepository({ files: auto('kinds: [retire]') });
    expect(statusOf(dreamed)).toContain('Proposals 2, 3 and 4 are of a kind that waits for a person');
    expect(await merge(dreamed)).toEqual({ outcome: 'waits', reason: 'person', sent: [] });
  });

  it('what the guard finds only now', async () => {
    const dreamed = await aDreamedRepository({ files: auto() });
    const clone = await aClone(dreamed);
    clone.commit('Say otherwise', { 'lib/fares.tsv': 'fares\t1\n' });
    await clone.push('main');
    expect(await merge(dreamed)).toMatchObject({ outcome: 'waits', reason: 'guard' });
    expect((await pullOf(dreamed)).merged).toBe(false);
    expect(statusOf(dreamed)).toContain('Proposal 1 is for a person to review');
  });

  it('what people committed to', async () => {
    const dreamed = await aDreamedRepository({ files: auto() });
    const { branch = '' } = await dreamed.open();
    const clone = await aClone(dreamed);
    clone.git('checkout', '-q', branch);
    clone.commit('More', { 'CLAUDE.md': '# Notes\n\n- More.\n' });
    await clone.push(branch);
    expect(await merge(dreamed)).toMatchObject({ outcome: 'waits', reason: 'person' });
    expect((await pullOf(dreamed)).merged).toBe(false);
  });

  it('what somebody speaks about, until they approve; a command is no such word', async () => {
    const dreamed = await aDreamedRepository({ files: auto() });
    const ben = dreamed.github.as('ben');
    await ben.rest.issues.createComment({ ...at, issue_number: 1, body: '/dream explain 2' });
    await ben.rest.issues.createComment({ ...at, issue_number: 1, body: 'Is this so?' });
    expect(await merge(dreamed)).toMatchObject({ outcome: 'waits', reason: 'person' });
    expect(statusOf(dreamed)).toContain('ben has something to say about it');
    await ben.rest.pulls.createReview({ ...at, pull_number: 1, event: 'APPROVE' });
    expect((await merge(dreamed)).outcome).toBe('merged');
  });

  it('a draft', async () => {
    const dreamed = await aDreamedRepository({ files: auto() });
    const issue = dreamed.repository.issues.get(1);
    if (issue !== undefined && 'pull' in issue) Object.assign(issue.pull as object, { draft: true });
    expect(await merge(dreamed)).toMatchObject({ outcome: 'waits', reason: 'person' });
  });

  it('past the protection of the branch: it says what is missing and comes back', async () => {
    const dreamed = await aDreamedRepository({ files: auto() });
    dreamed.repository.protection.set('main', { ...unprotected, approvals: 1 });
    const first = await merge(dreamed);
    expect([first.outcome, first.reason]).toEqual(['waits', 'refused']);
    expect(startAfter(first.sent)).toEqual(['2026-03-21T18:00:00.000Z']);
    expect(statusOf(dreamed)).toContain('At least 1 approving review is required');
    expect(waitOf(dreamed)).toMatchObject({ status: 'completed', conclusion: 'neutral' });
    await dreamed.github.as('ana').rest.pulls.createReview({ ...at, pull_number: 1, event: 'APPROVE' });
    expect(await lookAgain(dreamed, '2026-03-21T07:00:00.000Z')).toMatchObject([
      { payload: { slot: 'an-event' } },
    ]);
    expect((await merge(dreamed, '2026-03-21T07:00:00.000Z')).outcome).toBe('merged');
  });

  it('what became public without consent', async () => {
    const dreamed = await aDreamedRepository({ files: auto() });
    const { id: dream, head = '' } = await dreamed.open();
    const place = await dreamed.place();
    await dreamed.github.as('ana').rest.repos.update({ ...at, private: false });
    const payload = { kind: 'merge' as const, repository: String(dreamed.repository.id), dream, head };
    const work = createMergeWork(aQueue());
    await expect(work(place, payload, over, aJobContext())).rejects.toMatchObject({ retryable: false });
    expect((await pullOf(dreamed)).merged).toBe(false);
  });

  it('after "/dream manual", nor when the config was changed back', async () => {
    const dreamed = await aDreamedRepository({ files: auto() });
    // Later than the commit of the config, which the stand-in dates by its own clock.
    const lowered = { type: 'mode', at: '2099-01-01T00:00:00.000Z', person: 'ana', mode: 'manual' } as const;
    const { ledger } = await dreamed.place();
    await ledger.write('Lower', () => Promise.resolve({ decisions: [lowered] }));
    expect(await merge(dreamed)).toMatchObject({ outcome: 'waits', reason: 'person' });
    const clone = await aClone(dreamed);
    clone.commit('By hand', { '.github/dreamkeeper.yml': 'mode: manual\n' });
    await clone.push('main');
    expect(await merge(dreamed)).toMatchObject({ outcome: 'waits', reason: 'off' });
    expect(waitOf(dreamed)).toMatchObject({ status: 'completed', conclusion: 'neutral' });
  });
});
