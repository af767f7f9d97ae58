/** Dreams in pull requests: what became of them, whether somebody reviews them, and making them say what the ledger says. */
import type { Journal } from '../core/dream/journal.ts';
import type { PullRequests } from '../core/dream/pull-requests.ts';
import { openDream } from '../core/dream/triggers.ts';
import { cleanUp } from './pull-request/clean-up.ts';
import { fateOf } from './pull-request/fate.ts';
import { givenBack } from './pull-request/give-back.ts';
import type { PullRequestParts } from './pull-request/parts.ts';
import type { Pull } from './pull-request/pull.ts';
import { createReading } from './pull-request/reading.ts';
import { showOpen } from './pull-request/show.ts';
import { tipOf, type Tip } from './pull-request/tip.ts';
import { isTouched } from './pull-request/touched.ts';

export interface HostedPullRequests extends PullRequests {
  /** As GitHub has it, or had it less than half a minute ago; undefined where none is ours. */
  pullOf(journal: Journal): Promise<Pull | undefined>;
  /** Whose the tip of its branch is. */
  tipOf(journal: Journal): Promise<Tip>;
  /** What was read of pull requests is asked anew: somebody else has changed or merged them. */
  forget(): void;
}

export function createPullRequests(parts: PullRequestParts): HostedPullRequests {
  const reading = createReading(parts);
  return {
    fateOf: async (open) => fateOf(parts, open, await reading.pullOf(open)),
    isTouched: (open, decisions) => isTouched(parts, reading, open, decisions),
    async show(now) {
      reading.forget();
      let view = await parts.ledger.read();
      let open = openDream(await view.journals(), await view.decisions());
      if (open !== undefined) {
        const earlier = await givenBack(parts, view, open, await reading.pullOf(open), now);
        view = earlier ?? view;
        open = openDream(await view.journals(), await view.decisions());
      }
      if (open?.branch !== undefined && open.head !== undefined) {
        const journal = { ...open, branch: open.branch, head: open.head };
        await showOpen(parts, reading, { view, journal }, now);
      }
      const past = { journals: await view.journals(), decisions: await view.decisions() };
      await cleanUp(parts, reading, { ...past, openBranch: open?.branch, now });
    },
    pullOf: (journal) => reading.pullOf(journal),
    tipOf: (journal) => tipOf(parts, journal),
    forget: () => reading.forget(),
  };
}
