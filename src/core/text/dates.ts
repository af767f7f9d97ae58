/** Dates that are true only on the day they were written, and how to make them last. */

export interface RelativeDate {
  readonly phrase: string;
  /** UTF-16 offset into the text. */
  readonly offset: number;
}

type Unit = 'day' | 'week' | 'month' | 'year';
interface Moment {
  readonly unit: Unit;
  /** The day, or the first day of the week, month or year, as days since 1970-01-01. */
  readonly day: number;
}

const numberWords: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
};
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const dayOffsets: Readonly<Record<string, number>> = {
  'the day before yesterday': -2,
  'the day after tomorrow': 2,
  yesterday: -1,
  today: 0,
  tonight: 0,
  tomorrow: 1,
  'last night': -1,
};

const phrasePattern = new RegExp(
  String.raw`\b(?:the day before yesterday|the day after tomorrow|(?:yesterday|tomorrow)(?: (?:morning|afternoon|evening|night))?` +
    String.raw`|today|tonight|last night|this (?:morning|afternoon|evening|week|month|year)` +
    String.raw`|(?:last|next) (?:week|month|year|${weekdays.join('|')})` +
    String.raw`|(?:\d{1,3}|${Object.keys(numberWords).join('|')}) (?:day|week|month|year)s? ago)\b(?!['’\w-])`,
  'giu',
);
const code = /(`+)[^`]*\1|^[ \t]*(```|~~~)[\s\S]*?(?:^[ \t]*\2|$(?![\s\S]))|https?:\/\/\S+/gm;
/** "the last week of a sprint", "more than two days ago": no certain day is meant. */
const generalBefore = /(?:\b(?:the|a|each|every|any|than|least|most|until|by|if|when|for) |["“'‘(]\s*)$/i;
const generalAfter = /^(?:\s+(?:of|in a|or)\b|["”])/i;
/** "today" in a rule is every day; beside something that happened, it is the day of writing. */
const happened =
  /\b(?:was|were|did|decided|since|as of|we've|has been|broke|went|made|began|\p{L}{3,}ed)\b/iu;

/** Phrases such as "yesterday" or "two weeks ago" that a date of writing makes absolute; not in code, not in general rules. */
export function relativeDates(text: string): RelativeDate[] {
  const masked = text.replace(code, (match) => ' '.repeat(match.length));
  const found: RelativeDate[] = [];
  for (const match of masked.matchAll(phrasePattern)) {
    const phrase = match[0];
    const before = masked.slice(Math.max(0, match.index - 40), match.index);
    const after = masked.slice(match.index + phrase.length, match.index + phrase.length + 40);
    if (generalBefore.test(before) || generalAfter.test(after)) continue;
    if (isVague(phrase) && !happened.test(sentenceAround(masked, match.index))) continue;
    found.push({ phrase, offset: match.index });
  }
  return found;
}

/**
 * @param at ISO 8601, the time of writing
 * @param zone IANA time zone of the writer
 * @returns `2026-02-08`; for a week its Monday, for a month `2026-01`, for a year `2025`. Undefined when the phrase is
 * not relative or `at` is no time.
 */
export function absoluteDate(phrase: string, at: string, zone = 'UTC'): string | undefined {
  const moment = momentOf(phrase, at, zone);
  return moment === undefined ? undefined : format(moment);
}

/** Rewrites every phrase that `relativeDates` finds: "yesterday" → "on 2026-02-08", "last week" → "in the week of 2026-02-02". */
export function absoluteDates(text: string, at: string, zone = 'UTC'): string {
  let result = '';
  let from = 0;
  for (const { phrase, offset } of relativeDates(text)) {
    const moment = momentOf(phrase, at, zone);
    if (moment === undefined) continue;
    const before = text.slice(from, offset);
    result += before + worded(moment, text.slice(0, offset), phrase);
    from = offset + phrase.length;
  }
  return result + text.slice(from);
}

function worded(moment: Moment, before: string, phrase: string): string {
  const name = moment.unit === 'week' ? `the week of ${format(moment)}` : format(moment);
  // "since yesterday" has its preposition already.
  if (/\b(?:since|from|before|after|on|in|of|as of|between|and|to)\s+$/i.test(before.slice(-20))) return name;
  const preposition = moment.unit === 'day' ? 'on' : 'in';
  const capital = /^\p{Lu}/u.test(phrase);
  return `${capital ? (preposition[0] ?? '').toUpperCase() + preposition.slice(1) : preposition} ${name}`;
}

function isVague(phrase: string): boolean {
  return /^(?:today|tonight|tomorrow|this|next)/i.test(phrase);
}

function sentenceAround(text: string, offset: number): string {
  const from = Math.max(text.lastIndexOf('. ', offset), text.lastIndexOf('\n\n', offset), offset - 300, 0);
  const ends = [text.indexOf('. ', offset), text.indexOf('\n\n', offset)].filter((end) => end !== -1);
  return text.slice(from, Math.min(offset + 300, ...ends));
}

function momentOf(phrase: string, at: string, zone: string): Moment | undefined {
  const today = dayIn(at, zone);
  if (today === undefined) return undefined;
  const words = phrase.toLowerCase().replace(/\s+/g, ' ').trim();
  const days = dayOffsets[words] ?? dayOffsets[words.replace(/ (?:morning|afternoon|evening|night)$/, '')];
  if (days !== undefined) return { unit: 'day', day: today + days };
  if (/^this (?:morning|afternoon|evening)$/.test(words)) return { unit: 'day', day: today };
  const ago = /^(\d{1,3}|[a-z]+) (day|week|month|year)s? ago$/.exec(words);
  if (ago !== null) {
    const count = numberWords[ago[1] ?? ''] ?? Number(ago[1]);
    return Number.isNaN(count) ? undefined : shifted(today, unitNamed(ago[2]), -count);
  }
  const [which, what = ''] = words.split(' ');
  const direction = which === 'last' ? -1 : which === 'next' ? 1 : which === 'this' ? 0 : undefined;
  if (direction === undefined) return undefined;
  const weekday = weekdays.indexOf(what);
  if (weekday !== -1)
    return direction === 0 ? undefined : { unit: 'day', day: towards(today, weekday, direction) };
  return /^(?:week|month|year)$/.test(what) ? shifted(today, unitNamed(what), direction) : undefined;
}

function unitNamed(name: string | undefined): Unit {
  return name === 'week' || name === 'month' || name === 'year' ? name : 'day';
}

function shifted(today: number, unit: Unit, count: number): Moment {
  if (unit === 'day') return { unit, day: today + count };
  if (unit === 'week') return { unit, day: today - ((weekdayOf(today) + 6) % 7) + 7 * count };
  const date = new Date(today * 86_400_000);
  const year = date.getUTCFullYear() + (unit === 'year' ? count : 0);
  const month = unit === 'year' ? 0 : date.getUTCMonth() + count;
  return { unit, day: Date.UTC(year, month, 1) / 86_400_000 };
}

function towards(today: number, weekday: number, direction: number): number {
  const distance = (direction * (weekday - weekdayOf(today)) + 7) % 7 || 7;
  return today + direction * distance;
}

/** 0 is Sunday. 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

function dayIn(at: string, zone: string): number | undefined {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return undefined;
  // A fixed locale: only the numbers of the calendar day are taken from it.
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(time);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day')) / 86_400_000;
}

function format({ unit, day }: Moment): string {
  const iso = new Date(day * 86_400_000).toISOString();
  return iso.slice(0, unit === 'month' ? 7 : unit === 'year' ? 4 : 10);
}
