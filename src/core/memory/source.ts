/** Lines, indentation and line endings of a source text, by UTF-16 offset. A line ends at `\n`, `\r\n` or the end. */

/** @returns the offset of the first character of the line that `offset` is in. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** @returns the offset of the end of the line that `offset` is in, before its line ending. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  const end = newline === -1 ? text.length : newline;
  return end > offset && newline !== -1 && text[end - 1] === '\r' ? end - 1 : end;
}

/** @returns the offset of the first character of the next line, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

/** @returns the offsets at which lines start; counts a line number in logarithmic time with `lineOf`. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** @returns the 1-based number of the line that `offset` is in. */
export function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** The line ending that most lines of a text have; LF when it has none. */
export function lineEnding(text: string): '\n' | '\r\n' {
  const crlf = text.split('\r\n').length - 1;
  const all = text.split('\n').length - 1;
  return crlf * 2 > all ? '\r\n' : '\n';
}

/** The marker of a list item with the spaces after it: `- `, `10. `. */
export function itemMarker(item: string): string {
  const match = /^(?:[-*+]|\d{1,9}[.)])(?:[ \t]{1,4}(?=\S)|[ \t]|(?=\r?\n|$))/.exec(item);
  return match?.[0] ?? '';
}

/** Removes up to `width` columns of white space from each line but the first. A tab counts as four at most. */
export function dedented(text: string, width: number): string {
  if (width === 0) return text;
  return text
    .split('\n')
    .map((line, index) => (index === 0 ? line : withoutIndent(line, width)))
    .join('\n');
}

/** Puts `indent` before each line but the first, except blank ones. */
export function indented(text: string, indent: string): string {
  return text.replace(/\n(?=[^\n])/g, `\n${indent}`);
}

function withoutIndent(line: string, width: number): string {
  let columns = 0;
  let at = 0;
  while (at < line.length && columns < width) {
    if (line[at] === ' ') columns += 1;
    else if (line[at] === '\t') columns += 4;
    else break;
    at += 1;
  }
  return line.slice(at);
}
