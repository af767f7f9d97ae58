import { describe, expect, test } from 'vitest';
import { type Config, configSchema } from '../../../src/core/config.ts';
import { dreamDue, isPaused, type TriggerInput } from '../../../src/core/dream/triggers.ts';

const at = (hours: number): string => new Date(Date.UTC(2026, 2, 28) + hours * 3_600_000).toISOString();

function ask(asked: Partial<Omit<TriggerInput, 'config'>> & { dream?: Partial<Config['dream']> }) {
  const { dream = {}, ...rest } = asked;
  const config = configSchema.parse({ dream });
  return dreamDue({ config, now: at(24), lastDream: at(0), waiting: 1, paused: false, ...rest });
}

describe('a dream is due', () => {
  test('when there was none, even with no session: the store itself is audited', () => {
    const config = configSchema.parse({});
    expect(dreamDue({ config, now: at(0), waiting: 0, paused: false })).toMatchObject({
      due: true,
      reason: 'first-dream',
    });
  });
  test('a day after the last one when something is new', () => {
    expect(ask({ now: at(24) })).toMatchObject({ due: true, reason: 'enough-time' });
    expect(ask({ now: at(23.9) })).toMatchObject({ due: false, reason: 'waiting-for-more' });
  });
  test('at once when enough sessions are new, but not within six hours of the last', () => {
    expect(ask({ now: at(6), waiting: 5 })).toMatchObject({ due: true, reason: 'enough-sessions' });
    expect(ask({ now: at(5.9), waiting: 50 })).toMatchObject({ due: false, reason: 'too-soon' });
  });
  test('never when nothing is new, or when paused', () => {
    expect(ask({ now: at(1000), waiting: 0 })).toMatchObject({ due: false, reason: 'nothing-new' });
    expect(ask({ now: at(1000), waiting: 9, paused: true })).toMatchObject({ due: false, reason: 'paused' });
  });
});

describe('a schedule', () => {
  const dream = { cron: '30 2 * * *', zone: 'Europe/Berlin' };
  test('counts in its own zone, over a change to summer time as well', () => {
    // 2026-03-29 02:30 does not exist in Berlin; the run falls on the instant the clocks jumped to.
    expect(ask({ dream, lastDream: '2026-03-28T12:00:00Z', now: '2026-03-29T00:20:00Z' })).toMatchObject({
      due: false,
      reason: 'before-schedule',
    });
    expect(ask({ dream, lastDream: '2026-03-28T12:00:00Z', now: '2026-03-29T02:00:00Z' })).toMatchObject({
      due: true,
      reason: 'schedule',
    });
  });
  test('replaces the number of sessions', () => {
    expect(
      ask({ dream, lastDream: '2026-03-28T02:00:00Z', now: '2026-03-28T12:00:00Z', waiting: 50 }),
    ).toMatchObject({ due: false });
  });
});

test('a pause ends when it is resumed or its time is over', () => {
  expect(isPaused([{ type: 'paused', at: at(0) }], at(1))).toBe(true);
  expect(isPaused([{ type: 'paused', at: at(0), until: at(2) }], at(3))).toBe(false);
  expect(
    isPaused(
      [
        { type: 'paused', at: at(0) },
        { type: 'resumed', at: at(1) },
      ],
      at(3),
    ),
  ).toBe(false);
});
