/** Which drafts become the proposals of a dream. */
import type { Cleared, Withheld } from '../guard/finding.ts';
import { reviewOrder } from '../review/order.ts';
import { count } from '../review/wording.ts';
import type { Draft, Lead, Proposal } from './proposal.ts';

export interface Chosen {
  readonly cleared: readonly Cleared[];
  readonly withheld: readonly Withheld[];
  readonly deferred: readonly Lead[];
}

/** Guards all drafts, keeps the best that pass, numbers them as a reviewer reads and guards what is left again. */
export async function choose(
  drafts: readonly Draft[],
  limit: number,
  guard: (
    proposals: readonly Proposal[],
  ) => Promise<{ cleared: readonly Cleared[]; withheld: readonly Withheld[] }>,
): Promise<Chosen> {
  const first = await guard(drafts.map((draft, at) => ({ ...draft, number: at + 1 })));
  const passed = first.cleared
    .map((proposal) => drafts[proposal.number - 1])
    .filter((draft) => draft !== undefined);
  const ordered = reviewOrder(passed.slice(0, limit)).map((draft, at) => ({ ...draft, number: at + 1 }));
  const second = await guard(ordered);
  const withheld = [
    ...second.withheld,
    ...first.withheld.map((proposal, at) => ({ ...proposal, number: ordered.length + at + 1 })),
  ];
  const deferred = passed.slice(limit).map((draft): Lead => ({
    kind: draft.kind,
    text: draft.title,
    reason: `beyond the ${count(limit, 'proposal')} of one dream; it comes again`,
    evidence: draft.evidence.slice(0, 2),
  }));
  return { cleared: second.cleared, withheld, deferred };
}
