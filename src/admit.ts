/** Which sessions come onto the ledger: new ones, and longer versions of those that are there. Nothing else changes one. */
import type { LedgerView } from './core/dream/ledger.ts';
import type { Event, StreamedSession } from './core/sessions/session.ts';
import { sha256Hex } from './core/text/sha256.ts';

export type Verdict =
  /** The session to store, which for a longer version begins with what is stored. */
  | { readonly verdict: 'store'; readonly session: StreamedSession }
  | { readonly verdict: 'unchanged' }
  | { readonly verdict: 'refused'; readonly reason: string };

/** Sessions by the hash of their id that are not taken in again, with the reason. */
export async function readTombstones(view: LedgerView): Promise<ReadonlyMap<string, string>> {
  const decisions = await view.decisions();
  return new Map(
    decisions.flatMap((decision): [string, string][] =>
      decision.type === 'tombstone' ? [[decision.session, tombstoneReasons[decision.reason]]] : [],
    ),
  );
}

const tombstoneReasons = {
  forgotten: 'it was forgotten on request, and is not taken in again',
  retention: 'it was removed when its time was over (ledger.retention), and is not taken in again',
} as const;

/** @param stored what the ledger, or an earlier file of this run, has of the session. */
export function admit(session: StreamedSession, stored: StreamedSession | undefined): Verdict {
  if (stored === undefined) return { verdict: 'store', session };
  const differs = firstDifference(session.events, stored.events);
  if (differs !== undefined)
    return {
      verdict: 'refused',
      reason:
        session.format === stored.format
          ? `it differs from the stored session ${stored.id} from event ${differs} on`
          : `session ${stored.id} is stored already, from another recording of it (${stored.format})`,
    };
  const known = stored.eventCount;
  if (session.eventCount < known) return { verdict: 'unchanged' };
  // What an unknown hand gave in, somebody known may vouch for: all of it, or the rest stays as it is.
  if (stored.submittedBy === undefined && session.submittedBy !== undefined)
    return { verdict: 'store', session };
  if (session.eventCount === known) return { verdict: 'unchanged' };
  const submittedBy = stored.submittedBy ?? session.submittedBy;
  const longer: StreamedSession = {
    ...session,
    people: [...new Set([...stored.people, ...session.people])],
    ...(submittedBy === undefined ? {} : { submittedBy }),
    events: continued(stored.events, session.events, known),
  };
  return { verdict: 'store', session: longer };
}

export function isBuried(tombstones: ReadonlyMap<string, string>, session: string): string | undefined {
  return tombstones.get(sha256Hex(session));
}

/** What is stored, then the later events of what goes on from there. */
function continued(stored: Iterable<Event>, longer: Iterable<Event>, known: number): Iterable<Event> {
  return {
    *[Symbol.iterator]() {
      yield* stored;
      for (const event of longer) if (event.n > known) yield event;
    },
  };
}

/** @returns the number of the first event in which both have one and they are not the same. */
function firstDifference(a: Iterable<Event>, b: Iterable<Event>): number | undefined {
  const others = b[Symbol.iterator]();
  for (const one of a) {
    const other = others.next();
    if (other.done === true) return undefined;
    if (identity(one) !== identity(other.value)) return one.n;
  }
  return undefined;
}

/** What was said and done. Whether it counts as proved depends on who handed it in, so `person` equals `claimed`. */
function identity({ n, at, kind, spans, tool, ok, rejected }: Event): string {
  return JSON.stringify([
    n,
    at,
    kind,
    spans.map(({ text, trust }) => [text, trust === 'person' ? 'claimed' : trust]),
    tool && [tool.name, tool.action, tool.call, tool.command, tool.path, tool.query, tool.replaced],
    ok,
    rejected,
  ]);
}
