/** Which signals were answered already: a proposal needs one that was not (DESIGN section 2). */
import type { Decision, Journal } from './journal.ts';

/** So often is shown what nobody looks at. */
const mostTries = 2;

/**
 * Ids of the signals behind proposals that were merged or rejected, or that nobody looked at twice. Withheld and deferred
 * ones stay open.
 * @param decisions as they stand (decisions.ts).
 */
export function closedSignals(
  journals: readonly Journal[],
  decisions: readonly Decision[],
): ReadonlySet<string> {
  const byDream = new Map(journals.map((journal) => [journal.id, journal]));
  const closed = new Set<string>();
  const tries = new Map<string, number>();
  for (const decision of decisions) {
    if (decision.type === 'withdrawn' && decision.untouched === true) {
      for (const id of byDream.get(decision.dream)?.proposals.flatMap(({ signals }) => signals) ?? []) {
        tries.set(id, (tries.get(id) ?? 0) + 1);
        if (tries.get(id) === mostTries) closed.add(id);
      }
    }
    if (decision.type === 'rejected') decision.signals.forEach((id) => closed.add(id));
    if (decision.type !== 'merged') continue;
    for (const proposal of byDream.get(decision.dream)?.proposals ?? []) {
      if (decision.proposals.includes(proposal.number)) proposal.signals.forEach((id) => closed.add(id));
    }
  }
  return closed;
}
