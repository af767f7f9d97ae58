/** What a linter's finding says, and the edit that made it go away, in words for memory. */
import type { Quote } from '../../../core/dream/evidence.ts';
import { type Failure, mostCommon } from './failure-clusters.ts';

function plainTemplate(template: string): string {
  return template
    .replace(/“…”/g, '…')
    .replace(/<n>/g, 'N')
    .replace(/<path>/g, '…')
    .replace(/<[a-z]+>/g, '…')
    .replace(/\s+/g, ' ')
    .slice(0, 160);
}

/** Silences the linter instead of doing what it asks. */
const suppression =
  /nolint|eslint-disable|biome-ignore|noqa|type:\s*ignore|@ts-(?:ignore|expect-error)|pylint:|rubocop:disable|#\[allow|shellcheck disable|NOSONAR/i;
const comment = /^(?:\/\/|#|\/\*|\*|--|<!--)/;

/** A line and what it became can be told as a fix when it still is the same line, done better. */
function isTellable(before: string, after: string): boolean {
  if (suppression.test(after) || comment.test(after) || `${before}${after}`.includes('`')) return false;
  const names = (line: string): Set<string> => new Set(line.match(/[A-Za-z_]\w+/g) ?? []);
  const known = names(before);
  return [...names(after)].some((name) => known.has(name)) && before.length + after.length <= 200;
}

export interface ToldFix {
  /** "`before` became `after`" */
  readonly text: string;
  readonly quotes: readonly Quote[];
}

/** The shortest edit that made a finding go away, as it can be told: the line before and after. */
export function fixedLine(failures: readonly Failure[]): ToldFix | undefined {
  const edits = failures.flatMap((failure) => {
    const [before, after] = failure.fix?.edit?.split('\n+ ') ?? [];
    return before?.startsWith('- ') === true && after !== undefined
      ? [{ before: before.slice(2), after, quotes: failure.fix?.quotes ?? [] }]
      : [];
  });
  const fix = edits
    .filter(({ before, after }) => isTellable(before, after))
    .sort(
      (a, b) =>
        a.before.length + a.after.length - b.before.length - b.after.length || (a.after < b.after ? -1 : 1),
    )[0];
  return fix === undefined
    ? undefined
    : { text: `\`${fix.before}\` became \`${fix.after}\``, quotes: fix.quotes };
}

/** What all messages of a rule have in common at their beginning, cut at the end of a clause. */
export function commonMessage(templates: readonly string[]): string {
  const [first = [], ...others] = templates.map((template) => template.split(' '));
  const differs = first.findIndex((word, at) => others.some((other) => other[at] !== word));
  if (differs < 0) return plainTemplate(first.join(' '));
  const clause = first
    .slice(0, differs)
    .join(' ')
    .replace(/(?:[:;,(]\s*\S*)+$/, '');
  return clause.split(' ').length >= 3 ? plainTemplate(clause) : plainTemplate(mostCommon(templates));
}
