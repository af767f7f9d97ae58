/** What a dream spends and keeps on its way: set aside on the ledger before, recorded after, however it ends. */
import type { Config } from './core/config.ts';
import { allowanceOf, exhausted, spentInMonth } from './core/dream/budget.ts';
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
  readonly sharing?: Sharing;
}

/**
 * Lets one repository at a time set money aside that several share.
 * @param setAside is told what the others spent or set aside in 30 days, and says how much this one has then.
 */
export type Sharing = (setAside: (elsewhere: Money) => Promise<Money>) => Promise<void>;

/** Without a limit in the config nothing is set aside; what is spent is recorded all the same. */
export async function openMeans(
  options: MeansOptions,
  dream: string,
  view: LedgerView,
): Promise<Means | { readonly refused: string }> {
  const { config, dreamer, dryRun = false } = options;
  if (!dreamer.paid) return { purse: openPurse(), notes: passingNotes(), close: () => [] };
  const { month, tokens, usd } = config.budget;
  const limited = [tokens, usd, month.tokens, month.usd].some((limit) => limit !== undefined);
  const allowance = limited ? await allowed(options, dream, view) : {};
  const refusal = exhausted(allowance);
  if (refusal !== undefined) return { refused: refusal };
  const purse = openPurse(allowance);
  return dryRun
    ? { purse, notes: readThrough(view), close: () => [] }
    : meansOf(options, dream, purse, limited);
}

/** What the dream may spend: set aside on the ledger, unless nothing is to be written. */
async function allowed(options: MeansOptions, dream: string, view: LedgerView): Promise<Allowance> {
  const { ledger, config, now, sharing } = options;
  let allowance: Allowance = {};
  const setAside = async (elsewhere?: Money): Promise<Money> => {
    const about = { dream, now, ...(elsewhere === undefined ? {} : { elsewhere }) };
    const measure = (decisions: readonly Decision[]): boolean => {
      allowance = allowanceOf(config.budget, decisions, about);
      return exhausted(allowance) === undefined;
    };
    if (options.dryRun === true) {
      measure(await view.decisions());
      return spentInMonth(await view.decisions(), now);
    }
    // Asked again when another writer was faster: that may have been a dream that set the same money aside.
    const after = await ledger.write(`Set money aside for dream ${dream}`, async (latest) =>
      measure(await latest.decisions()) ? { decisions: [reserved(dream, now, allowance)] } : undefined,
    );
    return spentInMonth(await after.decisions(), now);
  };
  const { month } = config.budget;
  const shared = month.tokens !== undefined || month.usd !== undefined;
  if (sharing === undefined || !shared) await setAside();
  else await sharing(setAside);
  return allowance;
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
        const before = recorded;
        const decisions = [...spend(false), ...asideDecisions(aside, now)];
        try {
          await ledger.write(message, () => Promise.resolve({ notes, decisions }));
        } catch (error) {
          // It is spent all the same, and goes with what is written next.
          recorded = before;
          throw error;
        }
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
