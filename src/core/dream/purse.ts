/** Money in one dream: what may be spent, what is held for requests under way, and what each phase has cost. */

/** A token is a token, whether it was read, written, or found in the cache. */
export interface Money {
  readonly tokens: number;
  /** US dollars. */
  readonly usd: number;
}

/** A limit that is missing does not exist. */
export interface Allowance {
  readonly tokens?: number | undefined;
  readonly usd?: number | undefined;
}

/** What one request, or several of a kind, cost. */
export interface Bill {
  /** `extract`, `consolidate`, `grade`, `revise`, `explain`, `dream`. */
  readonly phase: string;
  readonly model: string;
  /** Paid at the price of batches. */
  readonly batch: boolean;
  readonly calls: number;
  /** Neither written to the cache nor read from it. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** Missing where nobody knows the price of the model. */
  readonly usd?: number;
}

export interface Hold {
  /** The request has been answered, for this. */
  settle(bill: Bill): void;
  /** It came to nothing and cost nothing. Does nothing once settled. */
  release(): void;
}

export interface Purse {
  readonly allowance: Allowance;
  /** Sets money aside for a request; undefined when there is not enough, so it must not be made. */
  hold(estimate: Money): Hold | undefined;
  /** Pays with money that an earlier dream set aside, as for a batch: it is no longer part of the allowance. */
  charge(bill: Bill): void;
  /** What is left beside what is held. */
  left(): Allowance;
  /** One for each phase, model and price, in the order of their first request. */
  bills(): readonly Bill[];
}

export function openPurse(allowance: Allowance = {}): Purse {
  const bills = new Map<string, Bill>();
  const held = new Set<Money>();
  let paid = noMoney;
  const left = (): Allowance => {
    const gone = [...held].reduce(addMoney, paid);
    return mapAllowance(allowance, (most, unit) => most - gone[unit]);
  };
  const charge = (bill: Bill): void => {
    const key = [bill.phase, bill.model, bill.batch].join('\0');
    const before = bills.get(key);
    bills.set(key, before === undefined ? bill : addBills(before, bill));
  };
  return {
    allowance,
    left,
    charge,
    bills: () => [...bills.values()],
    hold(estimate) {
      const { tokens = Infinity, usd = Infinity } = left();
      if (estimate.tokens > tokens || estimate.usd > usd) return undefined;
      const kept = { ...estimate };
      held.add(kept);
      return {
        settle(bill) {
          if (!held.delete(kept)) return;
          paid = addMoney(paid, moneyOf(bill));
          charge(bill);
        },
        release: () => void held.delete(kept),
      };
    },
  };
}

export function moneyOf(bill: Bill): Money {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, usd = 0 } = bill;
  return { tokens: inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens, usd };
}

export function addMoney(a: Money, b: Money): Money {
  return { tokens: a.tokens + b.tokens, usd: a.usd + b.usd };
}

export const noMoney: Money = { tokens: 0, usd: 0 };

/** The bills together. */
export function spentOf(bills: readonly Bill[]): Money {
  return bills.map(moneyOf).reduce(addMoney, noMoney);
}

function addBills(a: Bill, b: Bill): Bill {
  const { usd: one, ...rest } = a;
  return {
    ...rest,
    calls: a.calls + b.calls,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    ...(one === undefined && b.usd === undefined ? {} : { usd: (one ?? 0) + (b.usd ?? 0) }),
  };
}

/** Limits that exist, changed; never below nothing. */
export function mapAllowance(
  allowance: Allowance,
  change: (most: number, unit: keyof Money) => number,
): Allowance {
  const { tokens, usd } = allowance;
  return {
    ...(tokens === undefined ? {} : { tokens: Math.max(0, change(tokens, 'tokens')) }),
    ...(usd === undefined ? {} : { usd: Math.max(0, change(usd, 'usd')) }),
  };
}
