/** What a dream spends and keeps on its way: set aside on the ledger before, recorded after, however it ends. */
import type { Config } from './core/config.ts';
import { allowanceOf, exhausted } from './core/dream/budget.ts';
import type { Dreamer } from './core/dream/dreamer.ts';
import type { Decision } from './core/dream/journal.ts';
import type { Ledger, LedgerView } from './core/dream/ledger.ts';
import { passingNotes, type Aside, type Notes } from './core/dream/notes.ts';
import { openPurse, spentOf, type Allowance, type Money, type Purse } from './core/dream/purse.ts';

export interface Means {
  readonly purse: Purse;
  readonly notes: Notes;
  /** What was spent and is not on the ledger yet, to be written with what the dream ends in. */
  close(): readonly Decision[];
}

export interface MeansOptions {
  readonly ledger: Ledger;
  readonly config: Pick<Config, 'budget'>;
  readonly dreamer: Pick<Dreamer, 'paid'>;
  /** ISO 8601 in UTC. */
  readonly now: string;
  readonly dryRun?: boolean;
  /** What other repositories of the same installation spent in 30 days. */
  readonly spentElsewhere?: () => Promise<Money>;
}

/** Without a limit in the config nothing is set aside; what is spent is recorded all the same. */
export async function openMeans(
  options: MeansOptions,
  dream: string,
  view: LedgerView,
): Promise<Means | { readonly refused: string }> {
  const { ledger, config, dreamer, now } = options;
  if (!dreamer.paid) return { purse: openPurse(), notes: passingNotes(), close: () => [] };
  const elsewhere = await options.spentElsewhere?.();
  const about = { dream, now, ...(elsewhere === undefined ? {} : { elsewhere }) };
  const allowed = (decisions: readonly Decision[]): Allowance => allowanceOf(config.budget, decisions, about);
  let allowance = allowed(await view.decisions());
  const refusal = exhausted(allowance);
  if (refusal !== undefined) return { refused: refusal };
  if (options.dryRun === true) {
    return { purse: openPurse(allowance), notes: readThrough(view), close: () => [] };
  }
  const limited = allowance.tokens !== undefined || allowance.usd !== undefined;
  if (limited) {
    // Asked again when another writer was faster: that may have been a dream that set the same money aside.
    await ledger.write(`Set money aside for dream ${dream}`, async (latest) => {
      allowance = allowed(await latest.decisions());
      return exhausted(allowance) === undefined
        ? { decisions: [reserved(dream, now, allowance)] }
        : undefined;
    });
    const late = exhausted(allowance);
    if (late !== undefined) return { refused: late };
  }
  return meansOf(options, dream, openPurse(allowance), limited);
}

function meansOf({ ledger, now }: MeansOptions, dream: string, purse: Purse, limited: boolean): Means {
  let recorded: Money = { tokens: 0, usd: 0 };
  const unrecorded = (): Money => {
    const { tokens, usd } = spentOf(purse.bills());
    return { tokens: tokens - recorded.tokens, usd: usd - recorded.usd };
  };
  const spend = (over: boolean): Decision[] => {
    const money = unrecorded();
    const nothing = money.tokens === 0 && money.usd === 0;
    recorded = spentOf(purse.bills());
    return nothing && !(over && limited)
      ? []
      : [{ type: 'spend', at: now, dream, ...money, ...(over ? { over: true as const } : {}) }];
  };
  return {
    purse,
    notes: {
      read: async (kind) => (await ledger.read()).notes(kind),
      async keep(message, notes, aside) {
        const decisions = [...spend(false), ...asideDecisions(aside, now)];
        await ledger.write(message, () => Promise.resolve({ notes, decisions }));
      },
    },
    close: () => spend(true),
  };
}

function asideDecisions(aside: Aside | undefined, now: string): Decision[] {
  if (aside === undefined) return [];
  const { name, money } = aside;
  return money === undefined
    ? [{ type: 'spend', at: now, dream: name, tokens: 0, usd: 0, over: true }]
    : [reserved(name, now, money)];
}

/** A missing limit sets nothing aside. */
const reserved = (dream: string, at: string, { tokens = 0, usd = 0 }: Allowance): Decision => ({
  type: 'reserved',
  at,
  dream,
  tokens,
  usd,
});

/** Reads what is kept, and keeps nothing beyond the process. */
function readThrough(view: LedgerView): Notes {
  const passing = passingNotes();
  return {
    read: async (kind) => new Map([...(await view.notes(kind)), ...(await passing.read(kind))]),
    keep: (message, notes) => passing.keep(message, notes),
  };
}
