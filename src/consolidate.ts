/** The dreamer at work: with money that was set aside for it, a guard that it may ask, and what it spent written down. */
import type { Dreamer, DreamDraft, DreamInput, Orientation } from './core/dream/dreamer.ts';
import type { Decision } from './core/dream/journal.ts';
import type { Extract, LedgerView } from './core/dream/ledger.ts';
import type { Draft, Proposal } from './core/dream/proposal.ts';
import type { Guarded } from './core/guard/check.ts';
import type { Finding } from './core/guard/finding.ts';
import { openMeans, type Means, type MeansOptions } from './means.ts';

export interface ConsolidateOptions extends Omit<MeansOptions, 'dreamer'> {
  readonly dreamer: Dreamer;
  readonly ifDue?: boolean;
  readonly onProgress?: (step: string) => void;
}

export type Guard = (proposals: readonly Proposal[]) => Promise<Guarded>;

/** What was read before. */
export interface Gathered {
  /** Id of the dream. */
  readonly dream: string;
  readonly view: LedgerView;
  readonly known: Orientation;
  readonly extracts: readonly Extract[];
  readonly closed: ReadonlySet<string>;
  readonly guard: Guard;
}

export type Consolidated =
  | { readonly draft: DreamDraft; readonly means: Means }
  | { readonly deferred: 'budget' | 'waiting'; readonly message: string };

/** @throws what the dreamer throws, when what it spent by then is on the ledger. */
export async function consolidate(options: ConsolidateOptions, gathered: Gathered): Promise<Consolidated> {
  const { dream, view } = gathered;
  const means = await openMeans(options, dream, view);
  if ('refused' in means)
    return { deferred: 'budget', message: `${means.refused}; it says so under budget in the config` };
  try {
    const draft = await options.dreamer.dream(inputOf(options, gathered, means));
    if (draft.waiting === undefined) return { draft, means };
    await recordSpending(options, dream, means.close());
    return { deferred: 'waiting', message: draft.waiting };
  } catch (error) {
    await recordSpending(options, dream, means.close());
    throw error;
  }
}

function inputOf(
  { ifDue, dryRun, onProgress }: ConsolidateOptions,
  { known, extracts, closed, guard }: Gathered,
  { purse, notes }: Means,
): DreamInput {
  return {
    ...known,
    purse,
    notes,
    objects: new Map(extracts.map(({ session, object }) => [session.id, object])),
    closed,
    // What writes nothing could not find again what it waits for.
    urgent: ifDue !== true || dryRun === true,
    check: (drafts) => findingsOf(guard, drafts),
    progress: onProgress ?? (() => undefined),
  };
}

async function recordSpending(
  { ledger, dryRun }: ConsolidateOptions,
  dream: string,
  decisions: readonly Decision[],
): Promise<void> {
  if (dryRun === true || decisions.length === 0) return;
  await ledger.write(`Record what dream ${dream} spent`, () => Promise.resolve({ decisions }));
}

/** What the guard says of drafts, in their order. */
async function findingsOf(guard: Guard, drafts: readonly Draft[]): Promise<(readonly Finding[])[]> {
  const { cleared, withheld } = await guard(drafts.map((draft, at) => ({ ...draft, number: at + 1 })));
  const found = new Map([...cleared, ...withheld].map(({ number, findings }) => [number, findings]));
  return drafts.map((_, at) => found.get(at + 1) ?? []);
}
