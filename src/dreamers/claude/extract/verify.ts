/** Code holds the line: an observation counts as far as its words stand in the session, and as what they are there. */
import { quoteOf } from '../../../core/dream/gather/reading.ts';
import type { Quote } from '../../../core/dream/evidence.ts';
import { cutMark } from '../../../core/sessions/excerpt.ts';
import type { Event, Session, Span, Trust } from '../../../core/sessions/session.ts';
import { sha256Hex } from '../../../core/text/sha256.ts';
import { observationSchema, type Observation } from '../observation.ts';
import type { Said } from './reply.ts';

export interface Verified {
  readonly observations: readonly Observation[];
  /** How many were dropped because their words were not found, or were nobody's to say. */
  readonly dropped: number;
}

/** As many as a reader of the next step can use; a model that says more says everything. */
const mostObservations = 60;
const mostQuotes = 8;
/** Characters that are not white space; fewer are found everywhere and prove nothing. */
const shortestQuote = 4;
/** UTF-16 units; whoever quotes more than this quotes a file. */
const longestQuote = 2_000;

/** Only a person can want something: what tools, pages and agents said is no wish of the team. */
const needsPerson: ReadonlySet<Observation['lesson']> = new Set(['request', 'preference']);

/**
 * Keeps of each observation the quotes that stand verbatim in one span of the event they name, with the span's own trust;
 * memory read back is no evidence.
 * @param window the numbers of the events that the model was shown.
 */
export function verify(
  session: Session,
  said: readonly Said[],
  window: { readonly first: number; readonly last: number },
): Verified {
  const shown = new Map(
    session.events.flatMap((event) =>
      event.n >= window.first && event.n <= window.last ? [[event.n, event] as const] : [],
    ),
  );
  const kept = new Map<string, Observation>();
  let dropped = 0;
  for (const one of said.slice(0, mostObservations)) {
    const observation = observationOf(session, shown, one);
    if (observation === undefined) dropped += 1;
    else if (!kept.has(observation.id)) kept.set(observation.id, observation);
  }
  return { observations: [...kept.values()].sort(byEvent), dropped };
}

const byEvent = (a: Observation, b: Observation): number =>
  (a.quotes[0]?.event ?? 0) - (b.quotes[0]?.event ?? 0);

function observationOf(
  session: Session,
  shown: ReadonlyMap<number, Event>,
  { lesson, text, quotes }: Said,
): Observation | undefined {
  const found = quotes
    .flatMap(({ event, quote }) => findQuote(session, shown.get(event), quote) ?? [])
    .slice(0, mostQuotes);
  const [first] = found;
  if (first === undefined) return undefined;
  if (needsPerson.has(lesson) && !found.some(({ trust }) => trust === 'person' || trust === 'claimed'))
    return undefined;
  const id = sha256Hex([session.id, lesson, first.event, first.quote].join('\0')).slice(0, 12);
  return observationSchema.safeParse({ id, session: session.id, lesson, text: text.trim(), quotes: found })
    .data;
}

function findQuote(session: Session, event: Event | undefined, quote: string): Quote | undefined {
  const words = quote.trim();
  if (event === undefined || words.length > longestQuote || cutMark.test(words)) return undefined;
  if (words.replace(/\s/g, '').length < shortestQuote) return undefined;
  const matches = event.spans
    .filter(({ trust }) => trust !== 'echo')
    .flatMap((span) => {
      const text = findIn(span.text, words);
      return text === undefined ? [] : [{ span, text }];
    })
    .sort((a, b) => rank(a.span) - rank(b.span));
  // The same words twice in one event are worth what the less trusted speaker makes them.
  const match = matches[0];
  return match === undefined ? undefined : quoteOf(session, { ...event, spans: [match.span] }, match.text);
}

const leastFirst: readonly Trust[] = ['echo', 'tool', 'agent', 'pasted', 'claimed', 'person'];
const rank = ({ trust }: Span): number => leastFirst.indexOf(trust);

/** @returns the words as the text has them: white space may differ, and words cut in two ("ever do") are made whole. */
function findIn(text: string, words: string): string | undefined {
  const range = rangeOf(text, words);
  if (range === undefined) return undefined;
  let [start, end] = range;
  const joins = (at: number): boolean => at > 0 && /^[\p{L}\p{N}]{2}$/u.test(text.slice(at - 1, at + 1));
  while (joins(start)) start -= 1;
  while (joins(end)) end += 1;
  return text.slice(start, end);
}

function rangeOf(text: string, words: string): [start: number, end: number] | undefined {
  const exact = text.indexOf(words);
  if (exact >= 0) return [exact, exact + words.length];
  const wanted = words.split(/\s+/);
  const last = wanted.length - 1;
  if (last === 0) return undefined;
  const pieces = [...text.matchAll(/\S+/g)];
  const begins = pieces.findIndex((_, at) =>
    wanted.every((word, nth) => {
      const piece = pieces[at + nth]?.[0] ?? '';
      if (nth === 0) return piece.endsWith(word);
      return nth === last ? piece.startsWith(word) : piece === word;
    }),
  );
  const [first, final] = [pieces[begins], pieces[begins + last]];
  if (first === undefined || final === undefined) return undefined;
  const start = first.index + first[0].length - (wanted[0] ?? '').length;
  return [start, final.index + (wanted[last] ?? '').length];
}
