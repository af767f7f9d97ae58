/** Whether a rule may change the words of an entry. */
import type { Entry } from '../../../core/memory/entry.ts';

/**
 * Items and paragraphs that no person marked to be kept. With a fence in them a change could open or close it; with a colon
 * at the end they would lead into what is below.
 */
export function isRewordable({ kind, keep, text }: Entry): boolean {
  return !keep && (kind === 'item' || kind === 'paragraph') && !/```|~~~|[:：][*_]*\s*$/.test(text);
}
