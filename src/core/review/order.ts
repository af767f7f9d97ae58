/** The order a reviewer reads in: what takes away or corrects first, what only adds last. */
import type { ProposalKind } from '../dream/proposal.ts';

/** Questions stand between `reorganise` and `enforce`: see `readAfterQuestions`. */
const rank: Readonly<Record<ProposalKind, number>> = {
  retire: 0,
  correct: 1,
  merge: 2,
  promote: 3,
  reorganise: 4,
  enforce: 5,
  learn: 6,
};

/** @returns a sorted copy; proposals of one kind keep their order, which is best first. */
export function reviewOrder<T extends { readonly kind: ProposalKind }>(proposals: readonly T[]): T[] {
  return proposals.toSorted((a, b) => rank[a.kind] - rank[b.kind]);
}

/** Conflicts and questions come before proposals of this kind. */
export const readAfterQuestions = (kind: ProposalKind): boolean => rank[kind] >= rank.enforce;
