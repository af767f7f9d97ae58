/** Merging: at once, later, and bringing a branch up to date. */
import { randomUUID } from 'node:crypto';
import { mergedTree, writeCommit } from '../git/write.ts';
import { isAncestor } from '../git/repository.ts';
import { runAsyncMerge } from '../merging/later.ts';
import { identityOf, mergePull } from '../merging/merge.ts';
import { mergesCleanly } from '../merging/mergeable.ts';
import {
  notFound,
  nothing,
  ok,
  optionalText,
  pullOf,
  Refusal,
  text,
  type Answer,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import type { AsyncMerge, MergeMethod, PullIssue } from '../state/issue.ts';
import { moveBranch } from '../webhooks/pushes.ts';
import { timestamp, type Document } from '../world.ts';

export const merges: RepositoryHandlers = {
  'pulls/check-if-merged': {
    needs: ['contents:read'],
    answer(call) {
      if (pullOf(call).pull.merged === undefined) throw notFound();
      return nothing;
    },
  },
  'pulls/merge': {
    needs: ['contents:write'],
    async answer(call) {
      const sha = await mergePull(call.world, call.repository, pullOf(call), wishOf(call));
      return ok({ sha, merged: true, message: 'Pull Request successfully merged' });
    },
  },
  'pulls/merge-async': { needs: ['contents:write'], answer: startMerge },
  'pulls/get-merge-async-result': { needs: ['contents:read'], answer: pollMerge },
  'pulls/update-branch': { needs: ['pull_requests:write'], answer: updateBranch },
};

function wishOf({ input, account }: RepositoryCall) {
  const sha = optionalText(input, 'sha');
  const title = optionalText(input, 'commit_title');
  const message = optionalText(input, 'commit_message');
  return {
    by: account,
    method: (optionalText(input, 'merge_method') ?? 'merge') as MergeMethod,
    ...(sha === undefined ? {} : { sha }),
    ...(title === undefined ? {} : { title }),
    ...(message === undefined ? {} : { message }),
  };
}

async function startMerge(call: RepositoryCall): Promise<Answer> {
  const { world, input } = call;
  if (world.enterprise) throw notFound();
  const issue = pullOf(call);
  const { pull } = issue;
  if (pull.merged !== undefined) {
    const details = { message: 'Pull request is already merged.', sha: pull.merged.sha };
    return ok({ status: 'merged', details });
  }
  if (pull.queued !== undefined)
    return ok({ status: 'enqueued', details: { message: 'Pull request is already in the merge queue.' } });
  const early = await refusedEarly(call.repository, issue);
  if (early !== undefined) return { status: 400, body: { status: 'failed', details: { message: early } } };
  if (pull.asyncMerge !== undefined && pull.asyncMerge.outcome === undefined)
    return {
      status: 409,
      body: pending(pull.asyncMerge, 'A merge request already exists for this pull request.'),
    };
  const { sha, ...wish } = wishOf(call);
  pull.asyncMerge = {
    ...wish,
    uuid: randomUUID(),
    action: (optionalText(input, 'merge_action') ?? 'default') as AsyncMerge['action'],
    expectedHead: sha ?? pull.headSha,
    pollsLeft: 1,
  };
  return { status: 202, body: pending(pull.asyncMerge, 'Merge request enqueued.') };
}

/** Only what the pull request itself is; protection is looked at when it runs. */
async function refusedEarly(
  repository: RepositoryCall['repository'],
  issue: PullIssue,
): Promise<string | undefined> {
  if (issue.closed !== undefined) return 'Pull request is closed.';
  if (issue.pull.draft) return 'Pull request is a draft.';
  return (await mergesCleanly(repository, issue)) ? undefined : 'Pull request has merge conflicts.';
}

function pending(merge: AsyncMerge, message: string): Document {
  const { uuid, method, action, expectedHead } = merge;
  return {
    status: 'pending',
    details: { message, uuid, merge_method: method, merge_action: action, expected_head_sha: expectedHead },
  };
}

/** The merge runs while it is polled: the first answer is "pending", so that nobody relies on it being quick. */
async function pollMerge(call: RepositoryCall): Promise<Answer> {
  const { world, repository, input } = call;
  const issue = pullOf(call);
  const { asyncMerge } = issue.pull;
  if (asyncMerge?.uuid !== text(input, 'uuid')) throw notFound();
  if (asyncMerge.outcome === undefined && asyncMerge.pollsLeft > 0) {
    asyncMerge.pollsLeft -= 1;
    return ok(pending(asyncMerge, 'Merge request is in progress.'));
  }
  await runAsyncMerge(world, repository, issue);
  const { outcome } = asyncMerge;
  if (outcome === undefined) throw notFound();
  const { status, message, sha } = outcome;
  return ok({ status, details: { message, ...(sha === undefined ? {} : { sha }) } });
}

async function updateBranch(call: RepositoryCall): Promise<Answer> {
  const { world, repository, input, account } = call;
  const { pull } = pullOf(call);
  const expected = optionalText(input, 'expected_head_sha');
  if (expected !== undefined && expected !== pull.headSha)
    throw new Refusal(422, "expected head sha didn't match current head ref.");
  const { headRepository: from } = pull;
  if (await isAncestor(repository.dir, pull.baseSha, pull.headSha))
    throw new Refusal(422, 'There are no new commits on the base branch.');
  const tree = await mergedTree(repository.dir, pull.baseSha, pull.headSha);
  if (tree === undefined || from !== repository)
    throw new Refusal(422, 'merge conflict between base and head');
  const own = identityOf(account, timestamp(world));
  const sha = await writeCommit(from.dir, {
    tree,
    parents: [pull.headSha, pull.baseSha],
    message: `Merge branch '${pull.base}' into ${pull.head}\n`,
    author: own,
    committer: own,
  });
  await moveBranch(world, from, { name: pull.head, to: sha, expected: pull.headSha }, account);
  return {
    status: 202,
    body: { message: 'Updating pull request branch.', url: `${world.origin}/${repository.name}` },
  };
}
