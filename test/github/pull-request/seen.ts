/** What of the pull requests of a dreamed repository stands on GitHub, for tests to look at. */
import type { RecordedRequest } from '../../support/forge/server/record.ts';
import { isPull, type PullIssue } from '../../support/forge/state/issue.ts';
import type { Hosting } from '../hosted.ts';

export const shownAt = '2026-03-20T18:05:00.000Z';

export function pullsOf({ repository }: Pick<Hosting, 'repository'>): readonly PullIssue[] {
  return [...repository.issues.values()].filter(isPull);
}

/** @throws when there is none, or more than one. */
export function onlyPull(hosting: Pick<Hosting, 'repository'>): PullIssue {
  const [pull, ...more] = pullsOf(hosting);
  if (pull === undefined || more.length > 0) throw new Error(`There are ${pullsOf(hosting).length}.`);
  return pull;
}

export function branchTip({ repository }: Pick<Hosting, 'repository'>, branch = ''): string | undefined {
  return repository.refs.get(`refs/heads/${branch}`);
}

/** The requests made while `work` ran; git's own are pushes and fetches. */
export async function requestsOf(
  { github }: Pick<Hosting, 'github'>,
  work: () => Promise<unknown>,
): Promise<readonly RecordedRequest[]> {
  const before = github.requests.length;
  await work();
  return github.requests.slice(before);
}

export const isGit = ({ operation }: RecordedRequest): boolean => operation.startsWith('git-');

/** What changed something: not reading, and not asking for a token. */
export function writes(requests: readonly RecordedRequest[]): readonly string[] {
  return requests
    .filter(({ operation, method }) => (isGit({ operation } as RecordedRequest) ? false : method !== 'GET'))
    .map(({ operation }) => operation)
    .filter((operation) => operation !== 'apps/create-installation-access-token')
    .concat(requests.filter(isPush).map(() => 'push'));
}

export const isPush = ({ operation, method }: RecordedRequest): boolean =>
  operation === 'git-receive-pack' && method === 'POST';
