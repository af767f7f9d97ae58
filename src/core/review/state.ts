/** What reviewers have done to a dream so far, read from the decisions. */
import { standing } from '../dream/decisions.ts';
import type { Decision, Journal } from '../dream/journal.ts';
import type { PastDream } from './input.ts';

/** Numbers of the proposals that are out at the moment; later decisions win. */
export function droppedFrom(dream: string, decisions: readonly Decision[]): ReadonlySet<number> {
  const dropped = new Set<number>();
  for (const decision of decisions) {
    if (decision.type === 'dropped' && decision.dream === dream)
      decision.proposals.forEach((number) => dropped.add(number));
    if (decision.type === 'restored' && decision.dream === dream)
      decision.proposals.forEach((number) => dropped.delete(number));
  }
  return dropped;
}

/** How a dream ended, or `open`. */
export type DreamState = 'open' | 'merged' | 'rejected' | 'withdrawn' | 'proposed nothing';

export function stateOf(journal: Journal, decisions: readonly Decision[]): DreamState {
  if (journal.outcome !== 'proposed') return 'proposed nothing';
  // A dream that was merged or withdrawn may have rejections too, of the proposals that people left out.
  const own = standing(decisions).filter((decision) => 'dream' in decision && decision.dream === journal.id);
  return (
    (['merged', 'withdrawn', 'rejected'] as const).find((type) =>
      own.some((decision) => decision.type === type),
    ) ?? 'open'
  );
}

/** Merged dreams before this one, oldest first. */
export function mergedBefore(
  journal: Journal,
  journals: readonly Journal[],
  decisions: readonly Decision[],
): PastDream[] {
  return journals
    .filter((past) => past.at < journal.at && stateOf(past, decisions) === 'merged')
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ at, after }) => ({ at, entries: after.entries, tokens: after.tokens }));
}
