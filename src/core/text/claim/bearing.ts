/** How a statement bears on what a text says: the one comparison of memory, guard and `why`. */
import { valueConflicts } from '../specifics.ts';
import { stems } from '../words.ts';
import { readClaim } from './claim.ts';
import { likeness } from './same-claim.ts';

/** `same`: the text says all of it. `conflict`: it speaks of it and differs in a value. `related`: it speaks of it. */
export type Bearing = 'same' | 'conflict' | 'related';

/** Share of a statement's stems that a text must hold to say the same in words that no rule brings to one form. */
const sameShare = 0.8;
/** Share from which two texts speak of one subject. */
const subjectShare = 0.5;

/** @param share of the statement's stems that the text, or what stands above it, holds; 0 to 1. */
export function bearingOf(
  text: string,
  statement: string,
  share = shareOf(stems(statement), new Set(stems(text))),
): Bearing | undefined {
  if (says(text, statement)) return 'same';
  if (share < subjectShare) return undefined;
  if (valueConflicts(text, statement).length > 0) return 'conflict';
  return share >= sameShare ? 'same' : 'related';
}

/** Whether a text makes the claim of another, in whatever words, and perhaps one more. */
export function says(text: string, other: string): boolean {
  const relation = likeness(readClaim(text), readClaim(other), true);
  return relation === 'same' || relation === 'first';
}

export function shareOf(wanted: readonly string[], there: ReadonlySet<string>): number {
  const unique = [...new Set(wanted)];
  return unique.length === 0 ? 0 : unique.filter((stem) => there.has(stem)).length / unique.length;
}
