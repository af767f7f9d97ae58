/** The one value in which two otherwise equal claims differ. */
import { chosenAlternatives } from '../text/specifics.ts';
import { stems } from '../text/words.ts';
import { foldSynonym } from '../text/claim/claim-words.ts';
import type { Clause } from '../text/claim/claim.ts';
import { areParallel } from './context.ts';
import type { Statement } from './statements.ts';
import { isSubset, without } from '../text/claim/word-sets.ts';

export interface OpposedValues {
  readonly kind: 'number' | 'choice' | 'name' | 'negation';
  /** As compared: lower-cased; `not` and the empty string for a negation. */
  readonly a: string;
  readonly b: string;
}

/** Words that both must share beside the value, so that they speak of one thing. */
const leastShared = 2;

/** A number with its unit, or a version with a point in it; `phase1`, `v2` and `ipv6` are names. */
const number = /^[<>=~^]*(?:\d[\d.,:]*(?:[a-z%°]{0,12})|v\d+\.[\d.]+)$/;
const isoDate = /^\d{4}-\d{2}/;
/** What is counted off: the number says which one, not how much. */
const enumerated =
  /\b(?:step|phase|part|level|tier|section|chapter|issue|pr|option|rule|day|week|round|stage|milestone|figure|table|case|example|task|item|sprint|release|exercise|question|line|page|appendix|priority|port|exit code|code|status)\s*#?$/i;

/**
 * @returns the value when the main clauses of both hold the same words but for one number, one choice between known
 * alternatives ("pnpm", "npm"), or one negation; undefined otherwise.
 */
export function opposedValues(a: Statement, b: Statement): OpposedValues | undefined {
  for (const first of readings(a, b)) {
    for (const second of readings(b, a)) {
      const opposed = opposedIn(a, b, first, second);
      if (opposed !== undefined) return opposed;
    }
  }
  return undefined;
}

type Reading = readonly Clause[];

/** The whole claim, and the clause that shares most with the other: an afterthought does not settle a conflict. */
function readings(of: Statement, other: Statement): Reading[] {
  const whole = of.claim.clauses;
  if (whole.length === 1) return [whole];
  const shared = ({ strong }: Clause): number =>
    [...strong].filter((word) => other.claim.strong.has(word)).length;
  const main = whole.reduce((best, clause) => (shared(clause) > shared(best) ? clause : best));
  return [whole, [main]];
}

function opposedIn(a: Statement, b: Statement, first: Reading, second: Reading): OpposedValues | undefined {
  const [inA, inB] = [strongOf(first), strongOf(second)];
  const [onlyA, onlyB] = [without(inA, inB), without(inB, inA)];
  if (inA.size - onlyA.length < leastShared) return undefined;
  const [limitsA, limitsB] = [limitsOf(first), limitsOf(second)];
  if (onlyA.length === 0 && onlyB.length === 0) return opposedNegation(limitsA, limitsB);
  const [valueA, valueB] = [onlyA[0], onlyB[0]];
  if (limitsA.join() !== limitsB.join() || onlyA.length !== 1 || onlyB.length !== 1) return undefined;
  if (valueA === undefined || valueB === undefined) return undefined;
  if (isQuantity(a, valueA) && isQuantity(b, valueB) && unitOf(valueA) === unitOf(valueB)) {
    return { kind: 'number', a: valueA, b: valueB };
  }
  return opposedChoice(a, b, valueA, valueB) ?? opposedNames(a, b, valueA, valueB);
}

function opposedNegation(a: readonly string[], b: readonly string[]): OpposedValues | undefined {
  const isDenied = (more: readonly string[], less: readonly string[]): boolean =>
    more.length === less.length + 1 &&
    more.filter((word) => word === 'not').length === 1 &&
    !less.includes('not') &&
    isSubset(new Set(less), new Set(more));
  if (isDenied(a, b)) return { kind: 'negation', a: 'not', b: '' };
  if (isDenied(b, a)) return { kind: 'negation', a: '', b: 'not' };
  return undefined;
}

function opposedChoice(
  a: Statement,
  b: Statement,
  valueA: string,
  valueB: string,
): OpposedValues | undefined {
  // Both hold of staging and of production; of npm and of pnpm only one does.
  if (areParallel([valueA], [valueB])) return undefined;
  const chosen = chosenAlternatives(a.entry.text, b.entry.text);
  const same = (value: string, stem: string): boolean => stems(value).map(foldSynonym).includes(stem);
  const match = chosen.find((each) => same(each.a.value, valueA) && same(each.b.value, valueB));
  return match === undefined ? undefined : { kind: 'choice', a: match.a.value, b: match.b.value };
}

/** "Ask Maria" and "Ask Pedro": proper names in the middle of a sentence. What begins one is its subject, and there may be many. */
function opposedNames(a: Statement, b: Statement, valueA: string, valueB: string): OpposedValues | undefined {
  if (areParallel([valueA], [valueB])) return undefined;
  const [nameA, nameB] = [properName(a, valueA), properName(b, valueB)];
  return nameA === undefined || nameB === undefined ? undefined : { kind: 'name', a: nameA, b: nameB };
}

function properName({ entry }: Statement, value: string): string | undefined {
  const prose = entry.text.replace(/`[^`]*`/g, '`');
  const found = [...prose.matchAll(/(?<=[\p{Ll}\p{N},] )\p{Lu}\p{Ll}+(?![\p{L}\p{N}_/.]\S)/gu)].map(
    ([name]) => name,
  );
  return found.find((name) => stems(name).map(foldSynonym).includes(value));
}

function isQuantity({ entry }: Statement, value: string): boolean {
  if (!number.test(value) || isoDate.test(value)) return false;
  const at = entry.text.toLowerCase().indexOf(value);
  return at === -1 || !enumerated.test(entry.text.slice(0, at).trimEnd());
}

function unitOf(value: string): string {
  return value.replaceAll(/[^a-z%°]/g, '').replace(/^v$/, '');
}

function strongOf(clauses: Reading): Set<string> {
  return new Set(clauses.flatMap((clause) => [...clause.strong]));
}

function limitsOf(clauses: Reading): string[] {
  return clauses.flatMap((clause) => clause.limits).sort();
}
