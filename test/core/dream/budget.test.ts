import { describe, expect, it } from 'vitest';
import { configSchema, type Config } from '../../../src/core/config.ts';
import { allowanceOf, exhausted, spentInMonth } from '../../../src/core/dream/budget.ts';
import type { Decision } from '../../../src/core/dream/journal.ts';

const now = '2026-11-21T00:00:00.000Z';
const yesterday = '2026-11-20T00:00:00.000Z';
const longAgo = '2026-10-01T00:00:00.000Z';

const spend = (dream: string, tokens: number, over?: true, at = yesterday): Decision => ({
  type: 'spend',
  at,
  dream,
  tokens,
  usd: tokens / 100,
  ...(over === undefined ? {} : { over }),
});
const reserved = (dream: string, tokens: number, at = yesterday): Decision => ({
  type: 'reserved',
  at,
  dream,
  tokens,
  usd: tokens / 100,
});
const budget = (given: unknown): Config['budget'] => configSchema.parse({ budget: given }).budget;

describe('what a month has cost', () => {
  it('counts what was spent in the last 30 days', () => {
    const decisions = [spend('a', 100, true), spend('b', 50, true, longAgo)];
    expect(spentInMonth(decisions, now)).toEqual({ tokens: 100, usd: 1 });
  });

  it('counts what a dream set aside as long as it has not ended', () => {
    const open = [reserved('a', 100), spend('a', 30)];
    expect(spentInMonth(open, now)).toEqual({ tokens: 100, usd: 1 });
    expect(spentInMonth([...open, spend('a', 20, true)], now)).toEqual({ tokens: 50, usd: 0.5 });
  });

  it('lets a dream that is dreamed again use what it set aside', () => {
    const decisions = [reserved('a', 100), spend('a', 30)];
    expect(spentInMonth(decisions, now, 'a')).toEqual({ tokens: 30, usd: 0.3 });
  });
});

describe('what a dream may spend', () => {
  it('is without limit unless the config says otherwise', () => {
    expect(allowanceOf(budget({}), [spend('a', 100, true)], { now })).toEqual({});
  });

  it('is the smaller of what one dream may and what is left of the month', () => {
    const limits = budget({ tokens: 80, month: { tokens: 150, usd: 9 } });
    expect(allowanceOf(limits, [], { now })).toEqual({ tokens: 80, usd: 9 });
    expect(allowanceOf(limits, [spend('a', 100, true)], { now })).toEqual({ tokens: 50, usd: 8 });
  });

  it('is less by what other repositories of the installation spent', () => {
    const limits = budget({ month: { tokens: 150 } });
    expect(allowanceOf(limits, [], { now, elsewhere: { tokens: 200, usd: 0 } })).toEqual({ tokens: 0 });
  });

  it('is nothing when one limit is reached', () => {
    expect(exhausted({ tokens: 0, usd: 5 })).toContain('token');
    expect(exhausted({ usd: 0 })).toContain('dollars');
    expect(exhausted({ tokens: 1 })).toBeUndefined();
    expect(exhausted({})).toBeUndefined();
  });
});
