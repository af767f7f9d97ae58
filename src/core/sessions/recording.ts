/** One transcript that holds one session: the header goes out first, what is learned later goes out as an update. */
import { sha256Hex } from '../text/sha256.ts';
import type { Parsed, RawEvent, RawHeader } from './format.ts';
import { UnusableTranscriptError } from './format.ts';
import type { Skipped } from './json-line.ts';
import { present } from './json-value.ts';

/** What a parser of such a transcript finds, in order. Later values of a header field win. */
export type Draft =
  | { readonly type: 'header'; readonly header: Partial<RawHeader> }
  | { readonly type: 'event'; readonly event: RawEvent }
  | Skipped;

export type FixedHeader = Pick<RawHeader, 'agent' | 'format' | 'interactive'> & Partial<RawHeader>;

/** An id is derived from what was said up to the first answer, and no more than this many events. */
const maxHeld = 40;
/** So many notices in a row are a session after all: they must not fill the memory. */
const maxNotices = 1_000;

/**
 * Turns drafts into the session they record. A transcript without an id of its own gets one from its beginning, so that a
 * longer version of the same session keeps it.
 * @throws {UnusableTranscriptError} with `nothing` as its reason when nobody said or did anything: notices alone are no session
 */
export async function* recording(
  fixed: FixedHeader,
  drafts: AsyncIterable<Draft>,
  nothing: string,
): AsyncGenerator<Parsed> {
  let header: Partial<RawHeader> = {};
  let late: Partial<RawHeader> = {};
  let held: RawEvent[] = [];
  let id: string | undefined;
  for await (const draft of drafts) {
    if (draft.type === 'skipped') yield draft;
    else if (draft.type === 'header') {
      if (id === undefined) header = { ...header, ...present(draft.header) };
      // The id that a session was opened with stays.
      else late = { ...late, ...present(draft.header), id };
    } else {
      if (id !== undefined) {
        yield { type: 'event', session: id, event: draft.event };
        continue;
      }
      held.push(draft.event);
      if (!mayOpen(fixed, header, held)) continue;
      const opened = open(fixed, header, held);
      id = opened.id;
      yield* opened.parsed;
      held = [];
    }
  }
  if (id === undefined) {
    if (!held.some(isSaidOrDone)) throw new UnusableTranscriptError(nothing);
    const opened = open(fixed, header, held);
    id = opened.id;
    yield* opened.parsed;
  }
  if (Object.keys(late).length > 0) yield { type: 'update', session: id, header: late };
}

function mayOpen(fixed: FixedHeader, header: Partial<RawHeader>, held: readonly RawEvent[]): boolean {
  if (!held.some(isSaidOrDone)) return held.length >= maxNotices;
  if ((header.id ?? fixed.id) !== undefined) return true;
  return held.length >= maxHeld || held.at(-1)?.kind === 'agent';
}

function isSaidOrDone(event: RawEvent): boolean {
  return event.kind !== 'system';
}

function open(
  fixed: FixedHeader,
  header: Partial<RawHeader>,
  held: readonly RawEvent[],
): { readonly id: string; readonly parsed: readonly Parsed[] } {
  const id = header.id ?? fixed.id ?? derivedId(fixed.agent, held);
  const whole: RawHeader = { people: [], ...fixed, ...header, id };
  const events = held.map((event): Parsed => ({ type: 'event', session: id, event }));
  return { id, parsed: [{ type: 'session', header: whole }, ...events] };
}

/** The same beginning gives the same id. The times are part of it, where there are any. */
function derivedId(agent: string, events: readonly RawEvent[]): string {
  const said = events.map((event) => [
    event.kind,
    event.at ?? '',
    event.spans.map((span) => span.text).join(''),
  ]);
  return `${agent}-${sha256Hex(JSON.stringify(said)).slice(0, 32)}`;
}

/** An id for a recording that will not grow any more, from all of it. @param content anything JSON can hold */
export function finishedId(agent: string, content: unknown): string {
  return `${agent}-${sha256Hex(JSON.stringify(content)).slice(0, 32)}`;
}
