/** Whether people's words can be the reason for an entry to go. */
import type { Entry } from '../memory/entry.ts';
import { comparedText } from '../memory/entry.ts';
import { says } from '../text/claim/bearing.ts';
import { readClaim } from '../text/claim/claim.ts';
import { stems } from '../text/words.ts';

/** So many words of an entry must be spoken of, or one path, number or name of code: one plain word in common is chance. */
const leastShared = 2;

/** @returns why the words said are no reason for the entry to go, as a sentence; undefined when they can be one. */
export function notSpokenOf(entry: Entry, said: readonly string[], at: string): string | undefined {
  if (said.some((text) => says(text, entry.text)))
    return `What is cited says the same as ${at}, which would go.`;
  return speaksOf(entry, said) ? undefined : `Nobody cited speaks of what ${at} says.`;
}

/** Whether words can be about an entry at all. */
export function speaksOf(entry: Entry, said: readonly string[]): boolean {
  const spoken = new Set(said.flatMap((text) => [...readClaim(text).strong, ...stems(text)]));
  const telling = [...new Set([...readClaim(entry.text).strong, ...stems(comparedText(entry))])];
  const shared = telling.filter((word) => spoken.has(word));
  return (
    shared.length >= Math.min(leastShared, telling.length) || shared.some((word) => /[^\p{L}]/u.test(word))
  );
}
