/** Which repositories the App came to, and which it may not reach any more. */
import type { JobKind } from '../../jobs/job.ts';
import { aboutInstallation, type AskedJob, type JobsOf } from './payload.ts';

/** A pull request and its label for each: within 500 things made an hour, which is what GitHub lets one account make. */
const onboardingSeconds = 20;
/** Nothing is made on GitHub, but each asks for a token. */
const lookingSeconds = 1;

/** The App is there: each repository is asked whether it wants it. */
export const arrived = each('onboard', onboardingSeconds);

/** What may be done may have changed, up to nothing at all, or from it. Who was not asked yet is asked then. */
export const changed = each('sync', lookingSeconds);

/** The list may be left out of the webhook, and is no part of one about a single change. */
function each(kind: Extract<JobKind, 'onboard' | 'sync'>, apartSeconds: number): JobsOf {
  return (payload, { delivery, now }) => {
    const parsed = aboutInstallation.safeParse(payload);
    if (!parsed.success) return undefined;
    const { installation, repositories, repositories_added, repositories_removed } = parsed.data;
    const named = repositories ?? (kind === 'onboard' ? repositories_added : repositories_removed);
    if (named === undefined)
      return [{ payload: { kind: 'reconcile', slot: `webhook ${delivery}`.slice(0, 100) } }];
    return named.map(({ id }, index): AskedJob => ({
      payload: { kind, repository: String(id), installation: String(installation.id), delivery },
      // The first one at once.
      ...(index === 0 ? {} : { startAfter: new Date(now + index * apartSeconds * 1_000).toISOString() }),
    }));
  };
}
