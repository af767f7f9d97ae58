import { describe, expect, it } from 'vitest';
import { admit } from '../src/admit.ts';
import type { Event, Redacted, Session, StreamedSession } from '../src/core/sessions/session.ts';
import { agent, person, session } from './support/session.ts';

const streamed = (whole: Session): StreamedSession => ({ ...whole, eventCount: whole.events.length });

/** A session of so many turns, handed in by somebody. */
function recorded(turns: number, submittedBy?: string): StreamedSession {
  const steps = Array.from({ length: turns }, (_, n) =>
    n % 2 === 0 ? person(`Do ${n}`) : agent(`Did ${n}`),
  );
  const { submittedBy: _nobody, ...rest } = session({ id: 'one', day: 1 }, ...steps);
  return streamed({
    ...rest,
    ...(submittedBy === undefined ? {} : { submittedBy: submittedBy as Redacted }),
  });
}

const eventsIn = (found: ReturnType<typeof admit>): Event[] =>
  found.verdict === 'store' ? [...found.session.events] : [];

describe('a session that is stored', () => {
  it('is continued by a longer version, from where it ends, as often as that is read', () => {
    const [stored, longer] = [recorded(3), recorded(5)];
    const found = admit(longer, { ...stored, people: [] });
    expect(found.verdict === 'store' && found.session.eventCount).toBe(5);
    expect(eventsIn(found)).toEqual([...longer.events]);
    expect(eventsIn(found)).toEqual([...longer.events]);
  });

  it.each([3, 2])('is left alone by a version of %i of its 3 events', (turns) => {
    expect(admit(recorded(turns), recorded(3))).toEqual({ verdict: 'unchanged' });
  });

  it('is vouched for by whoever is known to hand it in again', () => {
    expect(admit(recorded(3, 'ada'), recorded(3)).verdict).toBe('store');
    expect(admit(recorded(3, 'ada'), recorded(3, 'bob')).verdict).toBe('unchanged');
  });

  it('refuses one that differs, and says from where on', () => {
    const other = streamed(session({ id: 'one', day: 1 }, person('Do 0'), agent('Something else')));
    expect(admit(other, recorded(3))).toEqual({
      verdict: 'refused',
      reason: 'it differs from the stored session one from event 2 on',
    });
  });

  it('refuses another recording of it, and names the one that is there', () => {
    const exported = {
      ...streamed(session({ id: 'one', day: 2 }, person('Do 0'), agent('Did 1'))),
      format: 'specstory' as const,
    };
    expect(admit(exported, recorded(2))).toEqual({
      verdict: 'refused',
      reason: 'session one is stored already, from another recording of it (claude-code)',
    });
  });
});
