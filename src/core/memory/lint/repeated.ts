/** Entries that say the same thing twice, or different things about one. */
import { similarSets } from '../../text/similarity.ts';
import { chosenAlternatives, valueConflicts } from '../../text/specifics.ts';
import type { ValueConflict } from '../../text/specifics.ts';
import { stems, words } from '../../text/words.ts';
import { sameAudience } from '../audience.ts';
import type { Entry, Store } from '../entry.ts';
import type { LintFinding } from './finding.ts';
import { shortened } from './finding.ts';

interface Pair {
  readonly a: Entry;
  readonly b: Entry;
  readonly score: number;
}

/** Shorter entries ("See below.") repeat without meaning anything. */
const leastStems = 4;
/** Likeness from which two entries with the same values say the same. Strict: on real files, lower finds sister rules. */
const nearlySame = 0.8;
/** Likeness from which two entries with different values speak of one thing. */
const sameSubject = 0.6;

/** Entries with the same words, whatever their marks. */
export function duplicates(store: Store): LintFinding[] {
  return pairsOf(store)
    .filter(({ a, b }) => sameWords(a, b))
    .map(({ a, b }) => finding('duplicate', b, `Says the same as ${place(a)}: “${shortened(a.text)}”`));
}

/** Entries with nearly the same words and the same values. */
export function nearDuplicates(store: Store): LintFinding[] {
  return pairsOf(store)
    .filter(
      ({ a, b, score }) =>
        score >= nearlySame && !sameWords(a, b) && valueConflicts(a.text, b.text).length === 0,
    )
    .map(({ a, b }) =>
      finding('near-duplicate', b, `Says nearly the same as ${place(a)}: “${shortened(a.text)}”`),
    );
}

/** Entries that say the same with another number, version, date, negation or choice. */
export function conflicts(store: Store): LintFinding[] {
  return pairsOf(store).flatMap(({ a, b }) => {
    const [conflict] = contradiction(a, b);
    if (conflict === undefined) return [];
    const values = [conflict.a.value, conflict.b.value].map((value) =>
      value === '' ? 'no negation' : value,
    );
    return [
      finding('conflict', b, `Contradicts ${place(a)} (${values.join(' or ')}?): “${shortened(a.text)}”`),
    ];
  });
}

/** What of two entries cannot both hold; paths, names and other words may differ in things that are simply not the same. */
function contradiction(a: Entry, b: Entry): readonly ValueConflict[] {
  const sisters = Math.abs(b.lines[0] - a.lines[1]) <= 1 && a.file === b.file;
  const found = valueConflicts(a.text, b.text);
  const choices = chosenAlternatives(a.text, b.text);
  const hard = found.filter(
    ({ a: { kind } }) => kind === 'negation' || (!sisters && ['number', 'version', 'date'].includes(kind)),
  );
  const soft = found.filter(
    ({ a: { kind } }) => kind === 'path' || kind === 'command' || kind === 'url' || kind === 'name',
  );
  const others = soft.filter(
    (each) => !choices.some((choice) => choice.a.value === each.a.value.toLowerCase()),
  );
  // Where names differ too, the entries speak of two things.
  if (others.length > 0 || (sisters && hard.length === 0)) return [];
  return [...hard, ...choices];
}

const pairs = new WeakMap<Store, readonly Pair[]>();

/** Pairs of like entries of one audience, in the order of the store. Found once for all checks. */
function pairsOf(store: Store): readonly Pair[] {
  const known = pairs.get(store);
  if (known !== undefined) return known;
  const entries = [...store.entries.values()].filter(
    ({ kind }) => kind === 'item' || kind === 'paragraph' || kind === 'quote',
  );
  const sets = entries.map((entry) => stems(entry.text));
  const compared = entries.filter(
    (_, index) => new Set(sets[index]).size >= leastStems || hasChoice(sets[index] ?? []),
  );
  const found = similarSets(
    compared.map((entry) => stems(entry.text)),
    sameSubject,
  ).flatMap(({ a, b, score }) => {
    const [first, second] = [compared[a], compared[b]];
    return first === undefined || second === undefined || !comparable(store, first, second)
      ? []
      : [{ a: first, b: second, score }];
  });
  pairs.set(store, found);
  return found;
}

function hasChoice(set: readonly string[]): boolean {
  return set.length >= 3;
}

/** The same audience, and the same sense of what stands above: "Do NOT:" turns a list around. */
function comparable(store: Store, a: Entry, b: Entry): boolean {
  if (!sameAudience(store, a.file, b.file)) return false;
  const [above, below] = [a.leadIn ?? '', b.leadIn ?? ''];
  return above === below || (above === '') === (below === '');
}

function sameWords(a: Entry, b: Entry): boolean {
  return words(a.text).join(' ') === words(b.text).join(' ');
}

function finding(check: LintFinding['check'], { file, lines }: Entry, message: string): LintFinding {
  return { check, file, line: lines[0], message };
}

function place({ file, lines }: Entry): string {
  return `${file}:${lines[0]}`;
}
