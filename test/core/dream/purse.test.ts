import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPurse, spentOf, type Money } from '../../../src/core/dream/purse.ts';
import { aBill } from '../../support/bill.ts';

describe('a purse', () => {
  it('lends no more than there is, with what is held counted as gone', () => {
    const purse = openPurse({ tokens: 300, usd: 10 });
    const first = purse.hold({ tokens: 200, usd: 1 });
    expect(first).toBeDefined();
    expect(purse.hold({ tokens: 101, usd: 1 })).toBeUndefined();
    first?.release();
    expect(purse.left()).toEqual({ tokens: 300, usd: 10 });
  });

  it('pays by what was used, and not by what was held', () => {
    const purse = openPurse({ tokens: 300, usd: 10 });
    const hold = purse.hold({ tokens: 300, usd: 10 });
    hold?.settle(aBill());
    hold?.settle(aBill());
    hold?.release();
    expect(purse.left()).toEqual({ tokens: 190, usd: 9.5 });
  });

  it('has no end where there is no limit', () => {
    const purse = openPurse();
    expect(purse.hold({ tokens: 1e12, usd: 1e9 })).toBeDefined();
    expect(purse.left()).toEqual({});
  });

  it('writes one bill for each phase, model and price', () => {
    const purse = openPurse();
    for (const bill of [aBill(), aBill(), aBill({ batch: true }), aBill({ model: 'other' })])
      purse.hold({ tokens: 0, usd: 0 })?.settle(bill);
    expect(purse.bills()).toEqual([
      aBill({ calls: 2, inputTokens: 200, outputTokens: 20, usd: 1 }),
      aBill({ batch: true }),
      aBill({ model: 'other' }),
    ]);
  });

  it('does not pay twice for what was set aside before', () => {
    const purse = openPurse({ tokens: 50 });
    purse.charge(aBill());
    expect(purse.left()).toEqual({ tokens: 50 });
    expect(spentOf(purse.bills())).toEqual({ tokens: 110, usd: 0.5 });
  });

  it('keeps a bill without a price apart from one that was free', () => {
    const { phase, model, batch, calls, inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } =
      aBill();
    const priceless = {
      phase,
      model,
      batch,
      calls,
      inputTokens,
      outputTokens,
      cacheReadTokens,
      cacheWriteTokens,
    };
    const purse = openPurse();
    purse.charge(priceless);
    purse.charge(priceless);
    expect(purse.bills()[0]?.usd).toBeUndefined();
  });

  it('never lends below nothing, whatever is held, paid and given back', () => {
    const money = fc.record({ tokens: fc.nat(100), usd: fc.nat(10) });
    const step = fc.record({ money, used: fc.nat(100), settle: fc.boolean() });
    fc.assert(
      fc.property(money, fc.array(step), (allowance: Money, steps) => {
        const purse = openPurse(allowance);
        for (const { money: estimate, used, settle } of steps) {
          const hold = purse.hold(estimate);
          const inputTokens = Math.min(used, estimate.tokens);
          if (settle) hold?.settle(aBill({ inputTokens, outputTokens: 0, usd: estimate.usd }));
          else hold?.release();
        }
        const { tokens, usd } = spentOf(purse.bills());
        return tokens <= allowance.tokens && usd <= allowance.usd;
      }),
    );
  });
});
