/** Edits of a text by splice, and their inverse. */
import { DreamkeeperError } from '../error.ts';

export interface Edit {
  /** UTF-16 offsets into the text as it was. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Applies edits that do not overlap; in any order, but insertions at one offset keep theirs.
 * @throws {DreamkeeperError} `conflict` when two overlap or one lies outside the text
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, text: replacement } of inOrder(text, edits)) {
    result += text.slice(from, start) + replacement;
    from = end;
  }
  return result + text.slice(from);
}

/** The edits that turn the edited text into what it was: `applyEdits(applyEdits(t, e), invertEdits(t, e)) === t`. */
export function invertEdits(text: string, edits: readonly Edit[]): Edit[] {
  let shift = 0;
  return inOrder(text, edits).map(({ start, end, text: replacement }) => {
    const inverse = {
      start: start + shift,
      end: start + shift + replacement.length,
      text: text.slice(start, end),
    };
    shift += replacement.length - (end - start);
    return inverse;
  });
}

function inOrder(text: string, edits: readonly Edit[]): readonly Edit[] {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let from = 0;
  for (const { start, end } of sorted) {
    if (start < from || end < start || end > text.length) {
      throw new DreamkeeperError('conflict', `Two edits want the same place, at offset ${start}.`);
    }
    from = end;
  }
  return sorted;
}
