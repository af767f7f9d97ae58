/** What merged dreams have removed, from the ledger's memory of them. */
import type { Decision, Journal } from '../dream/journal.ts';
import type { Removal } from './loss.ts';

/** @returns one removal per merge that took entries away. A journal that is gone counts as nothing. */
export function removalsMerged(journals: readonly Journal[], decisions: readonly Decision[]): Removal[] {
  const byId = new Map(journals.map((journal) => [journal.id, journal]));
  return decisions.flatMap((decision): Removal[] => {
    if (decision.type !== 'merged') return [];
    const merged = byId
      .get(decision.dream)
      ?.proposals.filter(({ number }) => decision.proposals.includes(number));
    const retired = (merged ?? []).flatMap(({ operations }) =>
      operations.filter(({ op }) => op === 'retire'),
    );
    return retired.length === 0 ? [] : [{ at: decision.at, entries: retired.length }];
  });
}
