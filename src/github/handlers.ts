/** What jobs do where repositories are hosted on GitHub. */
import type { Works } from '../jobs/handlers.ts';
import type { HostedPlace } from './repositories.ts';

export function githubWorks(): Works<HostedPlace> {
  return {};
}
