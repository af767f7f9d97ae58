import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTurnstile, laneRange, priorityOf } from '../../src/jobs/fairness.ts';

const now = 1_800_000_000;

describe('the turnstile', () => {
  it('counts a first job from when it comes', () => {
    expect(createTurnstile().pass(['a'], now)).toBe(now);
  });

  it('counts the jobs of who asks for much later and later, and those of others not', () => {
    const turnstile = createTurnstile({ spacing: 1, most: 600 });
    const greedy = [0, 1, 2].map(() => turnstile.pass(['greedy'], now));
    expect(greedy).toEqual([now, now + 1, now + 2]);
    expect(turnstile.pass(['modest'], now)).toBe(now);
  });

  it('counts an installation with a thousand repositories as one that asks for much', () => {
    const turnstile = createTurnstile({ spacing: 1, most: 600 });
    for (let at = 0; at < 100; at += 1) turnstile.pass([`r${at}`, 'installation:big'], now);
    expect(turnstile.pass(['new', 'installation:big'], now)).toBe(now + 100);
    expect(turnstile.pass(['new', 'installation:small'], now)).toBeLessThanOrEqual(now + 1);
  });

  it('forgives with time', () => {
    const turnstile = createTurnstile({ spacing: 1, most: 600 });
    for (let at = 0; at < 10; at += 1) turnstile.pass(['a'], now);
    expect(turnstile.pass(['a'], now + 11)).toBe(now + 11);
  });

  it('lets nobody wait for ever, and nobody count earlier than they came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(50)), { maxLength: 300 }),
        (asks) => {
          const turnstile = createTurnstile({ spacing: 5, most: 60 });
          let time = now;
          for (const [party, later] of asks) {
            time += later;
            const counts = turnstile.pass([party], time);
            expect(counts).toBeGreaterThanOrEqual(time);
            expect(counts).toBeLessThanOrEqual(time + 60);
          }
        },
      ),
    );
  });
});

describe('priorities', () => {
  it('serve first what counts from earlier, each lane for itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(1e6), (from, later) => {
        for (const lane of ['quick', 'slow'] as const)
          expect(priorityOf(lane, now + from)).toBeGreaterThanOrEqual(priorityOf(lane, now + from + later));
      }),
    );
  });

  it('fit the integers of a database, and never leave their lane', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('quick', 'slow'),
        fc.double({ min: 0, max: 1e12, noNaN: true }),
        (lane, counts) => {
          const priority = priorityOf(lane, counts);
          const { minPriority = -(2 ** 31), maxPriority = 2 ** 31 - 1 } = laneRange(lane);
          expect(Number.isInteger(priority)).toBe(true);
          expect(priority).toBeGreaterThanOrEqual(minPriority);
          expect(priority).toBeLessThanOrEqual(maxPriority);
        },
      ),
    );
  });
});
