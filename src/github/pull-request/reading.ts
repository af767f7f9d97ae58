/** Reads the pull request of a dream, and for a moment believes what it read: a job asks the same more than once. */
import type { Journal } from '../../core/dream/journal.ts';
import { asking } from '../failure.ts';
import type { Octokit } from '../hosted.ts';
import { at, type PullRequestParts } from './parts.ts';
import { findPull, type Pull } from './pull.ts';

type Listed = Awaited<ReturnType<Octokit['rest']['issues']['listComments']>>['data'][number];

export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly login: string;
  readonly isPerson: boolean;
}

export interface Reading {
  pullOf(journal: Journal): Promise<Pull | undefined>;
  /** Those below the description, oldest first. */
  commentsOf(pull: Pull): Promise<readonly Comment[]>;
  /** A person reviewed it or commented on lines of it. */
  isReviewed(pull: Pull): Promise<boolean>;
  /** We made it just now: nobody said anything yet. */
  opened(journal: Journal, pull: Pull): void;
  changed(journal: Journal, pull: Pull): void;
  commented(pull: Pull, comment: Comment): void;
  forget(): void;
}

const goodMilliseconds = 30_000;

export function createReading(parts: PullRequestParts): Reading {
  const known = new Map<string, { readonly at: number; readonly value: Promise<unknown> }>();
  const remember = (key: string, value: unknown): void =>
    void known.set(key, { at: performance.now(), value: Promise.resolve(value) });
  const recall = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const found = known.get(key);
    if (found !== undefined && performance.now() - found.at < goodMilliseconds)
      return found.value as Promise<T>;
    const value = ask();
    known.set(key, { at: performance.now(), value });
    value.catch(() => known.delete(key));
    return value;
  };
  const pullKey = ({ branch }: Journal): string => `pull ${branch ?? ''}`;
  const commentsKey = ({ number }: Pull): string => `comments ${number}`;
  const reviewedKey = ({ number }: Pull): string => `reviewed ${number}`;
  const commentsOf = (pull: Pull): Promise<readonly Comment[]> =>
    recall(commentsKey(pull), () => (pull.comments === 0 ? Promise.resolve([]) : listComments(parts, pull)));
  return {
    pullOf: (journal) => recall(pullKey(journal), () => findPull(parts, journal)),
    commentsOf,
    isReviewed: (pull) => recall(reviewedKey(pull), () => isReviewed(parts, pull)),
    opened(journal, pull) {
      remember(pullKey(journal), pull);
      remember(commentsKey(pull), []);
      remember(reviewedKey(pull), false);
    },
    changed: (journal, pull) => remember(pullKey(journal), pull),
    commented(pull, comment) {
      const before = commentsOf(pull);
      const value = before.then((all) => [...all.filter(({ id }) => id !== comment.id), comment]);
      known.set(commentsKey(pull), { at: performance.now(), value });
    },
    forget: () => known.clear(),
  };
}

async function listComments(parts: PullRequestParts, { number }: Pull): Promise<readonly Comment[]> {
  const { octokit } = parts.hosted;
  const all = await asking('reading the comments', () =>
    octokit.paginate(octokit.rest.issues.listComments, {
      ...at(parts),
      issue_number: number,
      per_page: 100,
    }),
  );
  return all.map(commentOf);
}

export function commentOf({ id, body, user }: Listed): Comment {
  return { id, body: body ?? '', login: user?.login ?? '', isPerson: user?.type !== 'Bot' };
}

/** What a bot says of it does not count: many comment on all there is. */
async function isReviewed(parts: PullRequestParts, pull: Pull): Promise<boolean> {
  const { octokit } = parts.hosted;
  const asked = { ...at(parts), pull_number: pull.number, per_page: 100 };
  const isPersons = ({ user }: { readonly user: { readonly type: string } | null }): boolean =>
    user?.type !== 'Bot';
  return asking('reading the reviews', async () => {
    if (pull.reviewComments > 0)
      if ((await octokit.paginate(octokit.rest.pulls.listReviewComments, asked)).some(isPersons)) return true;
    const reviews = await octokit.paginate(octokit.rest.pulls.listReviews, asked);
    return reviews.some((review) => review.state !== 'PENDING' && isPersons(review));
  });
}
