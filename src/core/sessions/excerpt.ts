/** Shortens text by whole lines, and says where: a quote that spans a cut is found nowhere, so none can be made. */

/** What stands where something was cut. */
export const cutMark = /\[… \d+ characters cut\]/;

/** What must never be cut in two: marks of redactions and of earlier cuts. */
const unbreakable = /\[redacted:[\w-]{1,40}\]|\[… \d+ characters cut\]/g;
/** A line longer than this keeps its two ends only. */
const longestLine = 400;
/** Room for a mark and its line ends. */
const markLength = 34;

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * At most `limit` UTF-16 units of a text: its first and last lines, and before those the lines that matter, in the order
 * of the patterns, with the line after them; a line that comes again counts once. What fits is returned as it is, so excerpts of excerpts are the same.
 * An excerpt of redacted text is redacted text: nothing is added but marks.
 */
export function excerpt<T extends string>(text: T, limit: number, matters: readonly RegExp[] = []): T {
  if (text.length <= limit) return text;
  if (limit < 2 * markLength) return '' as T;
  const lines = linesOf(text);
  const first = linesThatMatter(text, lines, matters);
  for (let budget = limit - markLength; budget > 0; budget = Math.floor(budget * 0.8)) {
    const shortened = render(text, chooseLines(lines, first, budget));
    if (shortened.length <= limit) return shortened as T;
  }
  return '' as T;
}

/** Positions of lines, those that match the first pattern first; a line that comes again is left out. */
function linesThatMatter(
  text: string,
  lines: readonly Range[],
  matters: readonly RegExp[],
): readonly number[] {
  const seen = new Set<string>();
  return matters.flatMap((pattern) =>
    [...lines.entries()].flatMap(([index, { start, end }]) => {
      const line = text.slice(start, Math.min(end, start + longestLine));
      if (!pattern.test(line) || seen.has(line)) return [];
      seen.add(line);
      return [index];
    }),
  );
}

/** The lines to keep, as many as the budget has characters for: those that come first, then the ends of the text. */
function chooseLines(lines: readonly Range[], first: readonly number[], budget: number): readonly Range[] {
  const kept = new Set<number>();
  let left = budget;
  const keep = (index: number, reserve: number): boolean => {
    const line = lines[index];
    if (line === undefined || kept.has(index)) return true;
    const length = Math.min(line.end - line.start, longestLine + markLength) + 1;
    if (left - length < reserve) return false;
    left -= length;
    kept.add(index);
    return true;
  };
  for (const index of first) {
    // A third is left for the ends of the text, and each island of lines costs a mark.
    left -= kept.has(index - 1) ? 0 : markLength;
    if (!keep(index, budget / 3) || !keep(index + 1, budget / 3)) break;
  }
  for (let near = 0; near < lines.length; near++) {
    if (!keep(near, 0) || !keep(lines.length - 1 - near, 0)) break;
  }
  return joinRanges([...kept].sort((a, b) => a - b).flatMap((index) => shortLine(lines[index])));
}

function linesOf(text: string): readonly Range[] {
  const lines: Range[] = [];
  for (let start = 0; start <= text.length;) {
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed;
    lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

function shortLine(line: Range | undefined): readonly Range[] {
  if (line === undefined) return [];
  if (line.end - line.start <= longestLine) return [line];
  return [
    { start: line.start, end: line.start + (longestLine * 3) / 4 },
    { start: line.end - longestLine / 4, end: line.end },
  ];
}

/** Neighbouring lines become one range, with the line end between them. */
function joinRanges(ranges: readonly Range[]): readonly Range[] {
  const joined: Range[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last && range.start <= last.end + 1)
      joined[joined.length - 1] = { start: last.start, end: range.end };
    else joined.push(range);
  }
  return joined;
}

function render(text: string, kept: readonly Range[]): string {
  const whole = [...text.matchAll(unbreakable)].map(({ index, 0: mark }) => ({
    start: index,
    end: index + mark.length,
  }));
  const outside = (offset: number, side: 'start' | 'end'): number => {
    const hit = whole.find(({ start, end }) => start < offset && offset < end);
    if (hit) return side === 'start' ? hit.end : hit.start;
    // Never between the two halves of a character beyond the basic plane.
    const splits =
      /[\uDC00-\uDFFF]/.test(text.charAt(offset)) && /[\uD800-\uDBFF]/.test(text.charAt(offset - 1));
    return splits ? offset - 1 : offset;
  };
  let result = '';
  let from = 0;
  for (const range of kept) {
    const start = outside(range.start, 'start');
    const end = outside(range.end, 'end');
    if (end <= start) continue;
    result += cut(start - from) + text.slice(start, end);
    from = end;
  }
  return result + cut(text.length - from);
}

function cut(characters: number): string {
  return characters > 0 ? `[… ${characters} characters cut]` : '';
}
