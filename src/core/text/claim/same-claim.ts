/** Whether two notes claim the same, and which of them says more. */
import type { Claim, Clause } from './claim.ts';
import { isSubset, overlap, without } from './word-sets.ts';

/** `same`: neither adds a clause. `first`/`second`: that one says all of the other and more. `both`: each adds something. */
export type Likeness = 'same' | 'first' | 'second' | 'both';

/** A claim of fewer words is too bare to be told from another by its words. */
const leastWords = 3;
/** General words ("use", "file") in which two wordings of one claim may differ. */
const mostGeneral = 3;

/**
 * Two notes claim the same when, after leaving out whole clauses that only one of them has, the same words that carry a
 * claim remain, turned by the same negations and limits, in the same direction. A single other word ("Go", "Python";
 * "before", "after"; 2, 4) makes another claim.
 * @param identicalContext both stand under the same headings and lead-in, so that even a bare repeat is a repeat.
 */
export function likeness(a: Claim, b: Claim, identicalContext: boolean): Likeness | undefined {
  if (a.words === b.words) return identicalContext || a.strong.size >= leastWords ? 'same' : undefined;
  const core = commonCore(a.clauses, b.clauses);
  if (core === undefined) return undefined;
  const shared = wordsOf(core.a);
  const least = Math.max(leastWords, Math.min(a.strong.size, b.strong.size) / 2);
  if (shared.size < least && !(identicalContext && shared.size >= 2 && core.rest.length === 0))
    return undefined;
  if (core.rest.some((clause) => clause.narrows)) return undefined;
  if (!agree(core.a, core.b)) return undefined;
  const more = { a: core.a.length < a.clauses.length, b: core.b.length < b.clauses.length };
  if (more.a && more.b) return 'both';
  return more.a ? 'first' : more.b ? 'second' : 'same';
}

/** The greatest sets of clauses of both whose strong words are the same; undefined when there are none. */
function commonCore(
  first: readonly Clause[],
  second: readonly Clause[],
): { a: readonly Clause[]; b: readonly Clause[]; rest: readonly Clause[] } | undefined {
  let [a, b] = [first, second];
  for (;;) {
    const [inA, inB] = [allWordsOf(a), allWordsOf(b)];
    const nextA = a.filter((clause) => isSubset(clause.strong, inB));
    const nextB = b.filter((clause) => isSubset(clause.strong, inA));
    if (nextA.length === 0 || nextB.length === 0) return undefined;
    if (nextA.length === a.length && nextB.length === b.length) break;
    [a, b] = [nextA, nextB];
  }
  const kept = new Set([...a, ...b]);
  return { a, b, rest: [...first, ...second].filter((clause) => !kept.has(clause)) };
}

function agree(a: readonly Clause[], b: readonly Clause[]): boolean {
  const limitsOf = (clauses: readonly Clause[]): string =>
    clauses
      .flatMap((clause) => clause.limits)
      .sort()
      .join(' ');
  if (limitsOf(a) !== limitsOf(b)) return false;
  const general = { a: new Set(a.flatMap((c) => [...c.weak])), b: new Set(b.flatMap((c) => [...c.weak])) };
  const [onlyA, onlyB] = [without(general.a, general.b).length, without(general.b, general.a).length];
  // One may lack a general word; "add" in place of "keep" is another claim.
  if (onlyA + onlyB > mostGeneral || (onlyA > 0 && onlyB > 0)) return false;
  return sameDirections(directionsOf(a), directionsOf(b)) && !turnedAround(a, b);
}

type Directions = ReadonlyMap<string, ReadonlySet<string>>;

function sameDirections(a: Directions, b: Directions): boolean {
  for (const [word, followers] of a) {
    const others = b.get(word);
    if (others !== undefined && !overlap(followers, others)) return false;
  }
  return !opposed(a, b) && !opposed(b, a);
}

/** "before pushing" against "after pushing". */
function opposed(a: Directions, b: Directions): boolean {
  const [before, after] = [a.get('before'), b.get('after')];
  return before !== undefined && after !== undefined && overlap(before, after);
}

/** "orders call billing" against "billing calls orders". */
function turnedAround(a: readonly Clause[], b: readonly Clause[]): boolean {
  const [first, second] = [a.flatMap((clause) => clause.order), b.flatMap((clause) => clause.order)];
  if (a.length > 1 || b.length > 1 || directionsOf(a).size + directionsOf(b).size > 0) return false;
  return first[0] !== second[0] && first[0] === second.at(-1) && second[0] === first.at(-1);
}

function directionsOf(clauses: readonly Clause[]): Directions {
  const all = new Map<string, Set<string>>();
  for (const clause of clauses) {
    for (const [word, followers] of clause.directions) {
      all.set(word, new Set([...(all.get(word) ?? []), ...followers]));
    }
  }
  return all;
}

function wordsOf(clauses: readonly Clause[]): Set<string> {
  return new Set(clauses.flatMap((clause) => [...clause.strong]));
}

/** A word that is code in one may be plain, and general, in the other: `make lint`. */
function allWordsOf(clauses: readonly Clause[]): Set<string> {
  return new Set(clauses.flatMap((clause) => [...clause.strong, ...clause.weak]));
}
