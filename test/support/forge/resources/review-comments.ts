/** Comments on lines of a pull request's diff. */
import { diffLine, type Side } from '../merging/outdated.ts';
import {
  created,
  found,
  integer,
  invalid,
  listed,
  nothing,
  ok,
  optionalText,
  pullOf,
  Refusal,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import { isPull, type PullIssue, type Review, type ReviewComment } from '../state/issue.ts';
import { pullSummary } from '../views/pull.ts';
import { reviewCommentView } from '../views/review.ts';
import { timestamp, type Document } from '../world.ts';
import { bodyOf, mayChange, newComment } from './comments.ts';
import { startReview, tellReview } from './review-start.ts';

export const reviewComments: RepositoryHandlers = {
  'pulls/list-review-comments': {
    needs: ['pull_requests:read'],
    answer(call) {
      const { number } = pullOf(call);
      return listed(
        all(call, ({ pull }) => pull === number),
        (comment) => view(call, comment),
      );
    },
  },
  'pulls/list-review-comments-for-repo': {
    needs: ['pull_requests:read'],
    answer(call) {
      const since = optionalText(call.input, 'since') ?? '';
      return listed(
        all(call, ({ updatedAt }) => updatedAt >= since),
        (comment) => view(call, comment),
      );
    },
  },
  'pulls/create-review-comment': { needs: ['pull_requests:write'], role: 'read', answer: createComment },
  'pulls/create-reply-for-review-comment': { needs: ['pull_requests:write'], role: 'read', answer: reply },
  'pulls/get-review-comment': {
    needs: ['pull_requests:read'],
    answer: (call) => ok(view(call, commentOf(call))),
  },
  'pulls/update-review-comment': {
    needs: ['pull_requests:write'],
    role: 'read',
    answer(call) {
      const comment = commentOf(call);
      mayChange(call, comment);
      const from = comment.body;
      comment.body = bodyOf(call);
      comment.updatedAt = timestamp(call.world);
      tellReviewComment(call, pullUnder(call, comment), comment, 'edited', { changes: { body: { from } } });
      return ok(view(call, comment));
    },
  },
  'pulls/delete-review-comment': {
    needs: ['pull_requests:write'],
    role: 'read',
    answer(call) {
      const comment = commentOf(call);
      mayChange(call, comment);
      call.repository.reviewComments.delete(comment.id);
      tellReviewComment(call, pullUnder(call, comment), comment, 'deleted');
      return nothing;
    },
  },
};

const view = (call: RepositoryCall, comment: ReviewComment): Document =>
  reviewCommentView(call.world, call.repository, comment);

function all({ repository }: RepositoryCall, wanted: (comment: ReviewComment) => boolean): ReviewComment[] {
  return [...repository.reviewComments.values()].filter(wanted);
}

function commentOf({ repository, input }: RepositoryCall): ReviewComment {
  return found(repository.reviewComments.get(integer(input, 'comment_id')));
}

function pullUnder({ repository }: RepositoryCall, comment: ReviewComment): PullIssue {
  const issue = found(repository.issues.get(comment.pull));
  if (!isPull(issue)) throw new Error(`A review comment hangs on issue ${issue.number}.`);
  return issue;
}

export interface DraftComment {
  readonly path: string;
  readonly body: string;
  readonly line?: number;
  readonly side?: string;
  readonly start_line?: number;
}

/** A comment alone is a review of its own. */
async function createComment(call: RepositoryCall) {
  const issue = pullOf(call);
  const { input } = call;
  const review = startReview(call, issue, 'COMMENTED', '');
  const comment = await addReviewComment(call, issue, review, {
    path: String(input.path),
    body: bodyOf(call),
    ...(typeof input.line === 'number' ? { line: input.line } : {}),
    ...(typeof input.side === 'string' ? { side: input.side } : {}),
    ...(typeof input.start_line === 'number' ? { start_line: input.start_line } : {}),
  });
  return finish(call, issue, review, comment);
}

function reply(call: RepositoryCall) {
  const issue = pullOf(call);
  const parent = commentOf(call);
  if (parent.pull !== issue.number) throw new Refusal(404, 'Not Found');
  const review = startReview(call, issue, 'COMMENTED', '');
  const { path, side, line, startLine, originalLine, originalStartLine, hunk, commit, originalCommit } =
    parent;
  const place = {
    path,
    side,
    line,
    startLine,
    originalLine,
    originalStartLine,
    hunk,
    commit,
    originalCommit,
  };
  const comment: ReviewComment = {
    ...newComment(call),
    ...place,
    review: review.id,
    pull: issue.number,
    // Replies to replies hang on the first comment.
    inReplyTo: parent.inReplyTo ?? parent.id,
  };
  call.repository.reviewComments.set(comment.id, comment);
  return finish(call, issue, review, comment);
}

function finish(call: RepositoryCall, issue: PullIssue, review: Review, comment: ReviewComment) {
  issue.pull.reviews.set(review.id, review);
  tellReview(call, issue, review, 'submitted');
  tellReviewComment(call, issue, comment, 'created');
  return created(view(call, comment));
}

/** @throws {Refusal} 422 for a line that is not in the diff */
export async function addReviewComment(
  call: RepositoryCall,
  issue: PullIssue,
  review: Review,
  draft: DraftComment,
): Promise<ReviewComment> {
  const { repository } = call;
  const side: Side = draft.side === 'LEFT' ? 'LEFT' : 'RIGHT';
  const { path, line = 0 } = draft;
  const at = await diffLine(repository, issue, { path, side, line });
  if (at === undefined)
    throw invalid(
      'pull_request_review_thread.line must be part of the diff',
      'PullRequestReviewComment',
      'line',
    );
  const { headSha } = issue.pull;
  const comment: ReviewComment = {
    ...newComment({ ...call, input: { body: draft.body } }),
    review: review.id,
    pull: issue.number,
    path,
    side,
    line,
    startLine: draft.start_line ?? null,
    originalLine: line,
    originalStartLine: draft.start_line ?? null,
    hunk: at.hunk,
    commit: headSha,
    originalCommit: headSha,
  };
  repository.reviewComments.set(comment.id, comment);
  return comment;
}

export function tellReviewComment(
  call: RepositoryCall,
  issue: PullIssue,
  comment: ReviewComment,
  action: string,
  more: Document = {},
): void {
  const { world, repository, account } = call;
  world.announce({
    event: 'pull_request_review_comment',
    action,
    sender: account,
    repository,
    payload: {
      comment: reviewCommentView(world, repository, comment),
      pull_request: pullSummary(world, repository, issue),
      ...more,
    },
  });
}
