/** One session, read once for all extractors: calls paired with their results, and people's words in sentences. */
import type { Event, Session, Span } from '../../sessions/session.ts';
import type { Quote } from '../evidence.ts';
import { splitSentences } from './sentences.ts';

export interface Call {
  readonly call: Event;
  readonly result: Event | undefined;
  /** Position among the session's calls. */
  readonly index: number;
}

/** A sentence that a person typed, or is claimed to have. */
export interface Sentence {
  /** Verbatim, without surrounding white space. */
  readonly text: string;
  readonly event: Event;
  readonly trust: 'person' | 'claimed';
  /** The sentence before it in the same span. */
  readonly previous: string | undefined;
  /** The words refuse a tool call, or come right after one was refused. */
  readonly rejection: boolean;
  /** The agent had acted or spoken before it: it may be a reaction. */
  readonly afterAgent: boolean;
}

export interface Reading {
  readonly session: Session;
  readonly calls: readonly Call[];
  readonly sentences: readonly Sentence[];
  /** Calls in the order of events, by the number of the event. */
  readonly callsByEvent: ReadonlyMap<number, Call>;
}

/** Pairs calls with results by call id, and where a format has none, with the next result. */
function pairCalls(events: readonly Event[]): Call[] {
  const byId = new Map<string, Event>();
  for (const event of events) {
    if (event.kind === 'tool_result' && event.tool?.call !== undefined) byId.set(event.tool.call, event);
  }
  return events
    .map((event, position) => ({ event, position }))
    .filter(({ event }) => event.kind === 'tool_call')
    .map(({ event, position }, index) => {
      const id = event.tool?.call;
      const next = events[position + 1];
      const adjacent = next?.kind === 'tool_result' && next.tool?.call === undefined ? next : undefined;
      return { call: event, result: id === undefined ? adjacent : (byId.get(id) ?? adjacent), index };
    });
}

function isPeoples(span: Span): span is Span & { trust: 'person' | 'claimed' } {
  return span.trust === 'person' || span.trust === 'claimed';
}

function readSentences(events: readonly Event[]): Sentence[] {
  const sentences: Sentence[] = [];
  let afterAgent = false;
  let rejected = false;
  for (const event of events) {
    const spoken = event.spans.filter(isPeoples).filter((span) => span.text.trim() !== '');
    for (const span of spoken) {
      let previous: string | undefined;
      for (const text of splitSentences(span.text)) {
        const rejection = rejected || event.rejected === true;
        sentences.push({ text, event, trust: span.trust, previous, rejection, afterAgent });
        previous = text;
      }
    }
    if (event.rejected === true && spoken.length === 0) rejected = true;
    else if (spoken.length > 0 && event.kind === 'person') rejected = false;
    if (event.kind === 'agent' || event.kind === 'tool_call') afterAgent = true;
  }
  return sentences;
}

export function readSession(session: Session): Reading {
  const calls = pairCalls(session.events);
  return {
    session,
    calls,
    sentences: readSentences(session.events),
    callsByEvent: new Map(calls.map((call) => [call.call.n, call])),
  };
}

/** The text of an event that tools or agents produced, joined. */
export function textOf(event: Event | undefined): string {
  return event === undefined ? '' : event.spans.map((span) => span.text).join('\n');
}

/** The longest quote kept; a reviewer reads no more. */
const quoteLimit = 400;

/** A quote of an event. `text` must stand verbatim in one of its spans; it is cut at a line or word, never changed. */
export function quoteOf(session: Session, event: Event, text: string): Quote | undefined {
  const span = event.spans.find((candidate) => candidate.text.includes(text)) ?? undefined;
  if (span === undefined || text.trim() === '') return undefined;
  const quote = text.length <= quoteLimit ? text : text.slice(0, quoteLimit).replace(/\s+\S*$/, '');
  const person = span.trust === 'person' && session.people.length === 1 ? session.people[0] : undefined;
  return {
    type: 'quote',
    session: session.id,
    event: event.n,
    quote: quote.trim(),
    trust: span.trust,
    ...(person === undefined ? {} : { person }),
    ...(event.at === undefined ? {} : { at: event.at }),
  };
}

/** The quotes that can be made; extractors drop signals that have none. */
export function quotesOf(
  session: Session,
  wanted: readonly (readonly [Event | undefined, string])[],
): Quote[] {
  return wanted.flatMap(([event, text]) =>
    event === undefined ? [] : (quoteOf(session, event, text) ?? []),
  );
}
