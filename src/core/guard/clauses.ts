/** specifics: what an entry says besides its values, clause by clause, survives too, or the evidence speaks of it. */
import { type Claim, type Clause, readClaim } from '../text/claim/claim.ts';
import type { Written } from './written.ts';

/** A clause of fewer words that carry a claim is a turn of phrase. */
const leastWords = 2;
/** Share of its words that a rewording keeps. */
const leastKept = 0.5;

/**
 * The first clause of the entries written over that the new text leaves out.
 * @param said the words of the evidence: of what they speak of, they may take something away. Empty where nothing may go.
 */
export function lostClause({ over, text }: Written, said: readonly string[]): string | undefined {
  const kept = wordsOf(readClaim(text));
  const spoken = new Set(said.flatMap((words) => [...wordsOf(readClaim(words))]));
  for (const entry of over) {
    const lost = readClaim(entry.text).clauses.find(
      (clause) => isLost(clause, kept) && !overlaps(clause, spoken),
    );
    if (lost !== undefined) return lost.order.join(' ');
  }
  return undefined;
}

function isLost({ strong }: Clause, kept: ReadonlySet<string>): boolean {
  const there = [...strong].filter((word) => kept.has(word)).length;
  return strong.size >= leastWords && there < strong.size * leastKept;
}

function overlaps({ strong }: Clause, spoken: ReadonlySet<string>): boolean {
  return [...strong].some((word) => spoken.has(word));
}

function wordsOf({ clauses }: Claim): Set<string> {
  return new Set(clauses.flatMap(({ strong, weak }) => [...strong, ...weak]));
}
