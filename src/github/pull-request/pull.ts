/** The pull request of a dream as GitHub has it. Only what the App opened from this repository's own branch is one. */
import type { Journal } from '../../core/dream/journal.ts';
import { asking, statusOf } from '../failure.ts';
import type { Octokit } from '../hosted.ts';
import { at, type PullRequestParts } from './parts.ts';

export interface Pull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly open: boolean;
  readonly merged?: { readonly commit: string; readonly person?: string };
  readonly labels: readonly string[];
  readonly comments: number;
  readonly reviewComments: number;
}

type Data = Awaited<ReturnType<Octokit['rest']['pulls']['get']>>['data'];
type Listed = Awaited<ReturnType<Octokit['rest']['pulls']['list']>>['data'][number];

/**
 * By the number that the journal knows, else by its branch.
 * @returns undefined when there is none that is ours.
 */
export async function findPull(
  parts: PullRequestParts,
  { pullRequest, branch }: Pick<Journal, 'pullRequest' | 'branch'>,
): Promise<Pull | undefined> {
  const number = pullRequest ?? (branch === undefined ? undefined : await numberOf(parts, branch));
  if (number === undefined) return undefined;
  return asking('reading the pull request', async () => {
    try {
      const { data } = await parts.hosted.octokit.rest.pulls.get({ ...at(parts), pull_number: number });
      return isOurs(data, parts.hosted.id, await parts.bot()) ? pullOf(data) : undefined;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  });
}

/** One that is open, or else the newest. */
async function numberOf(parts: PullRequestParts, branch: string): Promise<number | undefined> {
  const { hosted } = parts;
  const { data } = await asking('looking for the pull request', () =>
    hosted.octokit.rest.pulls.list({
      ...at(parts),
      state: 'all',
      head: `${hosted.owner}:${branch}`,
      per_page: 100,
    }),
  );
  if (data.length === 0) return undefined;
  const bot = await parts.bot();
  const ours = data.filter((each) => each.head.ref === branch && isOurs(each, hosted.id, bot));
  return (ours.find(({ state }) => state === 'open') ?? ours[0])?.number;
}

function isOurs(
  { user, head, base }: Pick<Data | Listed, 'user' | 'head' | 'base'>,
  id: number,
  bot: string,
) {
  // A fork that was deleted is nothing, whatever the types say.
  const { repo } = head as { readonly repo: { readonly id: number } | null };
  return user?.login === bot && base.repo.id === id && repo?.id === id;
}

/** @param data as it was answered to reading, opening or changing one. */
export function pullOf(data: Data): Pull {
  return {
    number: data.number,
    title: data.title,
    body: data.body ?? '',
    open: data.state === 'open',
    ...mergedOf(data),
    labels: data.labels.map(({ name }) => name),
    comments: data.comments,
    reviewComments: data.review_comments,
  };
}

function mergedOf({ merged, merge_commit_sha: commit, merged_by: by }: Data): Pick<Pull, 'merged'> {
  if (!merged || commit === null) return {};
  return { merged: { commit, ...(by?.type === 'User' ? { person: by.login } : {}) } };
}
