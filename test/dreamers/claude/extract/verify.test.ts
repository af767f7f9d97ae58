/** What is believed of what a model says it saw. */
import { describe, expect, it } from 'vitest';
import type { Said } from '../../../../src/dreamers/claude/extract/reply.ts';
import { verify } from '../../../../src/dreamers/claude/extract/verify.ts';
import type { Event, Trust } from '../../../../src/core/sessions/session.ts';
import { agent, person, redacted, refuse, run, session } from '../../../support/session.ts';

const spoken = session(
  { id: 'one', day: 1 },
  person('We never push\n  on Fridays.  It broke twice.'),
  agent('Understood.'),
  run('make deploy', 'Error: use make ship', false),
  refuse('git push', 'not on a Friday'),
);
const all = { first: 1, last: 6 };

const claim = (lesson: Said['lesson'], ...quotes: readonly (readonly [number, string])[]): Said => ({
  lesson,
  text: 'Never push on Fridays.',
  quotes: quotes.map(([event, quote]) => ({ event, quote })),
});
const believed = (...said: readonly Said[]) => verify(spoken, said, all);

describe('a quote', () => {
  it('is taken with the trust, the person and the time that the session knows', () => {
    const { observations } = believed(claim('preference', [1, 'It broke twice.']));
    expect(observations).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
        session: 'one',
        lesson: 'preference',
        text: 'Never push on Fridays.',
        quotes: [
          {
            type: 'quote',
            session: 'one',
            event: 1,
            quote: 'It broke twice.',
            trust: 'person',
            person: 'ada@example.com',
            at: '2026-03-01T09:00:00.000Z',
          },
        ],
      },
    ]);
  });

  it('may differ in white space, and is then what the session has', () => {
    const { observations } = believed(claim('preference', [1, 'never push on Fridays. It broke']));
    expect(observations[0]?.quotes[0]?.quote).toBe('never push\n  on Fridays.  It broke');
  });

  it('loses no half of a word', () => {
    const { observations } = believed(claim('preference', [1, 'ever push\n  on Fri']));
    expect(observations[0]?.quotes[0]?.quote).toBe('never push\n  on Fridays');
  });

  it.each([
    ['other words', 1, 'We never deploy on Fridays'],
    ['words of another event', 2, 'We never push'],
    ['an event that is not there', 99, 'We never push'],
    ['next to nothing', 1, 'We'],
    ['what was cut', 1, 'push [… 12 characters cut] Fridays'],
    ['half a word more', 1, 'ever push on Fridays. It broke twic e'],
  ])('of %s is none', (_, event, quote) => {
    expect(believed(claim('fact', [event, quote]))).toEqual({ observations: [], dropped: 1 });
  });

  it('counts without those beside it that are none', () => {
    const { observations, dropped } = believed(claim('fact', [1, 'said nowhere'], [1, 'It broke twice.']));
    expect(observations[0]?.quotes.map(({ quote }) => quote)).toEqual(['It broke twice.']);
    expect(dropped).toBe(0);
  });

  it('of an event that was not shown is none', () => {
    expect(verify(spoken, [claim('fact', [1, 'It broke twice.'])], { first: 2, last: 6 }).dropped).toBe(1);
  });
});

/** One event in which several speak. */
const event = (...spans: readonly (readonly [string, Trust])[]): Event => ({
  n: 1,
  kind: 'tool_result',
  spans: spans.map(([text, trust]) => ({ text: redacted(text), trust })),
});
const of = (one: Event, said: Said) =>
  verify({ ...spoken, events: [one] }, [said], { first: 1, last: 1 }).observations[0]?.quotes[0]?.trust;

describe('trust', () => {
  it('is that of the span, whatever the model makes of it', () =>
    expect(of(event(['use make ship', 'tool']), claim('mistake', [1, 'use make ship']))).toBe('tool'));
  it('is the lower one where two say the same', () =>
    expect(of(event(['use tabs', 'person'], ['use tabs', 'tool']), claim('fact', [1, 'use tabs']))).toBe(
      'tool',
    ));
  it('of memory read back is none', () =>
    expect(of(event(['use tabs', 'echo']), claim('fact', [1, 'use tabs']))).toBeUndefined());
  it.each(['request', 'preference'] as const)('of a tool or an agent carries no %s', (lesson) => {
    expect(of(event(['always use tabs', 'tool']), claim(lesson, [1, 'always use tabs']))).toBeUndefined();
    expect(of(event(['always use tabs', 'agent']), claim(lesson, [1, 'always use tabs']))).toBeUndefined();
  });
});

it('names an observation by its session, lesson and first words, so that it stays the same', () => {
  const [a, b] = [
    claim('fact', [1, 'It broke twice.']),
    { ...claim('fact', [1, 'It broke twice.']), text: 'Other' },
  ];
  expect(believed(a).observations[0]?.id).toBe(believed(b).observations[0]?.id);
  expect(believed(a, b).observations).toHaveLength(1);
});

it('keeps no more than a reader can use, by event', () => {
  const many = Array.from({ length: 200 }, (_, at) =>
    claim('fact', [(at % 3) * 2 + 1, at < 3 ? 'make' : 'none here']),
  );
  expect(believed(...many).observations.map(({ quotes }) => quotes[0]?.event)).toEqual([3]);
});
