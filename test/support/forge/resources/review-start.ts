/** A review as it begins, and the webhooks about it. */
import { optionalText, type RepositoryCall } from '../server/handler.ts';
import type { PullIssue, Review, ReviewState } from '../state/issue.ts';
import { newId } from '../state/state.ts';
import { pullSummary } from '../views/pull.ts';
import { reviewPayload } from '../views/review.ts';
import { timestamp, type Document } from '../world.ts';

export function startReview(
  call: RepositoryCall,
  issue: PullIssue,
  state: ReviewState,
  body: string,
): Review {
  return {
    id: newId(call.world.state),
    user: call.account,
    commit: optionalText(call.input, 'commit_id') ?? issue.pull.headSha,
    body,
    state,
    ...(state === 'PENDING' ? {} : { submittedAt: timestamp(call.world) }),
  };
}

export function tellReview(
  call: RepositoryCall,
  issue: PullIssue,
  review: Review,
  action: string,
  more: Document = {},
): void {
  const { world, repository, account } = call;
  world.announce({
    event: 'pull_request_review',
    action,
    sender: account,
    repository,
    payload: {
      review: reviewPayload(world, repository, issue, review),
      pull_request: pullSummary(world, repository, issue),
      ...more,
    },
  });
}
