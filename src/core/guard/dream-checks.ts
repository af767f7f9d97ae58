/** What only shows when the proposals of a dream are seen together. */
import type { Proposal } from '../dream/proposal.ts';
import { entriesOf } from '../memory/operation.ts';
import { says } from '../text/claim/bearing.ts';
import { similarity } from '../text/similarity.ts';
import { lostSpecifics } from '../text/specifics.ts';
import { budgetTogether } from './budget.ts';
import { findingsOf, type DreamContext } from './context.ts';
import type { Finding } from './finding.ts';
import { loss, type Removal } from './loss.ts';
import { writtenBy } from './written.ts';

export interface DreamCheck {
  readonly name: Finding['check'];
  /** Findings by proposal number. */
  readonly check: (
    ctx: DreamContext,
    proposals: readonly Proposal[],
    removed: readonly Removal[],
  ) => ReadonlyMap<number, readonly Finding[]>;
}

export const dreamChecks: readonly DreamCheck[] = [
  { name: 'conflict', check: (_ctx, proposals) => sharedEntries(proposals) },
  { name: 'known', check: sameTwice },
  { name: 'loss', check: loss },
  { name: 'budget', check: budgetTogether },
];

/** Any subset of a dream must render, so no entry is in two proposals; the earlier one keeps it. */
function sharedEntries(proposals: readonly Proposal[]): Map<number, Finding[]> {
  const { block } = findingsOf('conflict');
  const owner = new Map<string, number>();
  const found = new Map<number, Finding[]>();
  for (const { number, operations } of proposals) {
    const entries = operations.flatMap(entriesOf);
    const other = entries.map((entry) => owner.get(entry)).find((each) => each !== undefined);
    if (other !== undefined) found.set(number, [block(`Proposal ${other} changes the same entry.`)]);
    else for (const entry of entries) owner.set(entry, number);
  }
  return found;
}

/** Word similarity from which two additions of one dream say the same. */
const sameAddition = 0.85;

function sameTwice(ctx: DreamContext, proposals: readonly Proposal[]): Map<number, Finding[]> {
  const { block } = findingsOf('known');
  const found = new Map<number, Finding[]>();
  const added = proposals
    .filter(({ kind }) => kind === 'learn')
    .map((proposal) => ({
      proposal,
      text: writtenBy(proposal, ctx.store)
        .map(({ text }) => text)
        .join('\n'),
    }));
  for (const [index, { proposal, text }] of added.entries()) {
    const twin = added
      .slice(0, index)
      .find(
        (other) =>
          says(other.text, text) ||
          (similarity(other.text, text) >= sameAddition && lostSpecifics([text], other.text).length === 0),
      );
    if (twin !== undefined)
      found.set(proposal.number, [block(`Proposal ${twin.proposal.number} says the same.`)]);
  }
  return found;
}
