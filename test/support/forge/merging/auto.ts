/** Auto-merge: merges by itself once nothing is missing any more. */
import { isPull, type PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../world.ts';
import { mergePull } from './merge.ts';
import { mergesCleanly, unmetRequirements } from './mergeable.ts';
import { enqueuePull } from './queue.ts';

/** Called after anything that may have been the last thing missing. */
export async function mergeWhatIsReady(world: World, repository: Repository): Promise<void> {
  for (const issue of [...repository.issues.values()].filter(isPull)) {
    const { autoMerge, base } = issue.pull;
    if (autoMerge === undefined || issue.closed !== undefined || !(await isReady(repository, issue)))
      continue;
    const merge = repository.mergeQueues.has(base) ? enqueuePull : mergePull;
    await merge(world, repository, issue, autoMerge);
  }
}

export async function isReady(repository: Repository, issue: PullIssue): Promise<boolean> {
  const unmet = await unmetRequirements(repository, issue);
  return unmet.length === 0 && (await mergesCleanly(repository, issue));
}
