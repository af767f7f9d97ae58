/** What people said on GitHub that may be meant for us. */
import { asking, statusOf, waitOf } from '../failure.ts';
import type { HostedRepository, Octokit } from '../hosted.ts';
import { isBotLogin } from '../people.ts';

export type Reaction = 'eyes' | 'rocket' | 'confused';

/** Lines of a pull request's diff that a comment stands on. */
export interface SaidOn {
  readonly path: string;
  /** LEFT: what goes. */
  readonly side: 'LEFT' | 'RIGHT';
  /** In the file of that side, from and to, as they were when it was said. */
  readonly lines: readonly [from: number, to: number];
  /** The diff from its header to the last of these lines. */
  readonly hunk: string;
}

export interface Said {
  /** Names it on the ledger: `comment-17`, `review-comment-3`, `review-9`. */
  readonly event: string;
  /** Of the issue or pull request. */
  readonly number: number;
  readonly person: string;
  /** ISO 8601. */
  readonly at: string;
  readonly text: string;
  readonly url: string;
  readonly on?: SaidOn;
  /** How many there are of each, whoever they are from; reviews have none. */
  readonly reactions?: Readonly<Record<Reaction, number>>;
  readonly react?: (reaction: Reaction) => Promise<void>;
  /** Whether an account reacted so. */
  readonly isFrom?: (reaction: Reaction, login: string) => Promise<boolean>;
}

type At = Pick<HostedRepository, 'octokit' | 'owner' | 'name'>;

/** What was said longer ago is history: nobody waits for an answer any more. */
const days = 7;

/**
 * What people said lately, oldest first; never bots, nor programs that speak for people.
 * @param number of one issue or pull request; without it, in all of them.
 * @param pull the pull request whose lines and reviews are read as well.
 * @param now ISO 8601 in UTC.
 */
export async function readSaid(
  hosted: At,
  {
    number,
    pull,
    now,
  }: { readonly number?: number | undefined; readonly pull?: number | undefined; readonly now: string },
): Promise<readonly Said[]> {
  const since = new Date(Date.parse(now) - days * 86_400_000).toISOString();
  const asksPull = pull !== undefined && (number === undefined || number === pull);
  const comments = await readComments(hosted, number, since);
  const onLines = asksPull ? await readReviewComments(hosted, pull, since) : [];
  const reviews = asksPull ? await readReviews(hosted, pull, since) : [];
  return [...comments, ...onLines, ...reviews].sort(
    (a, b) => compare(a.at, b.at) || compare(a.event, b.event),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Speaker {
  readonly user: { readonly login: string; readonly type: string } | null | undefined;
  readonly performed_via_github_app?: unknown;
}

function personOf({ user, performed_via_github_app: app }: Speaker): string | undefined {
  if (user?.type !== 'User' || isBotLogin(user.login)) return undefined;
  return app == null ? user.login : undefined;
}

type Comment = Awaited<ReturnType<Octokit['rest']['issues']['listComments']>>['data'][number];

async function readComments(hosted: At, number: number | undefined, since: string): Promise<readonly Said[]> {
  const { octokit, owner, name: repo } = hosted;
  const asked = { owner, repo, since, per_page: 100 };
  const { listComments, listCommentsForRepo } = octokit.rest.issues;
  const all = await asking('reading comments', () =>
    number === undefined
      ? octokit.paginate(listCommentsForRepo, asked)
      : octokit.paginate(listComments, { ...asked, issue_number: number }),
  );
  return all.flatMap((comment) => {
    const person = personOf(comment);
    const of = Number(/\/(\d+)$/.exec(comment.issue_url)?.[1]);
    return person === undefined || !Number.isSafeInteger(of)
      ? []
      : [commentSaid(hosted, comment, person, of)];
  });
}

function commentSaid(hosted: At, comment: Comment, person: string, number: number): Said {
  const { octokit, owner, name: repo } = hosted;
  const at = { owner, repo, comment_id: comment.id };
  const { createForIssueComment, listForIssueComment } = octokit.rest.reactions;
  return {
    event: `comment-${comment.id}`,
    number,
    person,
    at: comment.created_at,
    text: comment.body ?? '',
    url: comment.html_url,
    ...reactionsOf(comment, {
      create: (content) => createForIssueComment({ ...at, content }),
      list: (content) => octokit.paginate(listForIssueComment, { ...at, content, per_page: 100 }),
    }),
  };
}

async function readReviewComments(hosted: At, pull: number, since: string): Promise<readonly Said[]> {
  const { octokit, owner, name: repo } = hosted;
  const all = await asking('reading comments on lines', () =>
    octokit.paginate(octokit.rest.pulls.listReviewComments, {
      owner,
      repo,
      pull_number: pull,
      since,
      per_page: 100,
    }),
  );
  return all.flatMap((comment) => {
    const person = personOf(comment);
    return person === undefined ? [] : [reviewCommentSaid(hosted, comment, person, pull)];
  });
}

type ReviewComment = Awaited<ReturnType<Octokit['rest']['pulls']['listReviewComments']>>['data'][number];

function reviewCommentSaid(hosted: At, comment: ReviewComment, person: string, number: number): Said {
  const { octokit, owner, name: repo } = hosted;
  const at = { owner, repo, comment_id: comment.id };
  const { createForPullRequestReviewComment, listForPullRequestReviewComment } = octokit.rest.reactions;
  const to = comment.original_line ?? comment.line;
  const from = comment.original_start_line ?? to;
  return {
    event: `review-comment-${comment.id}`,
    number,
    person,
    at: comment.created_at,
    text: comment.body,
    url: comment.html_url,
    ...(to === undefined || from === undefined
      ? {}
      : {
          on: {
            path: comment.path,
            side: comment.side === 'LEFT' ? 'LEFT' : 'RIGHT',
            lines: [from, to],
            hunk: comment.diff_hunk,
          },
        }),
    ...reactionsOf(comment, {
      create: (content) => createForPullRequestReviewComment({ ...at, content }),
      list: (content) => octokit.paginate(listForPullRequestReviewComment, { ...at, content, per_page: 100 }),
    }),
  };
}

async function readReviews(hosted: At, pull: number, since: string): Promise<readonly Said[]> {
  const { octokit, owner, name: repo } = hosted;
  const all = await asking('reading reviews', () =>
    octokit.paginate(octokit.rest.pulls.listReviews, { owner, repo, pull_number: pull, per_page: 100 }),
  );
  return all.flatMap((review): Said[] => {
    const person = personOf(review);
    const { submitted_at: at } = review;
    if (person === undefined || at === undefined || Date.parse(at) < Date.parse(since) || review.body === '')
      return [];
    return [
      { event: `review-${review.id}`, number: pull, person, at, text: review.body, url: review.html_url },
    ];
  });
}

interface Reactions {
  readonly create: (content: Reaction) => Promise<unknown>;
  readonly list: (
    content: Reaction,
  ) => Promise<readonly { readonly user: { readonly login: string } | null }[]>;
}

function reactionsOf(
  { reactions }: { readonly reactions?: Readonly<Record<Reaction, number>> | undefined },
  { create, list }: Reactions,
): Required<Pick<Said, 'reactions' | 'react' | 'isFrom'>> {
  return {
    reactions: {
      eyes: reactions?.eyes ?? 0,
      rocket: reactions?.rocket ?? 0,
      confused: reactions?.confused ?? 0,
    },
    react: (content) => reacting(() => create(content)),
    isFrom: (content, login) =>
      asking('reading reactions', async () =>
        (await list(content)).some(({ user }) => user?.login === login),
      ),
  };
}

/** A sign and no more: where the comment is gone or its conversation locked, there is none. */
async function reacting(react: () => Promise<unknown>): Promise<void> {
  await asking('reacting to a comment', async () => {
    try {
      await react();
    } catch (error) {
      const without = [403, 404, 410, 422].includes(statusOf(error) ?? 0) && waitOf(error) === undefined;
      if (!without) throw error;
    }
  });
}
