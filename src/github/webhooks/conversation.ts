/** What people say: commands wherever they are given, and anything under a dream, which nobody rewrites then. */
import { parseCommand } from '../../core/review/command.ts';
import { aboutOf, commentSchema, isBot, of, reviewSchema, type Received } from './payload.ts';
import { isDream } from './pull-requests.ts';

export const commented = of(commentSchema, (payload, received) => {
  const { issue, comment } = payload;
  const concerns = isCommand(comment.body) || mayBeDream(issue, received);
  if (isBot(payload) || !concerns) return [];
  return [{ kind: 'review', ...aboutOf(payload, received), number: issue.number }];
});

export const reviewed = of(reviewSchema, (payload, received) => {
  const { pull_request: pull, review, comment } = payload;
  const concerns = isDream(pull.head.ref) || isCommand(review?.body) || isCommand(comment?.body);
  if (isBot(payload) || !concerns) return [];
  return [{ kind: 'review', ...aboutOf(payload, received), number: pull.number }];
});

function isCommand(text: string | null | undefined): boolean {
  return parseCommand(text ?? '') !== undefined;
}

/** The branch of a pull request is not told here; who opened it is. */
function mayBeDream(
  issue: {
    readonly user?: { readonly login: string } | null | undefined;
    readonly pull_request?: unknown;
  },
  { isOurs }: Received,
): boolean {
  return issue.pull_request !== undefined && issue.user != null && isOurs(issue.user.login);
}
