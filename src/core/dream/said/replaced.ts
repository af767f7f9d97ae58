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
import {
  contrasts,
  copulas,
  frame,
  isPast,
  local,
  noteNames,
  pronouns,
  replacing,
  verbStem,
} from './vocabulary.ts';

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

/**
 * From this share of its words on, an entry is what was spoken of. The least are enough where the old value is named, the
 * most are needed where nothing is set against a past.
 */
const spokenOf = { named: 0.5, contrasted: 0.6, stated: 0.75 } as const;

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

/** What the clause of a new value may speak of: one or two ways to read it; none where it names nothing. */
function aboutsOf(passage: Passage, position: number): readonly string[][] {
  const at = clauseAt(passage, position);
  const clause = passage.clauses[at];
  if (clause === undefined) return [];
  const rest = passage.tokens.slice(position + 1, clause.to).map(({ text }) => text);
  const next = rest.find((word) => word !== 'now' && word !== 'instead') ?? '';
  // "NEW is the port of …", "use NEW as the port of …"
  const predicate = position === clause.from && copulas.has(next);
  if (predicate || next === 'for' || next === 'as') {
    const after = readings(passage, position + 1, clause.to);
    if (after.length > 0) return after;
    // "NEW is right" says nothing else; "NEW is new in the team" says something else.
    if (predicate && !isAffirmed(passage, position, clause.to)) return [[next]];
  }
  const before = readings(passage, clause.from, position);
  if (before.length > 0) return tellsRole(passage, position) ? before : before.slice(0, 1);
  return besides(passage, at, position);
}

const isAffirmed = ({ tokens }: Passage, position: number, to: number): boolean =>
  tokens.slice(position, to).some(({ text }) => /^(?:correct|right|true|it|current)$/.test(text));

/** "use NEW", "we take NEW": for what was spoken of. */
const standIns = new Set(['we', 'use', 'take', 'you']);

/** "it's NEW": the clause before says what, or the one after it. */
function besides(passage: Passage, at: number, position: number): readonly string[][] {
  const clause = passage.clauses[at];
  const words = passage.tokens.slice(clause?.from, position);
  const bare = words.length === 0;
  if (!bare && !words.some(({ text }) => pronouns.has(text) || standIns.has(text))) return [];
  const [previous, following] = [passage.clauses[at - 1], passage.clauses[at + 1]];
  const found = previous === undefined || bare ? [] : readings(passage, previous.from, previous.to);
  if (found.length > 0 || (previous !== undefined && !bare)) return found;
  const next =
    following !== undefined && passage.tokens[following.from]?.text === 'not'
      ? passage.clauses[at + 2]
      : following;
  return next === undefined ? [] : readings(passage, next.from, next.to);
}

/** "is NEW", "to NEW": what stands before may say what the value is to the thing. */
function tellsRole({ tokens }: Passage, position: number): boolean {
  const word = tokens.slice(0, position).findLast(({ text }) => !hedges.has(text))?.text ?? '';
  return copulas.has(word) || word === 'been' || word === 'to';
}

const hedges = new Set(['now', 'actually', 'currently', 'already', 'officially', 'the', 'a', 'our']);

/** "the service for crash reports" is about both, or about crash reports, and says what the value is to them. */
function readings({ tokens }: Passage, from: number, to: number): string[][] {
  const start = tokens[from]?.text === 'for' || tokens[from]?.text === 'as' ? from + 1 : from;
  const role = tokens.findIndex(({ text }, at) => at > start && at < to && (text === 'for' || text === 'of'));
  const whole = contentOf(tokens.slice(start, to));
  const rest = role === -1 ? [] : contentOf(tokens.slice(role + 1, to));
  return [whole, rest].filter((words) => words.length > 0);
}

/** Words for memory itself are no subject, but where an entry is about them. */
const noteStems = new Set([...noteNames].flatMap((name) => stems(name)));

type Bearing = 'sure' | 'possible' | 'none';

/** "their upload limit" */
function isAnothers({ tokens, clauses }: Passage, position: number): boolean {
  const clause = clauses.find(({ from, to }) => position >= from && position < to);
  return tokens.slice(clause?.from, position).some(({ text }) => /^(?:their|his|her|my)$/.test(text));
}

/** Whether the clauses that name the new value speak of the entry: of nothing else, perhaps, or not. */
function bearingOf(passage: Passage, subject: readonly string[], said: Said): Bearing {
  const known = (stem: string): boolean => isAmong(stem, subject);
  if (positionsOf(passage, now).every((position) => isAnothers(passage, position))) return 'none';
  const abouts = positionsOf(passage, now).flatMap((position) => {
    const found = aboutsOf(passage, position);
    return (found.length === 0 ? [[]] : found).map((about) =>
      about.filter((stem) => !noteStems.has(stem) || known(stem)),
    );
  });
  if (abouts.some((about) => about.length > 0 && about.every(known))) return 'sure';
  // "the mail sender" is not "the webhook sender": each has what the other lacks.
  const whole = subject.every((stem) => frame.has(stem) || isAmong(stem, said.stems));
  const possible = abouts.some(
    (about) => about.every((stem) => frame.has(stem)) || (whole && shareOf(about, subject) > mostOfClause),
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

/** The clause that names the new value says that and no more. */
const isWholeStatement = (passage: Passage): boolean =>
  positionsOf(passage, now).some((position) => {
    const clause = passage.clauses[clauseAt(passage, position)];
    const rest = passage.tokens.slice(position + 1, clause?.to);
    return contentOf(rest).length === 0 && !rest.some(({ text }) => text === 'as');
  });

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
  const way = named.length > 0 ? 'named' : isContrasted(passage) ? 'contrasted' : 'stated';
  if (!everywhere && closeness < spokenOf[way]) return [];
  const bearing = everywhere ? 'sure' : bearingOf(passage, subject, said);
  if (bearing === 'none' || !replaces(passage, bearing)) return [];
  if (way === 'stated' && !isWholeStatement(passage)) return [];
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
  if (said.values.length === 0 || local.test(said.text)) return undefined;
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
