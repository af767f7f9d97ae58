/** What jobs do where repositories are hosted on GitHub. */
import type { JobContext } from '../jobs/handler.ts';
import { dreamWork } from '../jobs/handlers.ts';
import type { Queue } from '../jobs/queue.ts';
import type { Works } from '../jobs/work.ts';
import { askToMerge, createMergeWork } from './auto-merge.ts';
import { reportConfig } from './config-report.ts';
import { checkEverywhere } from './everywhere.ts';
import { ingestHosted } from './ingest.ts';
import { ledgerElsewhere } from './ledger-home.ts';
import { livingOn } from './life.ts';
import { onboardWork, type OnboardingOptions } from './onboarding.ts';
import type { HostedPlace } from './repositories.ts';
import { checkPushed } from './pushed/check.ts';
import { reviewWork } from './review.ts';
import { createDreamWatch } from './watch.ts';

export interface GithubWorksOptions extends OnboardingOptions {
  readonly queue: Pick<Queue, 'send'>;
}

export function githubWorks(options: GithubWorksOptions): Works<HostedPlace> {
  const { queue } = options;
  const review = reviewWork(queue);
  return {
    onboard: onboardWork(options),
    ingest: (place, payload, _now, context) => ingestHosted(place, payload, context),
    async review(place, payload, now, context) {
      // What is asked about one pull request says nothing about the config.
      if (payload.number === undefined) await reportConfig(place);
      const result = await review(place, payload, now, context);
      await checkEverywhere(place, payload.number);
      await askToMerge(queue, place, now, context.id);
      return result;
    },
    async dream(place, payload, now, context) {
      await reportConfig(place);
      // The push that brings a session may be heard of after the dream was asked for.
      await checkPushed(place, context.log);
      // What was taken back, or nobody looked at, makes a difference to what is dreamed.
      await livingOn(place, now);
      const result = await dreamWork(watching(place, now, context), payload, now, context);
      await askToMerge(queue, place, now, context.id);
      // Seldom enough, and nobody waits for what comes after a dream.
      for (const copy of new Set([place.copy, place.ledgerCopy])) await copy.tidy();
      return result;
    },
    merge: createMergeWork(queue),
    async asleep(place, { kind }, _now, { log }) {
      // Told nowhere else: which repositories there are is not for everybody who reads this one.
      if (place.asleep?.reason === ledgerElsewhere)
        log.warn(
          { problem: place.asleep.message },
          'nothing can be done for this repository until it is mended',
        );
      if (kind === 'sync' || kind === 'review') await reportConfig(place);
    },
  };
}

/** A dream with a model takes minutes: people can watch it. */
function watching(place: HostedPlace, now: string, { log }: JobContext): HostedPlace {
  return place.dreamer.paid ? { ...place, watch: createDreamWatch(place, { now, log }) } : place;
}
