/** Gather: the signals of one session. Pure, so that they can be kept per session and extractor version. */
import { sha256Hex } from '../../text/sha256.ts';
import type { Session } from '../../sessions/session.ts';
import type { Signal } from '../signal.ts';
import { gatherAsks } from './asks.ts';
import { gatherCommandRuns } from './command-runs.ts';
import { gatherFailures } from './failures.ts';
import { gatherLookups } from './lookups.ts';
import { gatherMemoryEdits } from './memory-edits.ts';
import { gatherMissing } from './missing.ts';
import { type Reading, readSession } from './reading.ts';
import { gatherRefutations } from './refutations.ts';
import { gatherStatements } from './statements.ts';
import { gatherValues } from './values.ts';

/** Changes whenever an extractor would find something else in the same session: kept signals are then taken anew. */
export const extractorVersion = '7';

type Unnamed<S> = S extends Signal ? Omit<S, 'id' | 'session'> : never;

/** One per kind of signal. */
const extractors: readonly ((reading: Reading) => readonly Unnamed<Signal>[])[] = [
  gatherStatements,
  gatherAsks,
  gatherRefutations,
  gatherMemoryEdits,
  gatherFailures,
  gatherCommandRuns,
  gatherLookups,
  gatherMissing,
  gatherValues,
];

/** Signals of one kind kept per session; more is noise. */
const perKind = 100;

/**
 * All signals of a session, by event. Ids are 12 hex digits over session, kind, event and words, so the same words keep
 * their id when the session grows.
 */
export function gather(session: Session): Signal[] {
  const reading = readSession(session);
  return extractors
    .flatMap((extract) => extract(reading).slice(0, perKind))
    .map((draft): Signal => {
      const first = draft.quotes[0];
      const id = sha256Hex([session.id, draft.kind, first?.event, first?.quote].join('\0')).slice(0, 12);
      return { ...draft, id, session: session.id };
    })
    .sort((a, b) => (a.quotes[0]?.event ?? 0) - (b.quotes[0]?.event ?? 0));
}
