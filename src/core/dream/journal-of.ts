/** The journal of a dream that has just ended: all that a review is rendered from, and all that the next dream must know. */
import type { Cleared, Withheld } from '../guard/finding.ts';
import type { Store } from '../memory/entry.ts';
import { parseStore } from '../memory/parse.ts';
import { renderProposals } from '../memory/render.ts';
import { sizeOf } from '../memory/size.ts';
import type { DreamDraft } from './dreamer.ts';
import type { DreamIdentity } from './identity.ts';
import type { Journal, Outcome } from './journal.ts';
import type { Extract } from './ledger.ts';
import type { Lead } from './proposal.ts';
import { spentOf, type Bill } from './purse.ts';
import { applied, type NumberedCommit } from './render-commits.ts';
import { recordProposal } from './report.ts';

export interface Dreamed {
  readonly identity: DreamIdentity;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly dreamer: string;
  readonly base: string;
  /** The branch that the dream started from. */
  readonly onto: string | undefined;
  readonly branch: string;
  /** One for each commit; none in a dry run. */
  readonly heads: readonly string[];
  /** The open dream whose pull request it goes on with. */
  readonly goesOn: Journal | undefined;
  readonly cleanUp: boolean;
  readonly files: Parameters<typeof applied>[0];
  readonly store: Store;
  readonly extracts: readonly Extract[];
  readonly commits: readonly NumberedCommit[];
  readonly cleared: readonly Cleared[];
  readonly withheld: readonly Withheld[];
  readonly deferred: readonly Lead[];
  readonly draft: DreamDraft;
  readonly bills: readonly Bill[];
}

export function journalOf(dreamed: Dreamed): Journal {
  const { identity, base, onto, branch, heads, goesOn, store, cleared, withheld, draft } = dreamed;
  const commitOf = new Map(dreamed.commits.map((commit, at) => [commit.number, heads[at]]));
  const outcome: Outcome = cleared.length > 0 ? 'proposed' : withheld.length > 0 ? 'withheld' : 'nothing';
  const { remarks = [], agents = [] } = draft;
  return {
    version: 1,
    id: identity.id,
    at: dreamed.at,
    dreamer: dreamed.dreamer,
    base,
    digest: identity.digest,
    ...(onto === undefined ? {} : { onto }),
    ...(outcome === 'proposed' ? { branch, head: heads.at(-1) ?? base, ...goingOn(goesOn) } : {}),
    ...(dreamed.cleanUp ? { cleanUp: true as const } : {}),
    outcome,
    reason: reasons[outcome],
    inputs: dreamed.extracts.map(({ session, object }) => ({
      session: session.id,
      events: session.eventCount,
      object,
    })),
    proposals: cleared.map((proposal) =>
      recordProposal(store, proposal, dreamed.commits, commitOf.get(proposal.number)),
    ),
    withheld: withheld.map((proposal) => recordProposal(store, proposal, [], undefined)),
    questions: [...draft.questions],
    leads: [...draft.leads, ...dreamed.deferred],
    before: sizeOf(store),
    after: sizeOf(parseStore(applied(dreamed.files, renderProposals(store, cleared)))),
    ...usageOf(dreamed.bills),
    ...(remarks.length === 0 ? {} : { remarks: [...remarks] }),
    ...(agents.length === 0 ? {} : { agents: [...agents] }),
  };
}

const reasons: Readonly<Record<Outcome, string>> = {
  proposed: 'proposed',
  withheld: 'guard',
  nothing: 'nothing-to-change',
  deferred: 'deferred',
};

/** What a dream takes over from the one whose pull request it goes on with. */
function goingOn(open: Journal | undefined): Pick<Journal, 'heads' | 'pullRequest'> {
  if (open?.branch === undefined) return {};
  const { head, heads = [], pullRequest } = open;
  return {
    heads: [...heads, ...(head === undefined ? [] : [head])],
    ...(pullRequest === undefined ? {} : { pullRequest }),
  };
}

function usageOf(bills: readonly Bill[]): Pick<Journal, 'usage'> {
  if (bills.length === 0) return {};
  const sum = (of: (bill: Bill) => number): number => bills.reduce((total, bill) => total + of(bill), 0);
  return {
    usage: {
      inputTokens: sum((bill) => bill.inputTokens + bill.cacheReadTokens + bill.cacheWriteTokens),
      outputTokens: sum((bill) => bill.outputTokens),
      usd: spentOf(bills).usd,
      bills: bills.map((bill) => ({ ...bill })),
    },
  };
}
