/** Which value of an entry a person replaced, and with what, by the words around the two values. */
import type { Entry } from '../../../core/memory/entry.ts';
import { stems } from '../../../core/text/words.ts';
import { marked, replaces } from './polarity.ts';
import { escaped, occurrences, type SpokenValue, spokenValues } from './spoken-values.ts';

export interface Replaced {
  readonly old: string;
  readonly now: string;
  /** The entry's text with the new value in the old one's place. */
  readonly text: string;
  /** Share of the entry's subject that was spoken of, 0 to 1. */
  readonly closeness: number;
}

/** From this share of its words on, an entry is what was spoken of; when the old value is named, half are enough. */
const spokenOf = { named: 0.5, unnamed: 0.6 } as const;

/** More than this share of what a clause speaks of is the entry's subject. */
const mostOfClause = 0.5;

/** Verbs and nouns that say only that something has a value: another may stand for them. */
const frame = new Set(
  stems(
    'run runs keep kept host hosted upload uploaded start started listen listens land lands answer answers use used ' +
      'live lives go goes call called set get expire every each after before is located lies named require need serve store ' +
      'stored cut made send sent deploy deployed build built find found reach reachable available default current currently ' +
      'address home place location command url link port name host owner contact person version limit value number branch ' +
      'interval time duration must should only always most least at day per now new old not no never instead we you',
  ),
);

/** Stems of a text that belong to none of its values. */
function subjectOf(text: string, values: readonly SpokenValue[]): string[] {
  const rest = values.reduceRight(
    (left, { start, end }) => `${left.slice(0, start)} ¤ ${left.slice(end)}`,
    text,
  );
  return [...new Set(stems(rest))].filter((stem) => /[\p{L}\p{N}]/u.test(stem));
}

/** "expire" and "expiry", "poll" and "polling": one root. */
function among(stem: string, list: readonly string[]): boolean {
  return list.some((other) => {
    if (other === stem) return true;
    const length = Math.min(other.length, stem.length);
    return length >= 4 && other.slice(0, Math.max(4, length - 1)) === stem.slice(0, Math.max(4, length - 1));
  });
}

const share = (of: readonly string[], within: readonly string[]): number =>
  of.length === 0 ? 0 : of.filter((stem) => among(stem, within)).length / of.length;

/** How much of what the entry is about was spoken of; frame words count only when they were said. */
function closenessOf(subject: readonly string[], spoken: readonly string[]): number {
  const core = subject.filter((stem) => !frame.has(stem) || among(stem, spoken));
  return share(core, spoken);
}

/** What the clause of a value speaks of before it names the value. */
function clauseSubject(text: string, start: number, named: readonly SpokenValue[], depth = 1): string[] {
  const before = text.slice(0, start);
  const stops = [...before.matchAll(/[;!()\n]|[.,:?](?=\s)|\b(?:because|so|that|but|and)\b/g)];
  const last = stops.at(-1);
  const clause = before.slice(last === undefined ? 0 : last.index + last[0].length);
  const olds = named.flatMap(({ text: value }) => stems(value));
  const about = subjectOf(clause, []).filter((stem) => !adverbs.has(stem) && !olds.includes(stem));
  const core = about.filter((stem) => !frame.has(stem));
  if (about.length > 0) return core.length === 0 ? about : core;
  // "the owner changed, it's NEW": the pronoun stands for what was said before.
  const pronoun = /^\s*(?:it|that|this|they|those|we|and|now)\b/i.test(clause) && last !== undefined;
  return pronoun && depth > 0 ? clauseSubject(text, last.index, named, depth - 1) : [];
}

const adverbs = new Set(
  stems(
    'actually by since last week month year january february march april may june july august september october november ' +
      'december monday tuesday wednesday thursday friday summer winter spring autumn now today days move moved migration ' +
      'switched changed changed note notes memory docs file careful sorry fyi told team think mean here again there longer bump raise lower upgrade increase decrease got get become became off over once before past spring autumn info information true say says heads look looking any more anymore take takes',
  ),
);

function valuesOfKind(values: readonly SpokenValue[], kind: SpokenValue['kind']): SpokenValue[] {
  return values.filter((value) => value.kind === kind);
}

/** The value as it may be said: a measure with its unit or without. */
function spokenForms(said: string, value: SpokenValue): SpokenValue[] {
  if (value.kind === 'name') return occurrences(said, value.text, 'name');
  const number = escaped(value.number ?? value.text);
  const its = value.unit === undefined ? '' : `(?:[ -]?${escaped(value.unit)})?`;
  return [...said.matchAll(new RegExp(`(?<![\\w./-])${number}${its}(?![\\w]|[./]\\w)`, 'gi'))].map(
    (match) => ({
      ...value,
      start: match.index,
      end: match.index + match[0].length,
    }),
  );
}

/** Numbers of different things: a date for a port, a bare number for a version, time for bytes. */
function comparable(old: SpokenValue, now: SpokenValue): boolean {
  if (old.kind !== now.kind) return false;
  if (old.kind === 'name') return looks(old.text) === looks(now.text);
  if (old.unit === undefined) return now.unit === undefined;
  return now.unit === undefined || sortOf(old.unit) === sortOf(now.unit);
}

/** What stands for a name must look like one of its sort; only identifiers stand for one another. */
function looks(name: string): 'address' | 'word' {
  return /:\/\/|^[\w-]+(?:\.[\w-]+){2,}|\.[a-z]{2,}(?::\d+)?$|\/\w/i.test(name) ? 'address' : 'word';
}

function sortOf(unit: string): string {
  const lower = unit.toLowerCase();
  if (/^(?:ms|mil|s$|sec|min|h$|hr|hour|day|week|month|year)/.test(lower)) return 'time';
  if (/^[kmgt]?i?b$|^byte/.test(lower)) return 'size';
  if (lower.endsWith('hz')) return 'frequency';
  if (/^(?:%|percent)$/.test(lower)) return 'share';
  return /^(?:eur|usd|gbp|chf)$/.test(lower) || /^[A-Z]{3}$/.test(unit) ? 'money' : lower.replace(/s$/, '');
}

function written(entry: Entry, old: SpokenValue, now: SpokenValue): string {
  return spokenValues(entry.text)
    .filter(({ text }) => text === old.text)
    .reduceRight((text, value) => {
      const bare = value.unit !== undefined && now.unit === undefined;
      const end = bare ? value.start + (value.number ?? '').length : value.end;
      return text.slice(0, value.start) + now.text + text.slice(end);
    }, entry.text);
}

interface Said {
  readonly text: string;
  readonly values: readonly SpokenValue[];
  readonly spoken: readonly string[];
}

/** Reads what was said once, for all entries it is held against. */
export function readSaid(text: string): Said {
  return { text, values: spokenValues(text), spoken: [...new Set(stems(text))] };
}

/** The values said that the entry lacks and that could stand in the place of its own. */
function comers(said: Said, entry: Entry, old: SpokenValue): Map<string, SpokenValue[]> {
  const groups = new Map<string, SpokenValue[]>();
  const entryText = entry.text.toLowerCase();
  for (const value of valuesOfKind(said.values, old.kind)) {
    const key = value.text.toLowerCase();
    if (!comparable(old, value) || occurrences(entryText, key, value.kind).length > 0) continue;
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}

/** Whether the clauses that name the new value speak of the entry: of nothing else, perhaps, or not. */
function bearing(
  said: Said,
  subject: readonly string[],
  named: readonly SpokenValue[],
  now: readonly SpokenValue[],
): 'sure' | 'possible' | 'none' {
  const abouts = now.map(({ start }) => clauseSubject(said.text, start, named));
  if (abouts.some((about) => about.length > 0 && about.every((stem) => among(stem, subject)))) return 'sure';
  return abouts.some(
    (about) => about.every((stem) => frame.has(stem)) || share(about, subject) > mostOfClause,
  )
    ? 'possible'
    : 'none';
}

/** The value of an entry that a person replaced by the words said; undefined when they replaced none. */
export function replacedValue(entry: Entry, said: Said): Replaced | undefined {
  const own = spokenValues(entry.text).map((value) => ({ value, named: spokenForms(said.text, value) }));
  const found = own.flatMap(({ value: old, named }): Replaced[] => {
    const subject = subjectOf(
      entry.text,
      own.map(({ value }) => value).filter(({ text }) => text === old.text),
    );
    const closeness = closenessOf(subject, said.spoken);
    // Where a value is named it is the one that is meant; else there must be only one it can be.
    const alike = own.filter(({ value }) => value.kind === old.kind);
    if (named.length === 0 && alike.length !== 1) return [];
    if (closeness < (named.length > 0 ? spokenOf.named : spokenOf.unnamed)) return [];
    return [...comers(said, entry, old).values()].flatMap((now): Replaced[] => {
      const [first] = now;
      const about = bearing(said, subject, named, now);
      if (first === undefined || about === 'none' || (named.length === 0 && about !== 'sure')) return [];
      if (!replaces(marked(said.text, named, now), named.length > 0, about === 'sure')) return [];
      return [{ old: old.text, now: first.text, text: written(entry, old, first), closeness }];
    });
  });
  const outcomes = new Set(found.map(({ text }) => text));
  return outcomes.size === 1 && found[0]?.text !== entry.text ? found[0] : undefined;
}

/** Whether an entry says already what was said: it speaks of the same as closely, with the new value. */
export function confirmedBy(entry: Entry, said: Said, { now, closeness }: Replaced): boolean {
  const held = spokenValues(entry.text).filter(({ text }) => text.toLowerCase() === now.toLowerCase());
  return held.length > 0 && closenessOf(subjectOf(entry.text, held), said.spoken) >= closeness;
}
