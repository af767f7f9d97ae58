/** Which signals were answered already: a proposal needs one that was not (DESIGN section 2). */
import type { Decision, Journal } from './journal.ts';

/** Ids of the signals behind proposals that were merged or rejected. Withheld and deferred ones stay open. */
export function closedSignals(
  journals: readonly Journal[],
  decisions: readonly Decision[],
): ReadonlySet<string> {
  const byDream = new Map(journals.map((journal) => [journal.id, journal]));
  const closed = new Set<string>();
  for (const decision of decisions) {
    if (decision.type === 'rejected') decision.signals.forEach((id) => closed.add(id));
    if (decision.type !== 'merged') continue;
    for (const proposal of byDream.get(decision.dream)?.proposals ?? []) {
      if (decision.proposals.includes(proposal.number)) proposal.signals.forEach((id) => closed.add(id));
    }
  }
  return closed;
}
