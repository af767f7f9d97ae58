/** How two notes of a store relate: the same claim, or not. */
import { type Likeness, likeness } from '../text/claim/same-claim.ts';
import { isCompatible, isIdentical } from './context.ts';
import type { Statement } from './statements.ts';

/** How two notes are the same; undefined when they are not, or when there is any doubt. */
export function relationOf(a: Statement, b: Statement): Likeness | undefined {
  const shorter = a.claim.strong.size <= b.claim.strong.size ? a.claim : b.claim;
  if (!isCompatible(a.context, b.context, shorter)) return undefined;
  if ((a.compound || b.compound) && a.claim.words !== b.claim.words) return undefined;
  return likeness(a.claim, b.claim, isIdentical(a.context, b.context));
}
