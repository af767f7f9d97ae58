/** Proposals that memory changed under: what they wanted to change is no longer there, and nobody said no to them. */
import type { Store } from '../memory/entry.ts';
import type { Decision, JournalProposal } from './journal.ts';

/** An entry as the journal remembers it. */
export type Remembered = JournalProposal['before'][number];

/** @returns the first entry of a proposal that the memory does not hold any more as it was; undefined when all are there. */
export function changedUnder(
  proposal: Pick<JournalProposal, 'before'>,
  store: Pick<Store, 'entries'>,
): Remembered | undefined {
  return proposal.before.find(({ id, file, text }) => {
    const now = store.entries.get(id);
    return now?.file !== file || now.text !== text;
  });
}

/**
 * Numbers of the proposals that are out though nobody said no to them, as it stands: who is dropped by a person
 * later is rejected, who is taken back is in again.
 */
export function vanishedFrom(dream: string, decisions: readonly Decision[]): ReadonlySet<number> {
  const vanished = new Set<number>();
  for (const decision of decisions) {
    if (decision.type !== 'dropped' && decision.type !== 'restored') continue;
    if (decision.dream !== dream) continue;
    const gone = decision.type === 'dropped' && decision.because !== undefined;
    for (const number of decision.proposals)
      if (gone) vanished.add(number);
      else vanished.delete(number);
  }
  return vanished;
}

/** The same proposals with the lines at which their entries stand now; those of entries that are gone stay as they were. */
export function withLines(proposal: JournalProposal, store: Pick<Store, 'entries'>): JournalProposal {
  const before = proposal.before.map((entry): Remembered => {
    const now = store.entries.get(entry.id);
    return now === undefined ? entry : { ...entry, lines: [now.lines[0], now.lines[1]] };
  });
  return { ...proposal, before };
}
