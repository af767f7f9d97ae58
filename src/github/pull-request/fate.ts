/** What became of a dream, as its pull request tells. */
import type { Journal } from '../../core/dream/journal.ts';
import type { Fate } from '../../core/dream/pull-requests.ts';
import { asking } from '../failure.ts';
import { at, type PullRequestParts } from './parts.ts';
import type { Pull } from './pull.ts';

export async function fateOf(parts: PullRequestParts, open: Journal, pull: Pull | undefined): Promise<Fate> {
  if (pull?.merged !== undefined) return { state: 'merged', ...pull.merged };
  const commit = await mergedInGit(parts, open);
  if (commit !== undefined) return { state: 'merged', commit };
  if (pull === undefined)
    return open.pullRequest === undefined
      ? { state: 'open' }
      : { state: 'gone', reason: 'its pull request is gone' };
  return pull.open ? { state: 'open' } : closedFate(parts, open, pull);
}

/** Somebody may have pushed it to the default branch. @returns where that is. */
async function mergedInGit(
  { repository }: PullRequestParts,
  { head, base }: Journal,
): Promise<string | undefined> {
  if (head === undefined || head === base || !(await repository.isAncestor(head, 'HEAD'))) return undefined;
  return repository.resolve('HEAD');
}

/** Closing says no only when a person did it; GitHub closes what has no branch any more. */
async function closedFate(parts: PullRequestParts, { branch }: Journal, { number }: Pull): Promise<Fate> {
  if (branch === undefined || !parts.copy.remoteRefs().has(`refs/heads/${branch}`))
    return { state: 'gone', reason: 'its branch is gone' };
  const { data } = await asking('asking who closed the pull request', () =>
    parts.hosted.octokit.rest.issues.get({ ...at(parts), issue_number: number }),
  );
  const by = data.closed_by;
  if (by?.type === 'User') return { state: 'closed', person: by.login };
  return { state: 'gone', reason: by ? `${by.login} closed it` : 'nobody knows who closed it' };
}
