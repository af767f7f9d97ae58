/**
 * A session as a small model reads it: a line for each event that may teach something, with its number, so that quotes can
 * name it. Left out: what was read, found and printed where nothing went wrong, looking at the same thing again, failures
 * told before, thinking, memory read back. Kept: what people said, what went wrong and what was done next, what agents
 * concluded, what was written into memory.
 */
import { excerpt } from '../../../core/sessions/excerpt.ts';
import type { Event, Session } from '../../../core/sessions/session.ts';
import { callLine, nothingSeen, resultLine, type Seen, textOf } from './tool-lines.ts';

export interface CondensedEvent {
  /** The number of the event. */
  readonly n: number;
  /** `[12] person: …`; lines after the first are indented, so that no content looks like another event. */
  readonly text: string;
  /** A person's message: windows may begin here. */
  readonly opensTurn: boolean;
}

/** UTF-16 units. People are heard out, as far as the ledger keeps their words. */
const limits = {
  person: 16_000,
  pasted: 1_000,
  /** The last words before a person speaks again, and the last of all: what the agent came to. */
  conclusion: 1_600,
  /** What it says between two calls. */
  aside: 300,
} as const;

/** @param session as it lies on the ledger: redacted, and condensed once. */
export function condenseForModel({ events, cwd }: Session): readonly CondensedEvent[] {
  const seen = nothingSeen(cwd);
  const conclusions = conclusionsOf(events);
  return events.flatMap((event): CondensedEvent[] => {
    const said = wordsOf(event);
    const done = deedOf(event, seen, conclusions);
    const parts = [...said, ...(done === undefined ? [] : [done])];
    if (parts.length === 0) return [];
    return [
      {
        n: event.n,
        text: parts.map((part) => `[${event.n}] ${indented(part)}`).join('\n'),
        opensTurn: event.kind === 'person' && said.length > 0,
      },
    ];
  });
}

/** A person's words, wherever they stand: in a message, a refusal, an answer; and what they pasted. */
function wordsOf(event: Event): string[] {
  const who =
    event.kind === 'person' ? 'person' : event.rejected === true ? 'person refused this' : 'person answered';
  return event.spans.flatMap((span): string[] => {
    if (span.text.trim() === '') return [];
    if (span.trust === 'person' || span.trust === 'claimed')
      return [`${who}: ${excerpt(span.text, limits.person)}`];
    if (span.trust === 'pasted' && event.kind === 'person')
      return [`pasted: ${excerpt(span.text, limits.pasted)}`];
    return [];
  });
}

/** Last words of the agent before a person speaks, and before the end. */
function conclusionsOf(events: readonly Event[]): ReadonlySet<Event> {
  const found = new Set<Event>();
  let latest: Event | undefined;
  for (const event of events) {
    if (event.kind === 'person' && latest !== undefined) found.add(latest);
    if (event.kind === 'person') latest = undefined;
    if (event.kind === 'agent') latest = event;
  }
  return latest === undefined ? found : found.add(latest);
}

function deedOf(event: Event, seen: Seen, conclusions: ReadonlySet<Event>): string | undefined {
  if (event.kind === 'tool_call') return callLine(event, seen);
  if (event.kind === 'tool_result') return resultLine(event, seen);
  const text = event.kind === 'agent' ? textOf(event, 'agent') : '';
  const limit = conclusions.has(event) ? limits.conclusion : limits.aside;
  return text === '' ? undefined : `agent: ${excerpt(text, limit)}`;
}

/** Whatever ends a line somewhere ends it here. */
const indented = (text: string): string => text.trim().replace(/\s*[\n\r\v\f\u0085\u2028\u2029]\s*/g, '\n  ');
