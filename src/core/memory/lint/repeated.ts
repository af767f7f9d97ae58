/** Entries that say the same thing twice, or different things about one. */
import { similarSets, wordSimilarity } from '../../text/similarity.ts';
import { chosenAlternatives, valueConflicts } from '../../text/specifics.ts';
import type { ValueConflict } from '../../text/specifics.ts';
import { alternatives } from '../../text/tool-names.ts';
import { stems, words } from '../../text/words.ts';
import { sameAudience } from '../audience.ts';
import { haveOneReader } from '../readers.ts';
import { twinsIn } from '../relation.ts';
import type { Entry, Store } from '../entry.ts';
import type { LintFinding } from './finding.ts';
import { shortened } from './finding.ts';

interface Pair {
  readonly a: Entry;
  readonly b: Entry;
}

/** Shorter entries ("See below.") repeat without meaning anything. */
const leastStems = 4;
/** Longer entries hold several statements; that they differ somewhere says nothing. */
const mostStems = 40;
/** Likeness from which two entries are looked at. */
const alike = 0.6;
/** Likeness of what is left without the values, from which two entries speak of one thing. */
const sameSubject = 0.85;
/** More repeats than this between two files are one finding: the files are copies. */
const mostRepeats = 3;

/** Entries with the same words, whatever their marks. */
export function duplicates(store: Store): LintFinding[] {
  const found = firstOfEach(twinsOf(store).filter(({ a, b }) => sameWords(a, b)));
  const between = new Map<string, Pair[]>();
  for (const pair of found) {
    const key = `${pair.a.file}\n${pair.b.file}`;
    between.set(key, [...(between.get(key) ?? []), pair]);
  }
  return [...between.values()].flatMap((group) => {
    const [first] = group;
    if (first !== undefined && first.a.file !== first.b.file && group.length > mostRepeats) {
      return [
        finding(
          'duplicate',
          first.b,
          `${group.length} entries say the same as in ${first.a.file}, first ${place(first.a)}`,
        ),
      ];
    }
    return group.map(({ a, b }) =>
      finding('duplicate', b, `Says the same as ${place(a)}: “${shortened(a.text)}”`),
    );
  });
}

/** Entries that say the same in other words, and what dreams would merge. */
export function nearDuplicates(store: Store): LintFinding[] {
  const found = twinsOf(store).filter(({ a, b }) => !sameWords(a, b));
  return firstOfEach(found).map(({ a, b }) =>
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

/** What of two entries cannot both hold. Where paths or names differ too, they speak of two things. */
function contradiction(a: Entry, b: Entry): readonly ValueConflict[] {
  const choices = chosenAlternatives(a.text, b.text);
  const found = valueConflicts(a.text, b.text);
  const others = found.filter(
    (each) =>
      named.has(each.a.kind) && !choices.some((choice) => choice.a.value === each.a.value.toLowerCase()),
  );
  if (others.length > 0) return [];
  // "Python 3.10", "Python 3.11" in two lines one below the other are a list, not a contradiction.
  const sisters = a.file === b.file && Math.abs(b.lines[0] - a.lines[1]) <= 1;
  const values = found.filter(({ a: { kind } }) => kind === 'negation' || (numeric.has(kind) && !sisters));
  const all = [...values, ...choices];
  return all.length > 0 && withoutValues(a, b, all) >= sameSubject ? all : [];
}

const named: ReadonlySet<string> = new Set(['path', 'url', 'command', 'name']);
const numeric: ReadonlySet<string> = new Set(['number', 'version', 'date']);
const force: ReadonlySet<string> = new Set(stems('must always only not never without'));

/** Likeness of two entries without the values they differ in. */
function withoutValues(a: Entry, b: Entry, values: readonly ValueConflict[]): number {
  const taken = new Set(values.flatMap((each) => [...stems(each.a.value), ...stems(each.b.value)]));
  const rest = (entry: Entry): string[] =>
    stems(entry.text).filter((stem) => !taken.has(stem) && !force.has(stem) && !/^\d/.test(stem));
  const [first, second] = [rest(a), rest(b)];
  if (Math.max(first.length, second.length) > mostStems) return 0;
  return wordSimilarity(first, second);
}

/** The pairs that a dream would merge, by the same comparison. */
function twinsOf(store: Store): Pair[] {
  return twinsIn(store).flatMap(([{ entry: a }, { entry: b }]) =>
    haveOneReader(store, a.file, b.file) ? [{ a, b }] : [],
  );
}

const pairs = new WeakMap<Store, readonly Pair[]>();

/** Pairs of like entries of one audience and context, in the order of the store. Found once for all checks. */
function pairsOf(store: Store): readonly Pair[] {
  const known = pairs.get(store);
  if (known !== undefined) return known;
  const contexts = contextsOf(store);
  const compared = [...store.entries.values()]
    .filter((entry) => contexts.has(entry.id))
    .map((entry) => ({ entry, stems: stems(entry.text) }))
    .filter(
      (each) => new Set(each.stems).size >= leastStems || (each.stems.length >= 2 && namesValue(each.entry)),
    );
  const found = similarSets(
    compared.map((each) => each.stems),
    alike,
  ).flatMap(({ a, b }) => {
    const [first, second] = [compared[a]?.entry, compared[b]?.entry];
    if (first === undefined || second === undefined || contexts.get(first.id) !== contexts.get(second.id))
      return [];
    return sameAudience(store, first.file, second.file) ? [{ a: first, b: second }] : [];
  });
  pairs.set(store, found);
  return found;
}

/** "Use pnpm", "Node 22": short, and yet a rule. */
function namesValue(entry: Entry): boolean {
  return words(entry.text).some((word) => choiceWords.has(word) || /\d/.test(word));
}

const choiceWords: ReadonlySet<string> = new Set(alternatives.flat());

/**
 * What stands above each entry that is compared: its lead-in, or the paragraph that its list follows without a blank
 * line. The same words say different things under "Do NOT:", or under the name of another component.
 */
function contextsOf(store: Store): ReadonlyMap<string, string> {
  const contexts = new Map<string, string>();
  for (const { entries, text } of store.files) {
    let above = '';
    for (const [index, entry] of entries.entries()) {
      const before = entries[index - 1];
      const gap = before === undefined ? '' : text.slice(before.end, entry.start);
      const joined = before !== undefined && gap.trim() === '' && (gap.match(/\n/g)?.length ?? 0) === 1;
      if (entry.kind !== 'item' || before?.kind !== 'item' || gap.trim() !== '') {
        above = entry.kind === 'item' && joined && before.kind === 'paragraph' ? before.text : '';
        if (above !== '' && before !== undefined) contexts.delete(before.id);
      }
      const compared = entry.kind === 'item' || entry.kind === 'paragraph' || entry.kind === 'quote';
      if (compared) contexts.set(entry.id, words(entry.leadIn ?? above).join(' '));
    }
  }
  return contexts;
}

/** Each repeating entry once, beside the first that it repeats. */
function firstOfEach(found: readonly Pair[]): readonly Pair[] {
  const seen = new Set<string>();
  return found.filter(({ b }) => !seen.has(b.id) && seen.add(b.id));
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
