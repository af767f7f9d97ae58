/** What rewording loses, and whether two texts say the same thing with different values. */
import type { Specific } from './extract-specifics.ts';
import { names, specifics, withoutRepeats } from './extract-specifics.ts';
import { negated } from './negations.ts';
import { remembered } from './remembered.ts';
import { similarity, wordSimilarity } from './similarity.ts';
import { alternatives } from './tool-names.ts';
import { stems, words } from './words.ts';

export { specifics };
export type { Specific };

export interface ValueConflict {
  readonly a: Specific;
  /** For a negation that only one side has, the other's value is empty. */
  readonly b: Specific;
}

const specificsOf = remembered((text): readonly Specific[] => specifics(text));
const negatedIn = remembered(negated);
const affirmedWordsOf = remembered(affirmedWords);

/** Below this likeness of what is left without values, two texts speak of different things. Chosen on the project's own pairs. */
const sameTopic = 0.5;
const numeric: readonly Specific['kind'][] = ['number', 'version', 'date'];
const named: readonly Specific['kind'][] = ['path', 'url', 'command', 'name'];
// Words of force: without a counterpart they change no fact.
const force: ReadonlySet<string> = new Set(
  stems('must always only not never without except unless instead rather all any'),
);

/** Specifics of the texts that are not in `after`: in its words, whatever their case; negations by how often they stand. */
export function lostSpecifics(before: readonly string[], after: string): Specific[] {
  const kept = specifics(after);
  const lost = before.flatMap((text) => {
    const all = specifics(text);
    const values = all.filter((each) => each.kind !== 'negation' && !names(after, kept, each));
    return [...values, ...lostNegations(all, kept)];
  });
  return withoutRepeats(lost);
}

/**
 * Where two texts that say the same thing differ: in a number, version, date, path, URL, command, name or negation, or
 * in a choice (kind `name`: "tabs" and "spaces", or any other content word when both have one the other lacks).
 * Empty when they agree, when one only says more, or when they speak of different things. Errs towards conflict:
 * a reader can settle a false one, but merged facts are lost.
 */
export function valueConflicts(a: string, b: string): ValueConflict[] {
  const first = specificsOf(a);
  const second = specificsOf(b);
  if (!aboutTheSame(a, b, first, second)) return [];
  const found = [
    ...unmatched(a, b, first, second, numeric),
    ...unmatched(a, b, first, second, named),
    ...deniedByOne(a, b),
    ...chosenAlternatives(a, b),
  ];
  return found.length > 0 ? unrepeated(found) : differentWords(a, b, first, second);
}

function unrepeated(list: readonly ValueConflict[]): ValueConflict[] {
  const key = ({ a, b }: ValueConflict): string => `${a.value}\n${b.value}`.toLowerCase();
  return [...new Map(list.map((each) => [key(each), each])).values()];
}

/** Words of one set of alternatives ("pnpm" and "npm") of which each text names another. */
export function chosenAlternatives(a: string, b: string): ValueConflict[] {
  const [first, second] = [affirmedWordsOf(a), affirmedWordsOf(b)];
  return alternatives.flatMap((group) => {
    const inFirst = group.find((word) => first.has(word) && !second.has(word));
    const inSecond = group.find((word) => second.has(word) && !first.has(word));
    if (inFirst === undefined || inSecond === undefined) return [];
    return [{ a: { kind: 'name', value: inFirst }, b: { kind: 'name', value: inSecond } }];
  });
}

function affirmedWords(text: string): ReadonlySet<string> {
  return new Set(words(text).flatMap((word) => [word, ...word.split(/[-:\s]/)]));
}

function aboutTheSame(
  a: string,
  b: string,
  first: readonly Specific[],
  second: readonly Specific[],
): boolean {
  if (similarity(a, b) >= 0.6) return true;
  const [restA, restB] = [restOf(a, first), restOf(b, second)];
  if (restA.length === 0 && restB.length === 0) return first.length > 0 && second.length > 0;
  return wordSimilarity(restA, restB) >= sameTopic;
}

/** Stems that belong to no specific and add no force. */
function restOf(text: string, itsSpecifics: readonly Specific[]): string[] {
  const taken = new Set(itsSpecifics.flatMap((each) => stems(each.value)));
  return [...new Set(stems(text))].filter((stem) => !taken.has(stem) && !force.has(stem));
}

function unmatched(
  a: string,
  b: string,
  first: readonly Specific[],
  second: readonly Specific[],
  kinds: readonly Specific['kind'][],
): ValueConflict[] {
  const onlyA = first.filter((each) => kinds.includes(each.kind) && !names(b, second, each));
  const onlyB = second.filter((each) => kinds.includes(each.kind) && !names(a, first, each));
  return onlyA.flatMap((each, index) => {
    const other = onlyB[index];
    return other === undefined ? [] : [{ a: each, b: other }];
  });
}

/** A denial in one of what the other affirms. */
function deniedByOne(a: string, b: string): ValueConflict[] {
  const toA = denial(a, b);
  if (toA !== undefined) return [{ a: { kind: 'negation', value: toA }, b: { kind: 'negation', value: '' } }];
  const toB = denial(b, a);
  return toB === undefined
    ? []
    : [{ a: { kind: 'negation', value: '' }, b: { kind: 'negation', value: toB } }];
}

function denial(a: string, b: string): string | undefined {
  const deniedByB = new Set(
    negatedIn(b).flatMap(({ negation, scope }) => (negation === 'only' ? [] : scope)),
  );
  const affirmed = new Set(stems(b).filter((stem) => !deniedByB.has(stem)));
  return negatedIn(a).find(({ negation, scope }) => {
    if (negation === 'only' || scope.length === 0) return false;
    return scope.filter((stem) => affirmed.has(stem)).length * 2 > scope.length;
  })?.negation;
}

/** Both have content words the other lacks: perhaps a paraphrase, perhaps another choice. */
function differentWords(
  a: string,
  b: string,
  first: readonly Specific[],
  second: readonly Specific[],
): ValueConflict[] {
  const [restA, restB] = [restOf(a, first), restOf(b, second)];
  const [allA, allB] = [new Set(stems(a)), new Set(stems(b))];
  const wordA = restA.find((stem) => !has(restB, stem) && !allB.has(stem));
  const wordB = restB.find((stem) => !has(restA, stem) && !allA.has(stem));
  if (wordA === undefined || wordB === undefined) return [];
  return [{ a: { kind: 'name', value: written(a, wordA) }, b: { kind: 'name', value: written(b, wordB) } }];
}

/** Whether a stem is there, or one of the same root ("deploy", "deployment"). */
function has(list: readonly string[], stem: string): boolean {
  return list.some((other) => {
    const [short, long] = other.length < stem.length ? [other, stem] : [stem, other];
    return short.length >= 4 && long.startsWith(short);
  });
}

function written(text: string, stem: string): string {
  return words(text).find((word) => stems(word).includes(stem)) ?? stem;
}

function lostNegations(all: readonly Specific[], kept: readonly Specific[]): Specific[] {
  const count = (list: readonly Specific[], value: string): number =>
    list.filter((each) => each.kind === 'negation' && each.value === value).length;
  return all.filter((each) => each.kind === 'negation' && count(all, each.value) > count(kept, each.value));
}
