import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recentMap } from '../../../../src/core/sessions/claude/recent.ts';

describe('a map of bounded size', () => {
  it('forgets what was set longest ago, and says so', () => {
    const lost: number[] = [];
    const map = recentMap<number>(2, (value) => lost.push(value));
    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    map.set('c', 4);
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([3, undefined, 4]);
    expect(lost).toEqual([2]);
    expect([...map.values()]).toEqual([3, 4]);
  });

  it('does so whatever was set, set again and taken before', () => {
    const step = fc.tuple(fc.constantFrom('set', 'take'), fc.nat(12).map(String));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const map = recentMap<string>(5);
        let expected: string[] = [];
        for (const [action, key] of steps) {
          expected = expected.filter((known) => known !== key);
          if (action === 'take') map.take(key);
          else {
            map.set(key, key);
            expected = [...expected, key].slice(-5);
          }
          expect([...map.values()]).toEqual(expected);
        }
      }),
    );
  });

  it('takes no longer for having forgotten much', () => {
    const timeOf = (count: number): number => {
      const map = recentMap<number>(20_000);
      const begun = performance.now();
      for (let n = 0; n < count; n += 1) map.set(String(n), n);
      return performance.now() - begun;
    };
    timeOf(20_000);
    // Walking over the forgotten took a hundred times as long.
    expect(timeOf(200_000)).toBeLessThan(40 * timeOf(20_000) + 50);
  });
});
