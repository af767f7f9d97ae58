/** Which value of an entry a person replaced, and with what, by what is said of the two values. */
import { stems } from '../../text/words.ts';
import { type Clause, clauseAt, type Passage, readPassage } from './clauses.ts';
import { closenessOf, contentOf, isAmong, shareOf, subjectOf } from './subject.ts';
import { standingOf } from './standing.ts';
import { now, old, type Range, tokensOf } from './tokens.ts';
import {
  comparable,
  isDistinctive,
  occurrences,
  spokenForms,
  type SpokenValue,
  spokenValues,
} from './values.ts';
import { contrasts, copulas, frame, isPast, noteNames, pronouns, replacing, verbStem } from './vocabulary.ts';

export interface Replaced {
  readonly old: string;
  readonly now: string;
  /** The entry's text with the new value in the old one's place. */
  readonly text: string;
  /** Share of the entry's subject that was spoken of, 0 to 1. */
  readonly closeness: number;
  /** One thing took the place of the other wherever it was: "we switched from A to B". */
  readonly everywhere: boolean;
}

/** From this share of its words on, an entry is what was spoken of; when the old value is named, half are enough. */
const spokenOf = { named: 0.5, unnamed: 0.6 } as const;

/** More than this share of what a clause speaks of is the entry's subject. */
const mostOfClause = 0.5;

export interface Said {
  readonly text: string;
  readonly values: readonly SpokenValue[];
  readonly stems: readonly string[];
}

/** Reads what was said once, for all entries it is held against. */
export function readSaid(text: string): Said {
  return { text, values: spokenValues(text), stems: [...new Set(stems(text))] };
}

/** The values of an entry, among them names that only what was said shows to be names. */
function valuesIn(note: string, said: Said): SpokenValue[] {
  const own = spokenValues(note);
  const known = new Set(own.map(({ text }) => text.toLowerCase()));
  const named = said.values.filter(
    ({ kind, text }) => kind === 'name' && isDistinctive(text) && !known.has(text.toLowerCase()),
  );
  return [...own, ...named.flatMap(({ text, kind }) => occurrences(note, text, kind))];
}

/** The values of one kind with an entry's that were said and that it lacks, with all places of each. */
function comersFor(value: SpokenValue, note: string, said: Said): SpokenValue[][] {
  const groups = new Map<string, SpokenValue[]>();
  for (const comer of said.values) {
    const key = comer.text.toLowerCase();
    if (value.kind !== comer.kind || occurrences(note, comer.text, comer.kind).length > 0) continue;
    groups.set(key, [...(groups.get(key) ?? []), comer]);
  }
  return [...groups.values()];
}

const positionsOf = ({ tokens }: Passage, mark: string): number[] =>
  tokens.flatMap(({ text }, at) => (text === mark ? [at] : []));

/** What the clause of a new value speaks of; where that is a pronoun, the clause before it. */
function aboutOf(passage: Passage, position: number): string[] {
  const at = clauseAt(passage, position);
  const clause = passage.clauses[at];
  if (clause === undefined) return [];
  const words = (from: number, to: number): string[] => contentOf(passage.tokens.slice(from, to));
  const before = words(clause.from, position);
  // "NEW is the port of …", "use NEW as the port of …"
  const next = passage.tokens[position + 1]?.text ?? '';
  const after = words(position + 1, clause.to);
  if (
    after.length > 0 &&
    (next === 'for' || next === 'as' || (position === clause.from && copulas.has(next)))
  )
    return after;
  if (before.length > 0) return roleLeftOut(passage, clause, position) ?? before;
  const pronoun = passage.tokens
    .slice(clause.from, position)
    .some(({ text }) => pronouns.has(text) || text === 'we');
  const previous = passage.clauses[at - 1];
  return pronoun && previous !== undefined ? words(previous.from, previous.to) : [];
}

/** "the service for crash reports is NEW" speaks of crash reports, and says what NEW is to them. */
function roleLeftOut({ tokens }: Passage, { from }: Clause, position: number): string[] | undefined {
  if (!copulas.has(tokens[position - 1]?.text ?? '')) return undefined;
  const at = tokens.findIndex(
    ({ text }, each) => each > from && each < position && (text === 'for' || text === 'of'),
  );
  const rest = at === -1 ? [] : contentOf(tokens.slice(at + 1, position));
  return rest.length > 0 ? rest : undefined;
}

/** Words for memory itself are no subject, but where an entry is about them. */
const noteStems = new Set([...noteNames].flatMap((name) => stems(name)));

type Bearing = 'sure' | 'possible' | 'none';

/** Whether the clauses that name the new value speak of the entry: of nothing else, perhaps, or not. */
function bearingOf(passage: Passage, subject: readonly string[]): Bearing {
  const abouts = positionsOf(passage, now).map((position) =>
    aboutOf(passage, position).filter((stem) => !noteStems.has(stem) || isAmong(stem, subject)),
  );
  if (abouts.some((about) => about.length > 0 && about.every((stem) => isAmong(stem, subject))))
    return 'sure';
  const possible = abouts.some(
    (about) => about.every((stem) => frame.has(stem)) || shareOf(about, subject) > mostOfClause,
  );
  return possible ? 'possible' : 'none';
}

/** A clause that says of nothing in particular, or of what the entry holds, that one thing took the other's place. */
function changesEverywhere(passage: Passage, entryStems: readonly string[]): boolean {
  const changes = ({ from, to, mood }: Clause): boolean => {
    const tokens = passage.tokens.slice(from, to);
    const both = [old, now].every((mark) => tokens.some(({ text }) => text === mark));
    return mood === 'tells' && both && tokens.some(({ text }) => replacing.has(verbStem(text)));
  };
  return passage.clauses.some(
    (clause) =>
      changes(clause) &&
      contentOf(passage.tokens.slice(clause.from, clause.to)).every((stem) => isAmong(stem, entryStems)),
  );
}

/** Whether what was said puts the new value in the old one's place. */
function replaces(passage: Passage, bearing: Bearing): boolean {
  const olds = positionsOf(passage, old).map((position) => standingOf(passage, position));
  const news = positionsOf(passage, now).map((position) => standingOf(passage, position));
  if (news.includes('denied') || olds.includes('holds')) return false;
  if (olds.length === 0) return news.includes('holds') && bearing === 'sure';
  return news.includes('holds') || (bearing === 'sure' && olds.includes('denied') && news.includes('open'));
}

/** A present that is set against a past, or corrects somebody. */
const isContrasted = ({ tokens }: Passage): boolean =>
  tokens.some(({ text }) => contrasts.has(text) || (isPast(text) && replacing.has(verbStem(text))));

interface Pair {
  readonly note: string;
  readonly said: Said;
  readonly value: SpokenValue;
  /** Where the old value is named in what was said. */
  readonly named: readonly SpokenValue[];
  /** The entry holds no other value that could be meant. */
  readonly only: boolean;
}

function replacedBy({ note, said, value, named, only }: Pair, comer: readonly SpokenValue[]): Replaced[] {
  const [first] = comer;
  if (first === undefined || (named.length === 0 && !only)) return [];
  const kind = wordBefore(note, value);
  const widened = (values: readonly SpokenValue[]): Range[] =>
    values.map((each) => withWordBefore(said.text, each, kind));
  const passage = readPassage(tokensOf(said.text, widened(named), widened(comer)));
  const subject = subjectOf(note, occurrences(note, value.text, value.kind));
  const closeness = closenessOf(subject, said.stems);
  const everywhere =
    named.length > 0 &&
    value.kind === 'name' &&
    isDistinctive(value.text) &&
    changesEverywhere(passage, stems(note));
  if (!everywhere && !comparable(value, first)) return [];
  if (!everywhere && closeness < (named.length > 0 ? spokenOf.named : spokenOf.unnamed)) return [];
  const bearing = everywhere ? 'sure' : bearingOf(passage, subject);
  if (bearing === 'none' || !replaces(passage, bearing)) return [];
  if (named.length === 0 && !isContrasted(passage)) return [];
  return [{ old: value.text, now: first.text, text: written(note, value, first), closeness, everywhere }];
}

/** "minute 5", "bucket `raw`": the word that says what kind of value follows, where the entry has one. */
function wordBefore(text: string, { start }: Range): string | undefined {
  const word = /(\p{L}+) `?$/u.exec(text.slice(0, start))?.[1]?.toLowerCase();
  return word === undefined || stems(word).length === 0 ? undefined : word;
}

/** The value with the word that says its kind, where that was said with it. */
function withWordBefore(text: string, range: Range, kind: string | undefined): Range {
  if (kind === undefined || wordBefore(text, range) !== kind) return range;
  return { start: text.toLowerCase().lastIndexOf(kind, range.start), end: range.end };
}

/** The entry's text with the new value in the old one's place; a number that was said without its unit keeps it. */
function written(note: string, value: SpokenValue, comer: SpokenValue): string {
  return occurrences(note, value.text, value.kind).reduceRight((text, { start, end }) => {
    const bare = value.unit !== undefined && comer.unit === undefined;
    return text.slice(0, start) + comer.text + text.slice(bare ? start + (value.number ?? '').length : end);
  }, note);
}

/** The value of an entry that a person replaced by the words said; undefined when they replaced none. */
export function replacedValue(note: string, said: Said): Replaced | undefined {
  if (said.values.length === 0) return undefined;
  const own = valuesIn(note, said);
  const found = own.flatMap((value) => {
    const named = spokenForms(said.text, value);
    const only = own.filter((other) => comparable(value, other)).length === 1;
    return comersFor(value, note, said).flatMap((comer) =>
      replacedBy({ note, said, value, named, only }, comer),
    );
  });
  const outcomes = new Set(found.map(({ text }) => text));
  return outcomes.size === 1 ? found[0] : undefined;
}

/** Whether an entry says already what was said: it speaks of the same as closely, with the new value. */
export function confirmedBy(note: string, said: Said, { now: value, closeness }: Replaced): boolean {
  const held = spokenValues(note).filter(({ text }) => text.toLowerCase() === value.toLowerCase());
  return held.length > 0 && closenessOf(subjectOf(note, held), said.stems) >= closeness;
}
