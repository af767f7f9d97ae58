/** Asks the dreamer about a proposal of the open dream, which it is shown as it saw it; what that costs is paid like a dream. */
import type { Config } from './core/config.ts';
import { standing } from './core/dream/decisions.ts';
import type { Dreamer, DreamInput } from './core/dream/dreamer.ts';
import type { Ledger } from './core/dream/ledger.ts';
import type { Repository } from './core/dream/repository.ts';
import { closedSignals } from './core/dream/open-signals.ts';
import { DreamkeeperError } from './core/error.ts';
import { memoryMatcher } from './core/memory/memory-paths.ts';
import { parseStore } from './core/memory/parse.ts';
import { readExtracts } from './extracts.ts';
import { openMeans, type Sharing } from './means.ts';
import { orient } from './orient.ts';
import type { OpenReview } from './render-again.ts';

export interface Asking {
  readonly repository: Repository;
  readonly ledger: Ledger;
  readonly config: Config;
  readonly dreamer: Dreamer;
  /** ISO 8601 in UTC. */
  readonly now: string;
  readonly sharing?: Sharing;
}

/**
 * @param name under which the money is set aside and spent: one for each question, the same when it is asked again.
 * @throws {DreamkeeperError} `usage` when there is no money for it, and what the dreamer throws.
 */
export async function askDreamer<T>(
  asking: Asking,
  { view, journal }: OpenReview,
  name: string,
  ask: (input: DreamInput) => Promise<T>,
): Promise<T> {
  const { repository, ledger, config, now } = asking;
  const store = parseStore(await repository.readFiles(journal.base, memoryMatcher(config.memory)));
  const { extracts } = await readExtracts(view, new Map(), () => undefined);
  const decisions = standing(await view.decisions());
  const known = await orient(
    { repository, config, now },
    { store, base: journal.base, view, extracts, decisions },
  );
  const means = await openMeans(asking, name, view);
  if ('refused' in means) {
    throw new DreamkeeperError('usage', means.refused, {
      remedy: 'Say the whole text in a suggestion block: that asks no model.',
    });
  }
  try {
    return await ask({
      ...known,
      purse: means.purse,
      notes: means.notes,
      objects: new Map(extracts.map(({ session, object }) => [session.id, object])),
      closed: closedSignals(await view.journals(), decisions),
      urgent: true,
      check: () => Promise.resolve([]),
      progress: () => undefined,
    });
  } finally {
    const spent = means.close();
    if (spent.length > 0)
      await ledger.write(`Record what ${name} spent`, () => Promise.resolve({ decisions: spent }));
  }
}
