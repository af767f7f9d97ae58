/** Reviews of a pull request. */
import {
  found,
  integer,
  listed,
  ok,
  optionalText,
  pullOf,
  Refusal,
  text,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import type { PullIssue, Review, ReviewState } from '../state/issue.ts';
import { reviewCommentView, reviewView } from '../views/review.ts';
import { addReviewComment, tellReviewComment, type DraftComment } from './review-comments.ts';
import { startReview, tellReview } from './review-start.ts';

const states: Readonly<Record<string, ReviewState>> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
};

export const reviews: RepositoryHandlers = {
  'pulls/list-reviews': {
    needs: ['pull_requests:read'],
    answer(call) {
      const issue = pullOf(call);
      return listed(issue.pull.reviews.values(), (review) =>
        reviewView(call.world, call.repository, issue, review),
      );
    },
  },
  'pulls/create-review': { needs: ['pull_requests:write'], role: 'read', answer: createReview },
  'pulls/get-review': {
    needs: ['pull_requests:read'],
    answer(call) {
      const issue = pullOf(call);
      return ok(reviewView(call.world, call.repository, issue, reviewOf(call, issue)));
    },
  },
  'pulls/update-review': {
    needs: ['pull_requests:write'],
    role: 'read',
    answer(call) {
      const issue = pullOf(call);
      const review = reviewOf(call, issue);
      const from = review.body;
      review.body = text(call.input, 'body');
      tellReview(call, issue, review, 'edited', { changes: { body: { from } } });
      return ok(reviewView(call.world, call.repository, issue, review));
    },
  },
  'pulls/dismiss-review': {
    needs: ['pull_requests:write'],
    answer(call) {
      const issue = pullOf(call);
      const review = reviewOf(call, issue);
      review.state = 'DISMISSED';
      tellReview(call, issue, review, 'dismissed');
      return ok(reviewView(call.world, call.repository, issue, review));
    },
  },
  'pulls/list-comments-for-review': {
    needs: ['pull_requests:read'],
    answer(call) {
      const review = reviewOf(call, pullOf(call));
      const all = [...call.repository.reviewComments.values()].filter(
        (comment) => comment.review === review.id,
      );
      return listed(all, (comment) => reviewCommentView(call.world, call.repository, comment));
    },
  },
};

function reviewOf({ input }: RepositoryCall, issue: PullIssue): Review {
  return found(issue.pull.reviews.get(integer(input, 'review_id')));
}

async function createReview(call: RepositoryCall) {
  const { world, repository, input, account } = call;
  const issue = pullOf(call);
  const event = optionalText(input, 'event');
  if (event === 'APPROVE' && issue.user.id === account.id)
    throw new Refusal(422, 'Unprocessable Entity', ['Can not approve your own pull request'] as never);
  const drafts = (input.comments ?? []) as readonly DraftComment[];
  const body = optionalText(input, 'body') ?? '';
  if (event === 'COMMENT' && body === '' && drafts.length === 0)
    throw new Refusal(422, 'Unprocessable Entity', ['Body is required'] as never);
  const review = startReview(call, issue, states[event ?? ''] ?? 'PENDING', body);
  const added = [];
  for (const draft of drafts) added.push(await addReviewComment(call, issue, review, draft));
  issue.pull.reviews.set(review.id, review);
  if (review.state !== 'PENDING') {
    tellReview(call, issue, review, 'submitted');
    for (const comment of added) tellReviewComment(call, issue, comment, 'created');
  }
  return ok(reviewView(world, repository, issue, review));
}
