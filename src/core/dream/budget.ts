/** What a dream may spend: the config's limits for one dream and for a month, less what was spent and is set aside. */
import type { Config } from '../config.ts';
import type { Decision } from './journal.ts';
import { addMoney, mapAllowance, noMoney, type Allowance, type Money } from './purse.ts';

/** Days that `budget.month` counts back. */
const monthDays = 30;
const day = 24 * 3_600_000;

/**
 * Spent in the last 30 days or set aside by a dream that has not ended, without what is set aside for `dream` itself.
 * A dream that died keeps what it set aside until it is dreamed again, or for 30 days: what it spent is not known.
 * @param now ISO 8601 in UTC.
 */
export function spentInMonth(decisions: readonly Decision[], now: string, dream?: string): Money {
  const since = new Date(Date.parse(now) - monthDays * day).toISOString();
  let spent = noMoney;
  const aside = new Map<string, Money>();
  for (const decision of decisions) {
    if (decision.type !== 'spend' && decision.type !== 'reserved') continue;
    if (decision.at < since) continue;
    const { tokens, usd } = decision;
    if (decision.type === 'reserved') {
      aside.set(decision.dream, { tokens, usd });
      continue;
    }
    spent = addMoney(spent, { tokens, usd });
    const rest = aside.get(decision.dream);
    if (decision.over === true) aside.delete(decision.dream);
    else if (rest !== undefined) aside.set(decision.dream, less(rest, decision));
  }
  for (const [name, money] of aside) if (name !== dream) spent = addMoney(spent, money);
  return spent;
}

const less = (a: Money, b: Money): Money => ({
  tokens: Math.max(0, a.tokens - b.tokens),
  usd: Math.max(0, a.usd - b.usd),
});

/**
 * What one dream may still spend: the smaller of what a dream may and what is left of the month.
 * @param elsewhere what other repositories of the same installation spent in the month.
 */
export function allowanceOf(
  budget: Config['budget'],
  decisions: readonly Decision[],
  { dream, now, elsewhere = noMoney }: { dream?: string; now: string; elsewhere?: Money },
): Allowance {
  const gone = addMoney(spentInMonth(decisions, now, dream), elsewhere);
  const month = mapAllowance(budget.month, (most, unit) => most - gone[unit]);
  const tokens = least(budget.tokens, month.tokens);
  const usd = least(budget.usd, month.usd);
  return { ...(tokens === undefined ? {} : { tokens }), ...(usd === undefined ? {} : { usd }) };
}

const least = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

/** Which limit leaves nothing to spend, as a sentence; undefined when there is something left. */
export function exhausted({ tokens, usd }: Allowance): string | undefined {
  if (tokens === 0) return 'the token budget is spent';
  return usd === 0 ? 'the budget in dollars is spent' : undefined;
}
