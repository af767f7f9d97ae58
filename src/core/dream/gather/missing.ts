/** Calls into things that are not there, and what the tool suggested instead. */
import type { SignalOf } from '../signal.ts';
import { type Reading, quotesOf, textOf } from './reading.ts';
import { repositoryPath } from './repository-path.ts';

const absent =
  /[^<>\n]*\b(?:file does not exist|path does not exist|directory does not exist|no such file or directory|cannot access|file not found|enoent|does not exist)\b[^<>\n]*/i;
/** Longer than this, a quote is not read. */
const longestQuote = 300;
const suggested =
  /did you mean(?: this| one of these)?\s*[:?]?\s*["'`]?(?:npm run )?([\w@.][\w@:./-]*[\w/])/i;
const absentCommand =
  /^.*\b(?:missing script: ["']?([\w:.-]+)["']?|unknown (?:command|task|target|recipe):? ["'`]?([\w:.-]+)["'`]?|no rule to make target ["'`]([^"'`]+)["'`]|command ["'`]([\w:.-]+)["'`] not found|no task ["'`]?([\w:.-]+)["'`]? found|don't know how to build task ["'`]([\w:.-]+)["'`]|no such (?:sub)?command: ["'`]([\w:.-]+)["'`]|task ["'`]([\w:.-]+)["'`] (?:not found|could not be found)|justfile does not contain recipe ["'`]([\w:.-]+)["'`]).*$/im;

/** Lines without those that are data: no tool says what is missing in so many words. */
const readable = (output: string): string =>
  output
    .split('\n')
    .filter((line) => line.length <= longestLine)
    .join('\n');
const longestLine = 1_000;

/** The suggestion proves the correction, so it is quoted with what it answers. */
function withHint(output: string, words: string, hint: RegExpExecArray | null): string {
  const from = output.indexOf(words);
  const to = hint === null ? 0 : hint.index + hint[0].length;
  const near = to > from + words.length && to - from <= longestQuote;
  return near ? output.slice(from, to) : words;
}

export function gatherMissing(reading: Reading): Omit<SignalOf<'missing'>, 'id' | 'session'>[] {
  return reading.calls.flatMap(({ call, result }) => {
    if (result === undefined || result.ok === true) return [];
    const output = readable(textOf(result));
    const path = call.tool?.path;
    const line = absent.exec(output)?.[0].trim();
    const command = absentCommand.exec(output);
    const name =
      path !== undefined && line !== undefined
        ? repositoryPath(reading.session.cwd, path)
        : command?.slice(1).find(Boolean);
    const words = line ?? command?.[0].trim();
    if (name === undefined || words === undefined || name === '.') return [];
    const hint = suggested.exec(output);
    const quotes = quotesOf(reading.session, [[result, withHint(output, words, hint)]]);
    if (quotes.length === 0) return [];
    const suggestion = hint?.[1];
    return [
      {
        kind: 'missing' as const,
        quotes,
        ...(call.at === undefined ? {} : { at: call.at }),
        name,
        ...(suggestion === undefined ? {} : { suggestion }),
      },
    ];
  });
}
