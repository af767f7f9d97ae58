/** How two notes of a store relate: the same claim, or not. */
import { type Likeness, likeness } from '../text/claim/same-claim.ts';
import { isCompatible, isIdentical } from './context.ts';
import type { Store } from './entry.ts';
import { alikePairs, readStatements, type Statement } from './statements.ts';

/** How two notes are the same; undefined when they are not, or when there is any doubt. */
export function relationOf(a: Statement, b: Statement): Likeness | undefined {
  const shorter = a.claim.strong.size <= b.claim.strong.size ? a.claim : b.claim;
  if (!isCompatible(a.context, b.context, shorter)) return undefined;
  if ((a.compound || b.compound) && a.claim.words !== b.claim.words) return undefined;
  return likeness(a.claim, b.claim, isIdentical(a.context, b.context));
}

/** Two notes and how they are the same, seen from the first. */
export type Pair = readonly [a: Statement, b: Statement, relation: Likeness];

/** Lint and dreams ask for the same pairs; a store never changes. */
const pairedBefore = new WeakMap<Store, readonly Pair[]>();

/** All pairs of notes of a store that say the same, in store order, whoever reads them. */
export function twinsIn(store: Store): readonly Pair[] {
  const known = pairedBefore.get(store) ?? pairsIn(store);
  pairedBefore.set(store, known);
  return known;
}

function pairsIn(store: Store): Pair[] {
  return alikePairs(readStatements(store)).flatMap(([a, b]): Pair[] => {
    const relation = relationOf(a, b);
    return relation === undefined ? [] : [[a, b, relation]];
  });
}
