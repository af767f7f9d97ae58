/** What people tell a dream in comments: `/dream drop 2`. Only the beginning of a comment is read (DESIGN section 9). */

export const commandVerbs = [
  'now',
  'drop',
  'restore',
  'revise',
  'explain',
  'retry',
  'pause',
  'resume',
  'manual',
  'forget',
  'help',
] as const;
export type CommandVerb = (typeof commandVerbs)[number];

export type Command =
  | { readonly verb: 'now' | 'retry' | 'resume' | 'manual' | 'help' }
  | { readonly verb: 'drop' | 'restore'; readonly numbers: readonly number[]; readonly reason?: string }
  /** `text` is what to say instead: for certain when it is `verbatim`, else it may be words for a dreamer with a model. */
  | { readonly verb: 'revise'; readonly number: number; readonly text: string; readonly verbatim?: true }
  /** `question` is for a dreamer with a model. */
  | { readonly verb: 'explain'; readonly number: number; readonly question?: string }
  /** `until` is a day, `2026-12-24`; without it, until somebody resumes. */
  | { readonly verb: 'pause'; readonly until?: string }
  | { readonly verb: 'forget'; readonly what: string };

/** `mistake` is a sentence that says what would have been right; it holds nothing that the comment said. */
export type ParsedCommand = { readonly command: Command } | { readonly mistake: string };

const opening = /^[ \t]{0,3}\/dream\b[ \t]*([^\r\n]*)(?:\r?\n([\s\S]*))?$/i;
/** A comment is 65,536 characters at most; more proposals than this no dream has. */
const mostNumbers = 100;
const numberList =
  /^(?:#?\d{1,4}(?:\s*[-–]\s*#?\d{1,4})?(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+(?=#?\d)|(?=$|\s|:)))+/i;

/**
 * @param on the proposal whose lines a review comment stands on: then it need not be named.
 * @returns undefined for a comment that is none of our business.
 */
export function parseCommand(comment: string, on?: number): ParsedCommand | undefined {
  const found = opening.exec(comment.replace(/^\uFEFF/, ''));
  if (found === null) return undefined;
  const [, line = '', below = ''] = found;
  const [, word = '', rest = ''] = /^(\S*?):?(?:\s+([\s\S]*))?$/.exec(line.trim()) ?? [];
  const verb = commandVerbs.find((each) => each === word.toLowerCase());
  if (word === '') return { command: { verb: 'help' } };
  if (verb === undefined) return { mistake: `There is no such command. ${usage}` };
  return parsed(verb, rest.trim(), below.trim(), on);
}

const usage = 'Say one of: now, drop, restore, revise, explain, retry, pause, resume, manual, forget, help.';

function parsed(verb: CommandVerb, rest: string, below: string, on: number | undefined): ParsedCommand {
  switch (verb) {
    case 'now':
    case 'retry':
    case 'resume':
    case 'manual':
    case 'help':
      return { command: { verb } };
    case 'pause':
      return pause(rest);
    case 'forget':
      return forget(rest, below);
    case 'explain':
      return explain(rest, below, on);
    case 'drop':
    case 'restore':
      return choose(verb, rest, below, on);
    case 'revise':
      return revise(rest, below, on);
  }
}

function choose(
  verb: 'drop' | 'restore',
  rest: string,
  below: string,
  on: number | undefined,
): ParsedCommand {
  const { numbers, after } = leadingNumbers(rest, on);
  if (numbers.length === 0)
    return { mistake: `Name the proposals: \`/dream ${verb} 2\` or \`/dream ${verb} 2, 4-6\`.` };
  const reason = [after.replace(/^[:,;—–-]*\s*(?:because\s+)?/i, ''), below]
    .filter((part) => part !== '')
    .join('\n');
  return { command: reason === '' ? { verb, numbers } : { verb, numbers, reason } };
}

function explain(rest: string, below: string, on: number | undefined): ParsedCommand {
  const { numbers, after } = leadingNumbers(rest, on);
  const [number, ...more] = numbers;
  if (number === undefined || more.length > 0) return { mistake: 'Name one proposal: `/dream explain 2`.' };
  const question = [after.replace(/^[:,]?\s*/, ''), below].filter((part) => part !== '').join('\n');
  return { command: { verb: 'explain', number, ...(question === '' ? {} : { question }) } };
}

function revise(rest: string, below: string, on: number | undefined): ParsedCommand {
  const { numbers, after } = leadingNumbers(rest, on);
  const [number, ...more] = numbers;
  const words = [after.replace(/^:?\s*/, ''), below].filter((part) => part !== '').join('\n');
  if (number === undefined || more.length > 0 || words === '')
    return { mistake: 'Name one proposal and what it shall say: `/dream revise 2: Use pnpm, never npm.`' };
  const text = replacementIn(words);
  return {
    command: { verb: 'revise', number, ...(text === undefined ? { text: words } : { text, verbatim: true }) },
  };
}

const fencedWhole = /^[ \t]*(`{3,}|~{3,})[^\n]*\n([\s\S]*?)\n?[ \t]*\1[ \t]*$/;
const quotedWhole = /^(?:"([^"]+)"|“([^”]+)”)$/;

/** A suggested change, and what is wholly in a fence or in quotation marks, is the text itself. */
function replacementIn(words: string): string | undefined {
  const whole = words.trim();
  const [, double, curly] = quotedWhole.exec(whole) ?? [];
  return suggested(words) ?? fencedWhole.exec(whole)?.[2] ?? double ?? curly;
}

/** GitHub's suggested change: the fence holds the new text. */
export function suggested(text: string): string | undefined {
  const open = /^[ \t]*(`{3,}|~{3,})suggestion[^\n]*(?:\n|$)/m.exec(text);
  if (open === null) return undefined;
  const lines = text.slice(open.index + open[0].length).split('\n');
  const fence = open[1] ?? '```';
  const close = lines.findIndex((line) => line.trim().startsWith(fence) && /^[`~]+$/.test(line.trim()));
  return close === -1 ? undefined : lines.slice(0, close).join('\n');
}

function pause(rest: string): ParsedCommand {
  if (rest === '') return { command: { verb: 'pause' } };
  const day = /^until\s+(\d{4}-\d\d-\d\d)$/i.exec(rest)?.[1];
  return day === undefined || Number.isNaN(Date.parse(`${day}T00:00:00Z`))
    ? { mistake: 'Say `/dream pause`, or `/dream pause until 2026-12-24`.' }
    : { command: { verb: 'pause', until: day } };
}

function forget(rest: string, below: string): ParsedCommand {
  const what = [rest, below]
    .filter((part) => part !== '')
    .join('\n')
    .replace(/^(["'`])([\s\S]*)\1$/, '$2');
  return what.trim() === ''
    ? {
        mistake: 'Name a session or quote the text: `/dream forget 63e734d0` or `/dream forget "the words"`.',
      }
    : { command: { verb: 'forget', what } };
}

/** "2, 4-6 and 8: words" → 2, 4, 5, 6, 8 and "words". Nothing is chosen when a range is senseless. */
function leadingNumbers(text: string, on: number | undefined): { numbers: readonly number[]; after: string } {
  const list = numberList.exec(text)?.[0] ?? '';
  const numbers = new Set<number>();
  for (const [, from = '', to = from] of list.matchAll(/(\d+)(?:\s*[-–]\s*#?(\d+))?/g)) {
    const [first, last] = [Number(from), Number(to)];
    if (first < 1 || last < first || last - first >= mostNumbers) return { numbers: [], after: text };
    for (let number = first; number <= last; number += 1) numbers.add(number);
  }
  if (numbers.size > mostNumbers) return { numbers: [], after: text };
  const chosen = numbers.size === 0 && on !== undefined ? [on] : [...numbers].sort((a, b) => a - b);
  return { numbers: chosen, after: text.slice(list.length).trim() };
}
