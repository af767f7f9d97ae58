/** The values a text names, where they stand: what one value can take the place of another in. */
import { literally } from '../../text/literally.ts';
import { remembered } from '../../text/remembered.ts';
import { specifics } from '../../text/specifics.ts';
import { isTool } from '../../text/tool-names.ts';
import { stopWords } from '../../text/word-lists.ts';

export interface SpokenValue {
  /** As written, without marks of code; a measure with its unit. */
  readonly text: string;
  readonly kind: 'measure' | 'name' | 'moment';
  /** For measures: the number alone. */
  readonly number?: string;
  readonly unit?: string;
  /** Offsets of `text`, exclusive at the end. */
  readonly start: number;
  readonly end: number;
}

const unit = String.raw`(?:ms|milliseconds?|s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?|weeks?|months?|years?|%|percent|°C?|[kmgt]i?b|bytes?|[kmg]?hz|px|lines?|chars?|characters?|tokens?|times?|retries|workers?|threads?|cores?|replicas?|nodes?|approvals?|reviewers?|people|points?|eur|usd|gbp|chf|czk|dkk|sek|nok|pln|jpy|inr|cad|aud)`;
const spelled = 'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve';

const clock = String.raw`\d{1,2}:\d{2}(?: ?[ap]m)?|\d{1,2} ?[ap]m|noon|midnight`;
const weekday = '(?:mon|tues|wednes|thurs|fri|satur|sun)days?';

const shapes: readonly (readonly [kind: SpokenValue['kind'], pattern: RegExp])[] = [
  ['name', /(?<=`)[^`\n]+(?=`)/g],
  ['name', /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s<>()`"'\],;]*[^\s<>()`"'\],;.:!?]/gi],
  ['name', /(?<![\w@/.-])(?:@[\w.-]+\/)?(?:[\w~.-]*\/)+[\w*.-]*\w/g],
  ['name', /(?<![\w@/.-])[a-z0-9][\w-]*(?:\.[\w-]*[a-z][\w-]*)+(?::\d+)?(?![\w-])/gi],
  ['name', /(?<![\w/])[#@][a-z][\w-]+/gi],
  [
    'name',
    /(?<![\w./@-])\p{Lu}[\p{L}\p{N}]*(?:-\p{Lu}[\p{L}\p{N}]*)+(?:-\d[\w.]*)?(?: V\d[\w.]*)?(?![\w@]|[./-]\w)/gu,
  ],
  [
    'moment',
    new RegExp(
      String.raw`\b${weekday}(?:,? (?:at )?(?:${clock}))?(?!\w)|(?<![\w:.])(?:${clock})(?![\w:])`,
      'gi',
    ),
  ],
  ['measure', /\b0x[0-9a-f]+\b/gi],
  [
    'measure',
    new RegExp(
      String.raw`(?<![\w./-])[$€£]?v?\d+(?:[.,]\d+)*(?:\.x)?(?:[ -]?${unit}(?! (?:ago|earlier|back)))?(?![\w%/])|\b(?:${spelled})[ -]${unit}(?!\w)`,
      'gi',
    ),
  ],
];

const calendar =
  /^(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?|spring|summer|autumn|fall|winter)$/i;
/** Where memory itself is named, and words that only look like names. */
const noValue =
  /^(?:(?:claude|agents|gemini|memory|readme)(?:\.local)?(?:\.md)?|i|ok|fyi|btw|pr|prs|ci|careful|sorry|actually|note|notes|docs|hm+|no|nope|wrong|yes|imo|asap|todo|not|now|false|true|incorrect|correction|nah|yeah|hey|look|uh|ah|oh|stop|wait|careful|mate)$/i;
/** "since 2024", "the last 2 weeks": when, not what. */
const whenBefore = /\b(?:since|until|last|past|in the|year|for the last|#|pr|issue|ticket)\s*$/i;
const time = /\b(?:days?|weeks?|months?|years?|hours?|minutes?|seconds?)$/i;

function isValue(text: string, before: string, after: string): boolean {
  if (noValue.test(text) || calendar.test(text)) return false;
  if (/^\s+(?:ago|earlier|back)\b/i.test(after)) return false;
  if (!/^\d|^(?:two|three|four|five|six)/i.test(text)) return true;
  const dated = /^(?:19|20)\d\d$/.test(text) && /\b(?:in|since|until|of|from|before|after)\s*$/i.test(before);
  return !dated && !(whenBefore.test(before) && (time.test(text) || /^(?:19|20)\d\d$/.test(text)));
}

function valueAt(kind: SpokenValue['kind'], text: string, start: number): SpokenValue {
  const measure = new RegExp(`^(.*?)[ -]?(${unit})$`, 'i').exec(text);
  if (kind === 'moment') return { text, kind, start, end: start + text.length };
  const numeric = kind === 'measure' || /^v?\d+(?:\.\d+)*$/.test(text);
  const base = { text, start, end: start + text.length };
  if (!numeric) return { ...base, kind: 'name' };
  const [, number = text, its] = measure ?? [];
  return { ...base, kind: 'measure', number, ...(its === undefined ? {} : { unit: its }) };
}

/** Capitalised or known names, wherever they stand in what is left of a text. */
function namesIn(rest: string): SpokenValue[] {
  const known = specifics(rest)
    .filter(({ kind }) => kind === 'name' || kind === 'path')
    .map(({ value }) => value);
  const leading = [
    ...rest.matchAll(
      /(?:^|[.!?;:=→>,\n]\s*)(\p{Lu}[\p{L}\p{N}-]+)(?=\s+(?:is|has|was|took|replaced|does|doesn|isn|now|instead)\b|\s*[,.;!(]|\s*$)/gmu,
    ),
  ]
    .map((match) => match[1] ?? '')
    .filter((name) => !stopWords.has(name.toLowerCase()));
  const tools = [...rest.matchAll(/(?<![\w./@-])[a-z][\w-]+(?![\w@]|[./-]\w)/g)]
    .map(([word]) => word)
    .filter(isTool);
  return [...new Set([...known, ...leading, ...tools])].flatMap((name) => occurrences(rest, name, 'name'));
}

/** "moved to date-fns": what stands there is a name, however it is written. */
function changedNames(rest: string): SpokenValue[] {
  const pattern =
    /\b(?:switch|mov|migrat|chang|replac|swapp|renam)ed\b[^.!?;,\n]*?\b(?:to|with|by|for) (?:the |a |an )?([a-z]\w*(?:[-.]\w+)+)/g;
  return [...rest.matchAll(pattern)].map((match): SpokenValue => {
    const text = match[1] ?? '';
    const end = match.index + match[0].length;
    return { text, kind: 'name', start: end - text.length, end };
  });
}

/** Where a value stands as a whole, whatever its case. */
export function occurrences(text: string, value: string, kind: SpokenValue['kind']): SpokenValue[] {
  const pattern = new RegExp(`(?<![\\w./@-])${literally(value)}(?![\\w@]|[./-]\\w)`, 'giu');
  return [...text.matchAll(pattern)].map((match) => valueAt(kind, match[0], match.index));
}

/** "GitHub Actions" is one name. */
function joined(values: readonly SpokenValue[], text: string): SpokenValue[] {
  const result: SpokenValue[] = [];
  for (const value of values) {
    if (value.start < (result.at(-1)?.end ?? 0)) continue;
    const proper = value.kind === 'name' && /^\p{Lu}/u.test(value.text);
    const rest = proper ? (/^(?: \p{Lu}[\p{L}\p{N}-]*)+/u.exec(text.slice(value.end))?.[0] ?? '') : '';
    result.push({ ...value, text: value.text + rest, end: value.end + rest.length });
  }
  return result;
}

/** Every value of a text in order, none within another. */
export const spokenValues = remembered(findValues);

function findValues(text: string): readonly SpokenValue[] {
  const found: SpokenValue[] = [];
  let rest = text;
  const take = (value: SpokenValue): void => {
    if (rest.slice(value.start, value.end) !== value.text) return;
    rest = rest.slice(0, value.start) + '\u0000'.repeat(value.text.length) + rest.slice(value.end);
    if (isValue(value.text, text.slice(0, value.start), text.slice(value.end))) found.push(value);
  };
  for (const [kind, pattern] of shapes)
    for (const match of rest.matchAll(pattern)) {
      // Between two spans of code stands no code.
      const inside = (text.slice(0, match.index).split('`').length - 1) % 2 === 1;
      if (pattern !== shapes[0]?.[1] || inside) take(valueAt(kind, match[0], match.index));
    }
  for (const value of namesIn(rest.replaceAll('\u0000', '¤'))) take(value);
  for (const value of changedNames(rest)) take(value);
  return joined(
    found.sort((a, b) => a.start - b.start),
    text,
  );
}

/** Names that mean one thing wherever they stand: identifiers, addresses, proper names and tools. */
export function isDistinctive(name: string): boolean {
  return /\p{L}{2}/u.test(name) && (/[-_./:@ ]|\p{Ll}\p{Lu}|^\p{Lu}/u.test(name) || isTool(name));
}

/** A value as it may be said: a measure with its unit or without. */
export function spokenForms(said: string, value: SpokenValue): SpokenValue[] {
  if (value.kind !== 'measure') return occurrences(said, value.text, value.kind);
  const number = literally(value.number ?? value.text);
  const its = value.unit === undefined ? '' : `(?:[ -]?${literally(value.unit)})?`;
  const pattern = new RegExp(`(?<![\\w./-])${number}${its}(?![\\w]|[./]\\w)`, 'gi');
  return [...said.matchAll(pattern)].map((match) => ({
    ...value,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Whether one value could stand where the other does: no date for a port, no bare number for a version, no time for bytes. */
export function comparable(value: SpokenValue, other: SpokenValue): boolean {
  if (value.kind !== other.kind) return false;
  if (value.kind === 'moment') return true;
  if (value.kind === 'name') return isAddress(value.text) === isAddress(other.text);
  if (value.unit === undefined) return other.unit === undefined;
  return other.unit === undefined || sortOf(value.unit) === sortOf(other.unit);
}

const isAddress = (name: string): boolean =>
  /:\/\/|^[\w-]+(?:\.[\w-]+){2,}|\.[a-z]{2,}(?::\d+)?$|\/\w/i.test(name);

function sortOf(its: string): string {
  const lower = its.toLowerCase();
  if (/^(?:ms|mil|s$|sec|min|h$|hr|hour|day|week|month|year)/.test(lower)) return 'time';
  if (/^[kmgt]?i?b$|^byte/.test(lower)) return 'size';
  if (lower.endsWith('hz')) return 'frequency';
  if (/^(?:%|percent)$/.test(lower)) return 'share';
  return /^(?:eur|usd|gbp|chf)$/.test(lower) || /^[A-Z]{3}$/.test(its) ? 'money' : lower.replace(/s$/, '');
}
