/** The stems that an entry is compared by. Every proposal is held against every entry, so each is stemmed once. */
import { stems } from '../text/words.ts';
import { comparedText, type Entry } from './entry.ts';

const known = new WeakMap<Entry, ReadonlySet<string>>();

/** @returns the stems of heading path, lead-in and text. */
export function entryStems(entry: Entry): ReadonlySet<string> {
  const found = known.get(entry) ?? new Set(stems(comparedText(entry)));
  known.set(entry, found);
  return found;
}
