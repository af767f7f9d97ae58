/** Finds a line of an edited text in the text that was committed. */
import { diffArrays } from 'diff';

/** Texts that differ in more lines are different texts. */
const mostEdits = 2_000;

/** @param line counts from 1, as does the answer; undefined when the line is new. */
export function committedLine(committed: string, current: string, line: number): number | undefined {
  const [before, after] = [linesOf(committed), linesOf(current)];
  const parts = diffArrays(before, after, { maxEditLength: mostEdits }) ?? [];
  let [old, now] = [0, 0];
  for (const { added, removed, count } of parts) {
    const kept = !added && !removed;
    if (kept && line > now && line <= now + count) return old + line - now;
    if (!added) old += count;
    if (!removed) now += count;
  }
  return undefined;
}

/** Without line endings: Git may convert them on the way. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n').map((each) => each.replace(/\r$/, ''));
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
