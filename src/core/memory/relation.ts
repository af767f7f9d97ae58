/** How two notes of a store relate: the same claim, or not. */
import { chosenAlternatives, valueConflicts } from '../text/specifics.ts';
import { isCompatible, isIdentical } from './context.ts';
import { type Likeness, likeness } from '../text/claim/same-claim.ts';
import type { Statement } from './statements.ts';

/** How two notes are the same; undefined when they are not, or when there is any doubt. */
export function relationOf(a: Statement, b: Statement): Likeness | undefined {
  const shorter = a.claim.strong.size <= b.claim.strong.size ? a.claim.strong : b.claim.strong;
  if (!isCompatible(a.context, b.context, shorter)) return undefined;
  if ((a.compound || b.compound) && a.claim.words !== b.claim.words) return undefined;
  const relation = likeness(a.claim, b.claim, isIdentical(a.context, b.context));
  return relation === undefined || differInValue(a.entry.text, b.entry.text) ? undefined : relation;
}

/** Other words may be a paraphrase, and `likeness` has judged them; another value or choice is another claim. */
function differInValue(a: string, b: string): boolean {
  const conflicts = valueConflicts(a, b);
  if (conflicts.some((conflict) => conflict.a.kind !== 'name' || conflict.b.kind !== 'name')) return true;
  return conflicts.length > 0 && chosenAlternatives(a, b).length > 0;
}
