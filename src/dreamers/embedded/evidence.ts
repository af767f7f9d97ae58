/** Evidence and origins, as the rules cite them. */
import type { DreamInput } from '../../core/dream/dreamer.ts';
import type { Evidence, Quote } from '../../core/dream/evidence.ts';
import type { LineOrigin } from '../../core/dream/repository.ts';
import type { Signal } from '../../core/dream/signal.ts';
import type { Entry } from '../../core/memory/entry.ts';
import { independentGroups } from '../../core/sessions/independence.ts';

/** The newest origin of an entry's lines; undefined when nobody asked Git. */
export function originOf(input: DreamInput, entry: Entry): LineOrigin | undefined {
  const lines = input.repository.origins.get(entry.file)?.slice(entry.lines[0] - 1, entry.lines[1]) ?? [];
  return lines.reduce<LineOrigin | undefined>(
    (newest, line) => (newest === undefined || line.at > newest.at ? line : newest),
    undefined,
  );
}

/**
 * When an entry was written, by the newest of its lines. A repository whose history begins with the line, and that has
 * sessions from before, was filled later than its memory was written: then nobody knows.
 */
export function writtenAt(input: DreamInput, entry: Entry): string | undefined {
  const origin = originOf(input, entry);
  const older = (session: { readonly startedAt?: string }): boolean =>
    session.startedAt !== undefined && origin !== undefined && session.startedAt < origin.at;
  return origin?.boundary === true && input.sessions.some(older) ? undefined : origin?.at;
}

export function entryEvidence(input: DreamInput, entry: Entry): Evidence {
  const origin = originOf(input, entry);
  const at = writtenAt(input, entry);
  return {
    type: 'entry',
    entry: entry.id,
    file: entry.file,
    lines: [entry.lines[0], entry.lines[1]],
    text: entry.text,
    ...(origin === undefined ? {} : { commit: origin.commit, author: origin.author }),
    ...(at === undefined ? {} : { at }),
  };
}

/** Quotes of several signals, one per session first, people's words first, at most `limit`. */
export function quotesFrom(signals: readonly Signal[], limit = 6): Quote[] {
  const rank = { person: 0, claimed: 1, tool: 2, agent: 3, pasted: 4, echo: 5 } as const;
  const seen = new Set<string>();
  const quotes = signals.flatMap((signal) => signal.quotes);
  const firstOfSession = quotes.filter((quote) => !seen.has(quote.session) && seen.add(quote.session));
  const rest = quotes
    .filter((quote) => !firstOfSession.includes(quote))
    .sort((a, b) => rank[a.trust] - rank[b.trust]);
  const key = (quote: Quote): string => `${quote.session}\0${quote.event}\0${quote.quote}`;
  return [...new Map([...firstOfSession, ...rest].map((quote) => [key(quote), quote])).values()].slice(
    0,
    limit,
  );
}

export interface Support {
  /** Independent pieces of work that the signals come from. */
  readonly groups: number;
  readonly sessions: number;
  readonly people: number;
}

export interface Independence {
  readonly groups: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, readonly string[]>;
}

export function readIndependence(input: DreamInput): Independence {
  return {
    groups: independentGroups(input.sessions),
    people: new Map(input.sessions.map((session) => [session.id, session.people])),
  };
}

export function supportOf(independence: Independence, signals: readonly Pick<Signal, 'session'>[]): Support {
  const sessions = new Set(signals.map((signal) => signal.session));
  const groups = new Set([...sessions].map((session) => independence.groups.get(session) ?? session));
  const people = new Set([...sessions].flatMap((session) => independence.people.get(session) ?? []));
  return { groups: groups.size, sessions: sessions.size, people: people.size };
}

/** "in 3 sessions by 2 people" */
export function supportPhrase(support: Support): string {
  const sessions = support.sessions === 1 ? 'one session' : `${support.sessions} sessions`;
  return support.people > 1 ? `${sessions} by ${support.people} people` : sessions;
}
