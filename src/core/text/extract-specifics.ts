/** The parts of a text that must not change when it is reworded: numbers, names, paths, commands, negations. */
import { withoutMarkup } from './markup.ts';
import { negated } from './negations.ts';
import type { Specific, SpecificRule } from './specific-rules.ts';
import { specificRules } from './specific-rules.ts';

export type { Specific };

const fence = /^[ \t]*(`{3,}|~{3,})[^\n]*\n([\s\S]*?)(?:^[ \t]*\1[`~]*[ \t]*$|$(?![\s\S]))/gm;
/** Closed by as many backticks as opened it; spans longer than this are none, so that rows of backticks cost no time. */
const codeSpan = /(?<!`)(`{1,20})(?!`)([\s\S]{1,1000}?)(?<!`)\1(?!`)/g;
// What stands where something was taken out: no letter, so that nothing grows together.
const gap = ' ¤ ';

/**
 * Code spans, fence lines, flags, variables, identifiers, proper names inside sentences, tools, paths, URLs, versions,
 * dates, numbers with units, and negations. Each once, except negations, which are listed as often as they stand there.
 */
export function specifics(text: string): Specific[] {
  const found: Specific[] = [];
  let prose = text.replace(fence, (_match, _marks: string, body: string) => {
    for (const line of body.split('\n'))
      if (line.trim() !== '') found.push({ kind: 'command', value: fold(line) });
    return gap;
  });
  prose = withoutMarkup(prose, true).replace(codeSpan, (_match, _ticks: string, span: string) => {
    if (fold(span) !== '') found.push({ kind: kindOfCode(fold(span)), value: fold(span) });
    return gap;
  });
  for (const rule of specificRules) prose = taken(prose, rule, found);
  return [
    ...withoutRepeats(found),
    ...negated(text).map(({ negation }): Specific => ({ kind: 'negation', value: negation })),
  ];
}

/** Whether a text, whose specifics are given, holds a value: the same specific, or its words bounded as in the text. */
export function names(text: string, itsSpecifics: readonly Specific[], { kind, value }: Specific): boolean {
  const wanted = value.toLowerCase();
  if (itsSpecifics.some((each) => each.kind !== 'negation' && each.value.toLowerCase() === wanted))
    return true;
  if (kind === 'number' || kind === 'date') return false;
  return occurs(fold(text).toLowerCase(), wanted);
}

function occurs(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
    const before = text.slice(0, at);
    const after = text.slice(at + value.length);
    if (!/[\p{L}\p{N}_-]$/u.test(before) && !/^(?:[\p{L}\p{N}_-]|[.:/](?=[\p{L}\p{N}]))/u.test(after))
      return true;
  }
  return false;
}

function taken(prose: string, rule: SpecificRule, found: Specific[]): string {
  let result = '';
  let from = 0;
  for (const match of prose.matchAll(rule.pattern)) {
    const value = rule.value === undefined ? match[0] : rule.value(match);
    if (value === undefined || value === '') continue;
    found.push({ kind: rule.kind, value });
    result += prose.slice(from, match.index) + gap;
    from = match.index + match[0].length;
  }
  return result + prose.slice(from);
}

function kindOfCode(span: string): Specific['kind'] {
  if (/^[a-z][a-z0-9+.-]+:\/\/\S+$/i.test(span)) return 'url';
  if (/\s/.test(span)) return 'command';
  if (/^[~^<>=]*v?\d+(?:\.(?:\d+|x|\*))+(?:[-+][\w.]+)?$/i.test(span)) return 'version';
  if (/^\d+$/.test(span)) return 'number';
  if (/^(?!--?\w|@)[^\s(){}"']*(?:\/|^\.[a-z])[^\s()"']*$|^[\w.*-]+\.[a-z]{1,5}$/i.test(span)) return 'path';
  return 'name';
}

/** The list with each kind and value once. */
export function withoutRepeats(list: readonly Specific[]): Specific[] {
  return [...new Map(list.map((each) => [`${each.kind}\n${each.value}`, each])).values()];
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
