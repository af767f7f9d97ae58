/** The merge queue: a pull request's merge is built on a branch of its own first, and checked there. */
import { readCommit } from '../git/commit.ts';
import { Refusal } from '../server/handler.ts';
import type { Account } from '../state/account.ts';
import type { PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { moveBranch } from '../webhooks/pushes.ts';
import type { World } from '../world.ts';
import { finishMerge, mergeCommit, tellPull, type MergeWish } from './merge.ts';

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
