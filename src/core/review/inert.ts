/**
 * Foreign text on GitHub, without its powers: transcripts, memory and models may say anything, and none of it may
 * mention, close, link, embed, tick or pretend to be ours. The text still reads the same: words that GitHub would act on
 * become code spans (no filter looks into those), all other Markdown is escaped.
 */
import { visible } from './visible.ts';

const powers: readonly RegExp[] = [
  /@/, // mentions, e-mail addresses, owner/repo@sha
  /#\d/, // #1, owner/repo#1
  /(?<![0-9a-z])gh-\d/i, // GH-1
  /(?:ghsa|cve)-/i, // advisories
  /:\/\//, // URLs of any scheme
  /www\.|mailto:|xmpp:/i, // what GFM links without a scheme
  /(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/i, // SHAs
  /:[\w+-]+:/, // emoji codes
  /\$/, // math
];

const hasPower = (text: string): boolean => powers.some((power) => power.test(text));

/** Punctuation around a word that reads better outside its code span. No backtick and no backslash: they would join it. */
const wrapped = /^([("'[{<*_~]*)(.*?)([)"'\]}>*_~.,;:!?]*)$/s;

function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

const escaped = (text: string): string =>
  text.replace(/[\\`*_[\]<>|~]/g, '\\$&').replace(/&(?=[#\w])/g, '\\&');

function disarmed(run: string): string {
  if (!hasPower(run)) return escaped(run);
  const [, before = '', core = '', after = ''] = wrapped.exec(run) ?? [];
  // The trimmed punctuation may be what gives the power (`:tada:`), or have one of its own with what follows.
  const trims = core !== '' && !hasPower(before) && !hasPower(after) && !run.includes('`') && hasPower(core);
  return trims && codeKeeps(core, after)
    ? `${escaped(before)}${codeSpan(core)}${escaped(after)}`
    : codeSpan(run);
}

/** An emoji code or a URL that loses its last character must not become another word. */
const codeKeeps = (core: string, after: string): boolean => !(after.startsWith(':') && core.includes(':'));

/** What would begin a heading, list, quote, table or underline at the start of a line. */
const blockStart = /^(?:[#+\-=:]|\d{1,9}(?=[.)]))/;

function startEscaped(line: string): string {
  if (!blockStart.test(line)) return line;
  return /^\d/.test(line) ? line.replace(/^\d+/, '$&\\') : `\\${line}`;
}

/** Code spans of the text itself; memory is full of them. Two ticks or an odd one are only characters. */
const ownCode = /(?<!`)`(?!`)\s*([^`]*[^`\s])\s*`(?!`)/g;

const disarmedRuns = (text: string): string => text.replace(/[!-~]+/g, disarmed);

function withOwnCode(line: string): string {
  let result = '';
  let from = 0;
  for (const match of line.matchAll(ownCode)) {
    const before = disarmedRuns(line.slice(from, match.index));
    const joins = result.endsWith('`') && before === '';
    // Two code spans that touch would be one: then the ticks are only characters.
    if (joins || before.endsWith('`')) return disarmedRuns(line);
    result += before + codeSpan(match[1] ?? '');
    from = match.index + match[0].length;
  }
  const after = disarmedRuns(line.slice(from));
  return result.endsWith('`') && after.startsWith('`') ? disarmedRuns(line) : result + after;
}

/**
 * One line of Markdown that reads as `text` and does nothing; code spans of the text stay code spans.
 * White space is folded to single spaces, characters that cannot be seen are written out.
 */
export function inert(text: string): string {
  const line = visible(text).replace(/\s+/gu, ' ').trim();
  return startEscaped(withOwnCode(line));
}

/** Code, whatever the text: for paths, ids and commands. */
export function inlineCode(text: string): string {
  const line = visible(text).replace(/\s+/gu, ' ').trim();
  return line === '' ? '' : codeSpan(line);
}

/** `inert` for text of several lines: a quote block that keeps the line breaks. Each line starts with `>`. */
export function inertBlock(text: string): string {
  const lines = visible(text).trim().split('\n').map(inert);
  return lines
    .map((line, index) => {
      if (line === '') return '>';
      const next = lines[index + 1];
      return next === undefined || next === '' ? `> ${line}` : `> ${line}\\`;
    })
    .join('\n');
}

/** A code fence that its content cannot close. `language` is ours. */
export function fenced(text: string, language: string): string {
  const content = visible(text);
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${content}\n${fence}`;
}
