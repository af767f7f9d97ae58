/** Which notes what a person said refutes: a value was replaced, or what they speak of is no more. */
import type { Entry } from '../../memory/entry.ts';
import type { StoreIndex } from '../../memory/statement-index.ts';
import { stems } from '../../text/words.ts';
import { goneName, goneThing } from './gone.ts';
import { readSaid, replacedValue } from './replaced.ts';

export function refutes(said: string, note: string): boolean {
  return (
    replacedValue(note, readSaid(said)) !== undefined ||
    goneThing(note, said) !== undefined ||
    goneName(note, said) !== undefined
  );
}

/** Entries that share a word with what was said, in the order of the store; fences speak no prose. */
export function entriesSharing(index: StoreIndex, said: string): Entry[] {
  const shared = new Set(stems(said).flatMap((stem) => index.byStem.get(stem) ?? []));
  return [...shared]
    .sort((a, b) => a - b)
    .flatMap((at) => index.postings[at]?.entry ?? [])
    .filter((entry) => !entry.text.includes('```'));
}
