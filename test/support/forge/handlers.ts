/** Everything the stand-in answers, by operation. */
import { actions } from './resources/actions.ts';
import { activities } from './resources/activities.ts';
import { apps, repositoryInstallation } from './resources/apps.ts';
import { branches } from './resources/branches.ts';
import { checks } from './resources/checks.ts';
import { comments } from './resources/comments.ts';
import { contents } from './resources/contents.ts';
import { deliveries } from './resources/deliveries.ts';
import { gitData } from './resources/git-data.ts';
import { issues } from './resources/issues.ts';
import { labels } from './resources/labels.ts';
import { merges } from './resources/merges.ts';
import { protections } from './resources/protection.ts';
import { pulls } from './resources/pulls.ts';
import { reactions } from './resources/reactions.ts';
import { refs } from './resources/refs.ts';
import { repositories } from './resources/repositories.ts';
import { reviewComments } from './resources/review-comments.ts';
import { reviews } from './resources/reviews.ts';
import { site } from './resources/site.ts';
import type { GlobalHandlers, RepositoryHandlers } from './server/handler.ts';
import type { RateLimits } from './server/rate-limit.ts';
import type { Delivery } from './webhooks/delivery.ts';

export const ofRepository: RepositoryHandlers = {
  ...repositoryInstallation,
  ...repositories,
  ...branches,
  ...activities,
  ...protections,
  ...contents,
  ...refs,
  ...gitData,
  ...issues,
  ...labels,
  ...comments,
  ...reactions,
  ...pulls,
  ...merges,
  ...reviews,
  ...reviewComments,
  ...checks,
  ...actions,
};

export function globalHandlers(limits: RateLimits, redeliver: (delivery: Delivery) => void): GlobalHandlers {
  return { ...apps, ...deliveries(redeliver), ...site(limits) };
}
