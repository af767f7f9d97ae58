import { describe, expect, it } from 'vitest';
import { readClaim } from '../../../../src/core/text/claim/claim.ts';
import { likeness } from '../../../../src/core/text/claim/same-claim.ts';
import { alternations } from './alternations.ts';
import { counterExamples } from './counter-examples.ts';

function saysTheSame([a, b]: readonly [string, string]): boolean {
  const [first, second] = [readClaim(a), readClaim(b)];
  return likeness(first, second, true) !== undefined && likeness(second, first, true) !== undefined;
}

describe('claims', () => {
  it('are the same in every alternation', () => {
    expect(alternations.filter((pair) => !saysTheSame(pair))).toEqual([]);
  });

  it('differ where direction, negation, amount, time or scope does', () => {
    const merged = counterExamples.filter(([a, b]) => saysTheSame([a, b]) || saysTheSame([b, a]));
    expect(merged).toEqual([]);
  });

  it('are none where there are marks and no words', () => {
    expect(saysTheSame(['```', '```'])).toBe(false);
  });
});
