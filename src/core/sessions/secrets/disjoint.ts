/** From what several finders report to ranges that can be replaced one after the other. */
import { secretKinds, type SecretMatch } from './match.ts';

const mark = new RegExp(`\\[redacted:(?:${secretKinds.join('|')})\\]`, 'g');

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Sorts matches and joins those that overlap, under the kind of the longest. Marks of earlier redactions are left
 * alone or swallowed whole, never cut; that is what makes redaction idempotent.
 */
export function disjoint(matches: readonly SecretMatch[], text: string): readonly SecretMatch[] {
  if (matches.length === 0) return matches;
  const marks = [...text.matchAll(mark)].map(({ index, 0: whole }) => ({
    start: index,
    end: index + whole.length,
  }));
  const widened = matches.flatMap((match) => {
    const first = rangeAt(marks, match.start);
    const last = rangeAt(marks, match.end - 1);
    if (first !== undefined && first === last) return [];
    return [{ ...match, start: first?.start ?? match.start, end: last?.end ?? match.end }];
  });
  widened.sort((a, b) => a.start - b.start || b.end - a.end);
  return joinOverlapping(widened);
}

function joinOverlapping(sorted: readonly SecretMatch[]): readonly SecretMatch[] {
  const joined: { kind: SecretMatch['kind']; start: number; end: number; longest: number }[] = [];
  for (const { kind, start, end } of sorted) {
    const last = joined.at(-1);
    const longest = end - start;
    if (!last || start >= last.end) joined.push({ kind, start, end, longest });
    else {
      if (longest > last.longest) Object.assign(last, { kind, longest });
      last.end = Math.max(last.end, end);
    }
  }
  return joined.map(({ kind, start, end }) => ({ kind, start, end }));
}

/** The range that holds the offset; ranges are sorted and disjoint. */
function rangeAt(ranges: readonly Range[], offset: number): Range | undefined {
  const range = ranges[lastStartingAt(ranges, offset)];
  return range && range.start <= offset && offset < range.end ? range : undefined;
}

/** The position of the last range that does not start beyond the offset; 0 when there is none. */
export function lastStartingAt(ranges: readonly { readonly start: number }[], offset: number): number {
  let low = 0;
  let high = Math.max(0, ranges.length - 1);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ranges[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
