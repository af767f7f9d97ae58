/** Sessions of which nothing proves that a person typed them. */
import type { Event, SessionHeader, StreamedSession } from './session.ts';

/** What looks typed is only claimed to be; it can support, and never asks (DESIGN section 5). */
export function claimedEvent(event: Event): Event {
  if (event.spans.every((span) => span.trust !== 'person')) return event;
  const spans = event.spans.map((span) =>
    span.trust === 'person' ? { ...span, trust: 'claimed' as const } : span,
  );
  return { ...event, spans };
}

/** A header without the people it names: nobody knows that they were there. */
export function claimedHeader<T extends SessionHeader>(header: T): T {
  const { submittedBy: _unproved, ...rest } = header;
  return { ...rest, people: [] } as unknown as T;
}

export function claimedEvents(events: Iterable<Event>): Iterable<Event> {
  return {
    *[Symbol.iterator]() {
      for (const event of events) yield claimedEvent(event);
    },
  };
}

export function claimedSession(session: StreamedSession): StreamedSession {
  return { ...claimedHeader(session), events: claimedEvents(session.events) };
}
