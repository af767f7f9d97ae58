/** Reviews and their comments as GitHub shows them. */
import type { PullIssue, Review, ReviewComment } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { nodeId } from '../state/state.ts';
import type { Document, World } from '../world.ts';
import { accountView } from './account.ts';
import { associationOf, reactionsView } from './issue.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';

export function reviewView(world: World, repository: Repository, issue: PullIssue, review: Review): Document {
  const page = `${repositoryPage(world, repository)}/pull/${issue.number}#pullrequestreview-${review.id}`;
  const url = `${repositoryUrl(world, repository)}/pulls/${issue.number}`;
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: accountView(world, review.user),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: url,
    _links: { html: { href: page }, pull_request: { href: url } },
    ...(review.submittedAt === undefined ? {} : { submitted_at: review.submittedAt }),
    commit_id: review.commit,
    author_association: associationOf(repository, review.user),
  };
}

/** Webhooks write the state in small letters, and say when it was updated. */
export function reviewPayload(
  world: World,
  repository: Repository,
  issue: PullIssue,
  review: Review,
): Document {
  return {
    ...reviewView(world, repository, issue, review),
    state: review.state.toLowerCase(),
    body: review.body === '' ? null : review.body,
    submitted_at: review.submittedAt ?? null,
    updated_at: review.submittedAt ?? null,
  };
}

export function reviewCommentView(world: World, repository: Repository, comment: ReviewComment): Document {
  const url = `${repositoryUrl(world, repository)}/pulls/comments/${comment.id}`;
  const page = `${repositoryPage(world, repository)}/pull/${comment.pull}#discussion_r${comment.id}`;
  const pull = `${repositoryUrl(world, repository)}/pulls/${comment.pull}`;
  return {
    url,
    html_url: page,
    pull_request_url: pull,
    _links: { self: { href: url }, html: { href: page }, pull_request: { href: pull } },
    pull_request_review_id: comment.review,
    id: comment.id,
    node_id: nodeId('PullRequestReviewComment', comment.id),
    diff_hunk: comment.hunk,
    path: comment.path,
    commit_id: comment.commit,
    original_commit_id: comment.originalCommit,
    user: accountView(world, comment.user),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: associationOf(repository, comment.user),
    reactions: reactionsView(url, comment.reactions),
    line: comment.line,
    original_line: comment.originalLine,
    start_line: comment.startLine,
    original_start_line: comment.originalStartLine,
    side: comment.side,
    start_side: comment.originalStartLine === null ? null : comment.side,
    position: comment.line === null ? null : 1,
    original_position: 1,
    subject_type: 'line',
    ...(comment.inReplyTo === undefined ? {} : { in_reply_to_id: comment.inReplyTo }),
  };
}
