/** Merges that were asked for asynchronously, when their turn has come. */
import { Refusal } from '../server/handler.ts';
import type { PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../world.ts';
import { mergePull } from './merge.ts';
import { enqueuePull } from './queue.ts';

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
