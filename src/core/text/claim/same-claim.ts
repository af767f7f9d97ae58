/** Whether two notes claim the same, and which of them says more. */
import { lostSpecifics, type Specific } from '../specifics.ts';
import { type Claim, type Clause, type Followers, readClaim } from './claim.ts';
import { isSubset, overlap, type Words, without as lacking } from './word-sets.ts';

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
  // Marks without words claim nothing.
  if (a.words === '' || b.words === '') return undefined;
  if (a.words === b.words) return identicalContext || isEnough(a.strong, a.clauses) ? 'same' : undefined;
  const core = commonCore(a.clauses, b.clauses);
  if (core === undefined) return undefined;
  const shared = wordsOf(core.a);
  const rest = { a: without(a.clauses, core.a), b: without(b.clauses, core.b) };
  const whole = rest.a.length + rest.b.length === 0;
  const least = Math.max(leastWords, Math.min(a.strong.size, b.strong.size) / 2);
  const enough = shared.size >= least || (whole && isEnough(shared, core.a, identicalContext));
  if (!enough) return undefined;
  // What is said first is what it is about: "Backend: run the tests". Only an afterthought may be missing.
  const opening = [a.clauses[0], b.clauses[0]];
  if ([...rest.a, ...rest.b].some((clause) => clause.narrows || opening.includes(clause))) return undefined;
  if (!agree(core.a, core.b)) return undefined;
  if (rest.a.length > 0 && rest.b.length > 0) return compete(rest.a, rest.b) ? undefined : 'both';
  return rest.a.length > 0 ? 'first' : rest.b.length > 0 ? 'second' : 'same';
}

/** Two words are enough where one of them is a value, or turned down. */
function isEnough(strong: Words, clauses: readonly Clause[], identicalContext = false): boolean {
  if (strong.size >= leastWords) return true;
  return (
    strong.size >= 2 && (identicalContext || clauses.some(({ named, limits }) => named || limits.length > 0))
  );
}

/**
 * What rewording loses, judged by the claim: specifics of the texts that are not in `after`, without negations that it
 * puts in another way ("not before", "only after").
 */
export function lostByClaim(before: readonly string[], after: string): Specific[] {
  const claim = readClaim(after);
  return before.flatMap((text) => {
    const lost = lostSpecifics([text], after);
    if (!lost.some(({ kind }) => kind === 'negation')) return lost;
    const relation = likeness(claim, readClaim(text), true);
    const kept = relation === 'same' || relation === 'first';
    return kept ? lost.filter(({ kind }) => kind !== 'negation') : lost;
  });
}

function without(clauses: readonly Clause[], core: readonly Clause[]): Clause[] {
  return clauses.filter((clause) => !core.includes(clause));
}

/** What each has more is about one thing, or names a value: "6 per second", "6 per minute". */
function compete(a: readonly Clause[], b: readonly Clause[]): boolean {
  const isNamed = (clauses: readonly Clause[]): boolean => clauses.some(({ named }) => named);
  return overlap(wordsOf(a), wordsOf(b)) || (isNamed(a) && isNamed(b));
}

/** The greatest sets of clauses of both whose strong words are the same; undefined when there are none. */
function commonCore(
  first: readonly Clause[],
  second: readonly Clause[],
): { a: readonly Clause[]; b: readonly Clause[] } | undefined {
  let [a, b] = [first, second];
  for (;;) {
    const [inA, inB] = [allWordsOf(a), allWordsOf(b)];
    const nextA = a.filter((clause) => isSubset(clause.strong, inB));
    const nextB = b.filter((clause) => isSubset(clause.strong, inA));
    if (nextA.length === 0 || nextB.length === 0) return undefined;
    if (nextA.length === a.length && nextB.length === b.length) break;
    [a, b] = [nextA, nextB];
  }
  return { a, b };
}

function agree(a: readonly Clause[], b: readonly Clause[]): boolean {
  const limitsOf = (clauses: readonly Clause[]): string =>
    clauses
      .flatMap((clause) => clause.limits)
      .sort()
      .join(' ');
  if (limitsOf(a) !== limitsOf(b)) return false;
  const general = { a: new Set(a.flatMap((c) => [...c.weak])), b: new Set(b.flatMap((c) => [...c.weak])) };
  const [onlyA, onlyB] = [lacking(general.a, general.b).length, lacking(general.b, general.a).length];
  // One may lack a general word; "add" in place of "keep" is another claim.
  if (onlyA + onlyB > mostGeneral || (onlyA > 0 && onlyB > 0)) return false;
  const [first, second] = [directionsOf(a), directionsOf(b)];
  if (!sameDirections(first, second)) return false;
  // "After A, do B" has another order than "do B when A"; what follows which has been compared.
  return isEventOf(first, second) || isEventOf(second, first) || !turnedAround(a, b);
}

type Directions = Clause['directions'];

function sameDirections(a: Directions, b: Directions): boolean {
  for (const [word, followers] of a) {
    const others = b.get(word);
    if (others !== undefined && !meet(followers, others)) return false;
  }
  return inTime(a, b) && inTime(b, a) && !opposed(a, b) && !opposed(b, a);
}

/** Order in time, and what a thing hangs on, are part of the claim: "build after linting" is not "build with the linter". */
const companions: readonly (readonly [word: string, others: readonly string[]])[] = [
  ['before', ['before', 'after']],
  ['while', ['while', 'if']],
  ['if', ['if', 'while', 'uponevent', 'after']],
  ['from', ['from', 'by', 'in', 'to']],
];

/** "After a change" is "when it changes". */
function isEventOf(a: Directions, b: Directions): boolean {
  return a.has('uponevent') && b.has('if');
}

function inTime(a: Directions, b: Directions): boolean {
  return companions.every(
    ([word, others]) =>
      !a.has(word) || others.some((other) => b.has(other)) || (word === 'before' && isEventOf(a, b)),
  );
}

/** "after changing the schema", "after the schema was changed": what follows first in the one follows soon in the other. */
function meet(a: readonly Followers[], b: readonly Followers[]): boolean {
  return a.some((one) =>
    b.some(
      (other) =>
        one.first === other.first || other.near.includes(one.first) || one.near.includes(other.first),
    ),
  );
}

/** Words of direction that say the contrary of each other. */
const contraries = [
  ['before', 'after'],
  ['before', 'if'],
  ['from', 'to'],
  ['from', 'into'],
  ['from', 'for'],
  ['while', 'before'],
  ['while', 'after'],
  ['with', 'without'],
  ['with', 'to'],
  ['above', 'below'],
  ['over', 'under'],
] as const;

/** "before pushing" against "after pushing". */
function opposed(a: Directions, b: Directions): boolean {
  return contraries.some(([one, other]) => {
    const [first, second] = [a.get(one), b.get(other)];
    return first !== undefined && second !== undefined && !b.has(one) && meet(first, second);
  });
}

/** Words of one thing that may change places with another: "the payout worker". */
const longestThing = 3;

/** "orders call billing" against "billing calls orders": two things have changed places around the same words. */
function turnedAround(a: readonly Clause[], b: readonly Clause[]): boolean {
  const [first, second] = trimmed(
    a.flatMap((clause) => clause.order),
    b.flatMap((clause) => clause.order),
  );
  // "Billing is called by orders" says the same in the other voice, and so must stand in the other order.
  if (directionsOf(a).has('by') !== directionsOf(b).has('by')) return first.length + second.length === 0;
  // In the passive the object comes first; what words of direction say has been compared.
  if (a.some(({ passive }) => passive) !== b.some(({ passive }) => passive)) return false;
  if (first.length !== second.length || first.length < 2) return false;
  const kindOf = kindIn(a.flatMap((clause) => [...clause.code]));
  for (let x = 1; x <= longestThing; x += 1)
    for (let y = 1; y <= longestThing; y += 1) {
      const comparable = kindOf(first[0]) === kindOf(first[first.length - y]);
      const moved = [first.slice(0, x), first.slice(first.length - y)];
      if (comparable && exchanged(first, second, x, y) && !moved.some((words) => isGoverned(words, a, b)))
        return true;
    }
  return false;
}

/** A number, code and plain words never play each other's part: "7 GB for the build" is "the build needs 7 GB". */
function kindIn(code: readonly string[]): (word: string | undefined) => 'number' | 'code' | 'plain' {
  return (word = '') => (/^\d/.test(word) ? 'number' : code.includes(word) ? 'code' : 'plain');
}

/** "In staging", "by Ana": the same word of direction in both says what part a thing plays, wherever it stands. */
function isGoverned(moved: readonly string[], a: readonly Clause[], b: readonly Clause[]): boolean {
  const [first, second] = [directionsOf(a), directionsOf(b)];
  return roles.some((role) => {
    const [one, other] = [first.get(role) ?? [], second.get(role) ?? []];
    return moved.some(
      (word) => one.some((each) => each.first === word) && other.some((each) => each.first === word),
    );
  });
}

const roles = ['in', 'on', 'by', 'to', 'from', 'with'] as const;

/** Without what both begin and end with. */
function trimmed(a: readonly string[], b: readonly string[]): [string[], string[]] {
  let from = 0;
  while (from < Math.min(a.length, b.length) && a[from] === b[from]) from += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - from && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return [a.slice(from, a.length - end), b.slice(from, b.length - end)];
}

/** Whether the first `x` words of the one are the last of the other, and its last `y` the first, with something between. */
function exchanged(a: readonly string[], b: readonly string[], x: number, y: number): boolean {
  if (x + y >= a.length) return false;
  const turned = [...a.slice(a.length - y), ...a.slice(x, a.length - y), ...a.slice(0, x)];
  return turned.every((word, at) => word === b[at]);
}

function directionsOf(clauses: readonly Clause[]): Directions {
  const all = new Map<string, readonly Followers[]>();
  for (const clause of clauses) {
    for (const [word, followers] of clause.directions)
      all.set(word, [...(all.get(word) ?? []), ...followers]);
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
