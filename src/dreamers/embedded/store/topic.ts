/** A few plain words that say what a note is about, for titles. */
import type { Entry } from '../../../core/memory/entry.ts';
import { stems } from '../../../core/text/words.ts';
import { catchAll } from '../../../core/text/claim/claim-words.ts';

const longest = 50;

/** The nearest heading that names a subject, else the first words of the note. No mark-up, at most 50 characters. */
export function topicOf(entry: Pick<Entry, 'headings' | 'text'>): string {
  const heading = entry.headings.toReversed().find((text) => stems(text).some((stem) => !catchAll.has(stem)));
  return plainTitle(heading ?? entry.text);
}

/**
 * Letters, digits and plain punctuation of one line: titles become commit subjects, where brackets and `#` have power.
 * A colon stays inside a name: `lint:all`.
 */
export function plainTitle(text: string): string {
  const line = text
    .replace(/(?!(?<=\w):(?=\w))[^\p{L}\p{M}\p{N}\s._/'’&+,-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.,\s]+$/, '');
  if (line.length <= longest) return line || 'one subject';
  return `${line.slice(0, longest - 1).replace(/\s+\S*$/u, '')}…`;
}
