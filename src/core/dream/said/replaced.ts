/** Which value of a note a person replaced, and with what, by what is said of the two values. */
import { stems } from '../../text/words.ts';
import { type Bearing, bearingOf } from './bearing.ts';
import { type Clause, clauseAt, type Passage, positionsOf, readPassage, wordsOf } from './clauses.ts';
import { standingOf } from './standing.ts';
import { closenessOf, contentOf, isAmong, subjectOf } from './subject.ts';
import { now, old, type Range, tokensOf } from './tokens.ts';
import {
  comparable,
  isDistinctive,
  occurrences,
  spokenForms,
  type SpokenValue,
  spokenValues,
} from './values.ts';
import { isPast, verbStem } from './verbs.ts';
import { contrasts, local, replacing } from './vocabulary.ts';

export interface Replaced {
  readonly old: string;
  readonly now: string;
  /** The note with the new value in the old one's place. */
  readonly text: string;
  /** Share of the note's subject that was spoken of, 0 to 1. */
  readonly closeness: number;
  /** One thing took the place of the other wherever it was: "we switched from A to B". */
  readonly everywhere: boolean;
}

/**
 * From this share of its words on, a note is what was spoken of. The least are enough where the old value is named, the
 * most are needed where nothing is set against a past.
 */
const spokenOf = { named: 0.5, contrasted: 0.6, stated: 0.75 } as const;

export interface Said {
  readonly text: string;
  readonly values: readonly SpokenValue[];
  readonly stems: readonly string[];
}

/** Who names more values in a breath, or writes more into one note, says more than a rule can tell apart. */
const mostValues = 30;

/** Reads what was said once, for all notes it is held against. */
export function readSaid(text: string): Said {
  return { text, values: spokenValues(text), stems: [...new Set(stems(text))] };
}

/** The values of a note, among them names that only what was said shows to be names. */
function valuesIn(note: string, said: Said): SpokenValue[] {
  const own = spokenValues(note);
  const known = new Set(own.map(({ text }) => text.toLowerCase()));
  const named = said.values.filter(
    ({ kind, text }) => kind === 'name' && isDistinctive(text) && !known.has(text.toLowerCase()),
  );
  const all = [...own, ...named.flatMap(({ text, kind }) => occurrences(note, text, kind))];
  return [...new Map(all.map((value) => [value.text, value])).values()];
}

/** The values of one kind with a note's that were said and that it lacks, with all places of each. */
function comersFor(value: SpokenValue, note: string, said: Said): SpokenValue[][] {
  const groups = new Map<string, SpokenValue[]>();
  for (const comer of said.values) {
    const key = comer.text.toLowerCase();
    if (value.kind !== comer.kind || occurrences(note, comer.text, comer.kind).length > 0) continue;
    groups.set(key, [...(groups.get(key) ?? []), comer]);
  }
  return [...groups.values()];
}

/** No word for a kind is longer. */
const longestWord = 40;

/** "minute 5", "bucket `raw`": the word that says what kind of value follows, where there is one. */
function kindBefore(text: string, { start }: Range): string | undefined {
  const word = /(\p{L}+) `?$/u.exec(text.slice(Math.max(0, start - longestWord), start))?.[1]?.toLowerCase();
  return word === undefined || stems(word).length === 0 ? undefined : word;
}

/** The places of a value as it was said, with the word for its kind where the note has that too. */
function placesOf(values: readonly SpokenValue[], said: Said, kind: string | undefined): Range[] {
  return values.map((value) =>
    kind === undefined || kindBefore(said.text, value) !== kind
      ? value
      : { start: said.text.toLowerCase().lastIndexOf(kind, value.start), end: value.end },
  );
}

/** A clause that says of nothing in particular, or of what the note holds, that one thing took the other's place. */
function changesEverywhere(passage: Passage, note: string): boolean {
  const held = stems(note);
  return passage.clauses.some(({ from, to, mood }: Clause) => {
    const words = wordsOf(passage, from, to);
    const changes = words.some((word) => replacing.has(verbStem(word)));
    const both = words.includes(old) && words.includes(now);
    return mood === 'tells' && changes && both && contentOf(words).every((stem) => isAmong(stem, held));
  });
}

/** A present that is set against a past, or corrects somebody. */
const isContrasted = ({ tokens }: Passage): boolean =>
  tokens.some(({ text }) => contrasts.has(text) || (isPast(text) && replacing.has(verbStem(text))));

/** The clause that names the new value says that and no more. */
const isWholeStatement = (passage: Passage): boolean =>
  positionsOf(passage, now).some((position) => {
    const rest = wordsOf(passage, position + 1, passage.clauses[clauseAt(passage, position)]?.to);
    return contentOf(rest).length === 0 && !rest.includes('as');
  });

/** Whether what was said puts the new value in the old one's place. */
function putsInPlace(passage: Passage, bearing: Bearing): boolean {
  if (bearing === 'none') return false;
  const olds = positionsOf(passage, old).map((position) => standingOf(passage, position));
  const news = positionsOf(passage, now).map((position) => standingOf(passage, position));
  if (news.includes('denied') || olds.includes('holds')) return false;
  const holds = news.includes('holds');
  if (olds.length === 0) return holds && bearing === 'sure';
  return holds || (bearing === 'sure' && olds.includes('denied') && news.includes('open'));
}

interface Pair {
  readonly note: string;
  readonly said: Said;
  readonly value: SpokenValue;
  /** Where the old value is named in what was said. */
  readonly named: readonly SpokenValue[];
  /** Where the new one is. */
  readonly comer: readonly SpokenValue[];
}

function replacedBy({ note, said, value, named, comer }: Pair): Replaced[] {
  const [first] = comer;
  if (first === undefined) return [];
  const kind = kindBefore(note, value);
  const passage = readPassage(tokensOf(said.text, placesOf(named, said, kind), placesOf(comer, said, kind)));
  const subject = subjectOf(note, occurrences(note, value.text, value.kind));
  const replaced = {
    old: value.text,
    now: first.text,
    text: written(note, value, first),
    closeness: closenessOf(subject, said.stems),
  };
  const isName = value.kind === 'name' && isDistinctive(value.text);
  if (named.length > 0 && isName && changesEverywhere(passage, note))
    return putsInPlace(passage, 'sure') ? [{ ...replaced, everywhere: true }] : [];
  if (!comparable(value, first)) return [];
  const way = named.length > 0 ? 'named' : isContrasted(passage) ? 'contrasted' : 'stated';
  if (replaced.closeness < spokenOf[way] || (way === 'stated' && !isWholeStatement(passage))) return [];
  const bearing = bearingOf(passage, subject, said.stems);
  return putsInPlace(passage, bearing) ? [{ ...replaced, everywhere: false }] : [];
}

/** The note with the new value in the old one's place; a number that was said without its unit keeps it. */
function written(note: string, value: SpokenValue, comer: SpokenValue): string {
  return occurrences(note, value.text, value.kind).reduceRight((text, { start, end }) => {
    const bare = value.unit !== undefined && comer.unit === undefined;
    return text.slice(0, start) + comer.text + text.slice(bare ? start + (value.number ?? '').length : end);
  }, note);
}

/** The value of a note that a person replaced by the words said; undefined when they replaced none. */
export function replacedValue(note: string, said: Said): Replaced | undefined {
  if (said.values.length === 0 || said.values.length > mostValues || local.test(said.text)) return undefined;
  const own = valuesIn(note, said);
  if (own.length > mostValues) return undefined;
  const found = own.flatMap((value) => {
    const named = spokenForms(said.text, value);
    // Where a value is named it is the one that is meant; else there must be only one it can be.
    if (named.length === 0 && own.filter((other) => comparable(value, other)).length > 1) return [];
    return comersFor(value, note, said).flatMap((comer) => replacedBy({ note, said, value, named, comer }));
  });
  const outcomes = new Set(found.map(({ text }) => text));
  return outcomes.size === 1 ? found[0] : undefined;
}

/** Whether a note says already what was said: it speaks of the same as closely, with the new value. */
export function confirmedBy(note: string, said: Said, { now: value, closeness }: Replaced): boolean {
  const held = spokenValues(note).filter(({ text }) => text.toLowerCase() === value.toLowerCase());
  return held.length > 0 && closenessOf(subjectOf(note, held), said.stems) >= closeness;
}
