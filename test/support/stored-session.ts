/** Builds sessions as they lie on the ledger. */
import type { Event, Redacted, Session } from '../../src/core/sessions/session.ts';

/** Text a test vouches for. */
export const redacted = (text: string): Redacted => text as Redacted;

/** A session of one person and one agent; `words` alternate between them. */
export function storedSession(id: string, words: readonly string[] = ['hello', 'hi']): Session {
  const events = words.map((text, index): Event => ({
    n: index + 1,
    at: new Date(Date.UTC(2026, 2, 1, 12, index)).toISOString(),
    kind: index % 2 === 0 ? 'person' : 'agent',
    spans: [{ text: redacted(text), trust: index % 2 === 0 ? 'person' : 'agent' }],
  }));
  return {
    id: redacted(id),
    agent: redacted('claude-code'),
    format: 'claude-code',
    startedAt: '2026-03-01T12:00:00.000Z',
    interactive: true,
    people: [redacted('ada')],
    events,
  };
}
