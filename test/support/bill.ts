/** Builds bills: 110 tokens for half a dollar. */
import type { Bill } from '../../src/core/dream/purse.ts';

export function aBill(over: Partial<Bill> = {}): Bill {
  return {
    phase: 'grade',
    model: 'm',
    batch: false,
    calls: 1,
    inputTokens: 100,
    outputTokens: 10,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    usd: 0.5,
    ...over,
  };
}
