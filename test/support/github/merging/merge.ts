/** Merges pull requests with Git: the three methods, the queue, and merges that run later. */
import { randomUUID } from 'node:crypto';
import { readCommit, type Identity } from '../git/commit.ts';
import { git } from '../git/run.ts';
import { mergedTree, rebased, writeCommit } from '../git/write.ts';
import { Refusal } from '../server/handler.ts';
import type { Account } from '../state/account.ts';
import type { MergeMethod, PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { pullView } from '../views/pull.ts';
import { closePull, moveBranch } from '../webhooks/pushes.ts';
import { timestamp, type World } from '../world.ts';
import { unmetRequirements } from './mergeable.ts';

export interface MergeWish {
  readonly by: Account;
  readonly method: MergeMethod;
  /** The head that was looked at. */
  readonly sha?: string;
  readonly title?: string;
  readonly message?: string;
}

/** @throws {Refusal} 405 or 409, in GitHub's words, when it may not be merged as it is. */
export async function mergePull(
  world: World,
  repository: Repository,
  issue: PullIssue,
  wish: MergeWish,
): Promise<string> {
  const { pull } = issue;
  if (issue.closed !== undefined || pull.draft) throw new Refusal(405, 'Pull Request is not mergeable');
  if (wish.sha !== undefined && wish.sha !== pull.headSha)
    throw new Refusal(409, 'Head branch was modified. Review and try the merge again.');
  if (!repository.merging[wish.method])
    throw new Refusal(405, `${capital(wish.method)} merges are not allowed on this repository.`);
  const [unmet] = await unmetRequirements(repository, issue);
  if (unmet !== undefined) throw new Refusal(405, unmet.message);
  if (repository.mergeQueues.has(pull.base))
    throw new Refusal(405, 'Changes must be made through the merge queue.');
  return finishMerge(world, repository, issue, wish);
}

const capital = (method: MergeMethod): string => `${method.slice(0, 1).toUpperCase()}${method.slice(1)}`;

/** Writes the merge, moves the base branch and closes the pull request. */
async function finishMerge(
  world: World,
  repository: Repository,
  issue: PullIssue,
  wish: MergeWish,
): Promise<string> {
  const { pull } = issue;
  // The queue has built the commit already, and its checks ran on that one.
  const sha = pull.queued?.sha ?? (await mergeCommit(world, repository, issue, wish));
  if (sha === undefined) throw new Refusal(405, 'Pull Request is not mergeable');
  const expected = pull.baseSha;
  pull.merged = { by: wish.by, at: timestamp(world), sha, method: wish.method };
  delete pull.queued;
  await closePull(world, repository, issue, wish.by);
  await moveBranch(world, repository, { name: pull.base, to: sha, expected }, wish.by);
  if (repository.merging.deleteBranch && pull.headRepository === repository)
    await moveBranch(world, repository, { name: pull.head, to: null }, wish.by);
  return sha;
}

/** @returns the commit the base branch would get; nothing when the two sides conflict. */
async function mergeCommit(
  world: World,
  repository: Repository,
  issue: PullIssue,
  wish: MergeWish,
): Promise<string | undefined> {
  const { dir } = repository;
  const { baseSha, headSha } = issue.pull;
  const date = timestamp(world);
  const github: Identity = { name: 'GitHub', email: 'noreply@github.com', date };
  if (wish.method === 'rebase') return rebased(dir, baseSha, headSha, github);
  const tree = await mergedTree(dir, baseSha, headSha);
  if (tree === undefined) return undefined;
  const sha = await writeCommit(dir, {
    tree,
    parents: wish.method === 'merge' ? [baseSha, headSha] : [baseSha],
    message: await messageOf(repository, issue, wish),
    author: identityOf(wish.by, date),
    committer: github,
  });
  repository.verified.add(sha);
  return sha;
}

/** The address GitHub gives commits made on its pages. */
export function identityOf(account: Account, date: string): Identity {
  return { name: account.login, email: `${account.id}+${account.login}@users.noreply.github.com`, date };
}

async function messageOf(repository: Repository, issue: PullIssue, wish: MergeWish): Promise<string> {
  const { pull } = issue;
  const from = `${pull.headRepository.owner.login}/${pull.head}`;
  if (wish.method === 'merge')
    return `${wish.title ?? `Merge pull request #${issue.number} from ${from}`}\n\n${wish.message ?? issue.title}\n`;
  const title = wish.title ?? `${issue.title} (#${issue.number})`;
  if (wish.message !== undefined) return `${title}\n\n${wish.message}\n`;
  const shas = await git(repository.dir, ['rev-list', '--reverse', pull.headSha, `^${pull.baseSha}`]);
  const messages = await Promise.all(shas.split('\n').map((sha) => readCommit(repository.dir, sha)));
  return `${title}\n\n${messages.map(({ message }) => `* ${message}`).join('\n\n')}\n`;
}

/** Puts it into the merge queue: its group gets a branch, and the checks of that decide. */
export async function enqueuePull(
  world: World,
  repository: Repository,
  issue: PullIssue,
  wish: MergeWish,
): Promise<void> {
  const { pull } = issue;
  const sha = await mergeCommit(world, repository, issue, wish);
  if (sha === undefined) throw new Refusal(405, 'Pull Request is not mergeable');
  const group = `gh-readonly-queue/${pull.base}/pr-${issue.number}-${pull.baseSha}`;
  pull.queued = { group, sha, by: wish.by, method: wish.method };
  await moveBranch(world, repository, { name: group, to: sha }, wish.by);
  await tellPull(world, repository, issue, 'enqueued', wish.by);
  await tellGroup(world, repository, issue, { action: 'checks_requested', sha, group, by: wish.by });
}

async function tellGroup(
  world: World,
  repository: Repository,
  { pull }: PullIssue,
  about: {
    readonly action: string;
    readonly sha: string;
    readonly group: string;
    readonly by: Account;
    readonly reason?: string;
  },
): Promise<void> {
  const { action, sha, group, by, reason } = about;
  const { message, author, committer, tree } = await readCommit(repository.dir, sha);
  world.announce({
    event: 'merge_group',
    action,
    sender: by,
    repository,
    payload: {
      ...(reason === undefined ? {} : { reason }),
      merge_group: {
        head_sha: sha,
        head_ref: `refs/heads/${group}`,
        base_sha: pull.baseSha,
        base_ref: `refs/heads/${pull.base}`,
        head_commit: { id: sha, tree_id: tree, message, timestamp: committer.date, author, committer },
      },
    },
  });
}

/** The queue is through with it: merged, or thrown out because a check of its group failed. */
export async function leaveQueue(
  world: World,
  repository: Repository,
  issue: PullIssue,
  merge: boolean,
): Promise<void> {
  const { pull } = issue;
  const { queued } = pull;
  if (queued === undefined) throw new Error(`Pull request ${issue.number} is not in the queue.`);
  if (merge) await finishMerge(world, repository, issue, queued);
  else {
    delete pull.queued;
    await tellPull(world, repository, issue, 'dequeued', queued.by, { reason: 'CI_FAILURE' });
  }
  const { group, sha, by } = queued;
  const reason = merge ? 'merged' : 'dequeued';
  await tellGroup(world, repository, issue, { action: 'destroyed', sha, group, by, reason });
  await moveBranch(world, repository, { name: group, to: null }, by);
}

export async function tellPull(
  world: World,
  repository: Repository,
  issue: PullIssue,
  action: string,
  sender: Account,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const payload = { number: issue.number, pull_request: await pullView(world, repository, issue), ...more };
  world.announce({ event: 'pull_request', action, sender, repository, payload });
}

/** Does what an asynchronous merge asked for, once it is its turn. */
export async function runAsyncMerge(world: World, repository: Repository, issue: PullIssue): Promise<void> {
  const { asyncMerge } = issue.pull;
  if (asyncMerge?.outcome !== undefined || asyncMerge === undefined) return;
  const { by, method, expectedHead, action, title, message } = asyncMerge;
  const queue =
    action === 'merge_queue' || (action === 'default' && repository.mergeQueues.has(issue.pull.base));
  const wish = {
    by,
    method,
    sha: expectedHead,
    ...(title === undefined ? {} : { title }),
    ...(message === undefined ? {} : { message }),
  };
  try {
    if (queue) {
      await enqueuePull(world, repository, issue, wish);
      asyncMerge.outcome = { status: 'enqueued', message: 'Pull request is in the merge queue.' };
    } else {
      const sha = await mergePull(world, repository, issue, wish);
      asyncMerge.outcome = { status: 'merged', message: 'Pull request was merged.', sha };
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    asyncMerge.outcome = { status: 'failed', message: error.message };
  }
}

export const newMergeId = (): string => randomUUID();
