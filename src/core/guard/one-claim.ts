/** Whether two entries that would become one say one thing: rules know, or a reviewer must look, or they plainly do not. */
import type { Entry } from '../memory/entry.ts';
import { foldSynonym } from '../text/claim/claim-words.ts';
import { readClaim } from '../text/claim/claim.ts';
import { likeness } from '../text/claim/same-claim.ts';
import { specifics } from '../text/specifics.ts';
import { stems } from '../text/words.ts';

/** So few words of its own each, and the rest in common: one thing was put in place of another. */
const mostExchanged = 2;
const leastShared = 2;
/** Share of the shorter entry's words that both have. */
const sharedShare = 0.6;

export type OneClaim =
  | { readonly one: 'yes' }
  /** Worded so differently that no rule can tell. */
  | { readonly one: 'perhaps' }
  /** What one says and the merged text does not: words, or the order of words. */
  | { readonly one: 'no'; readonly left: readonly string[] };

/** Words whose sides may not be exchanged. */
const directed =
  /\b(?:not|never|no|n['’]t|instead|rather|before|after|until|than|over|unless|without|from|into|to|only)\b/i;

/** @param text what would stand in place of both. */
export function oneClaim(a: Entry, b: Entry, text: string): OneClaim {
  if (likeness(readClaim(a.text), readClaim(b.text), true) !== undefined) return { one: 'yes' };
  const [wordsA, wordsB, kept] = [wordsOf(a.text), wordsOf(b.text), wordsOf(text)];
  const [onlyA, onlyB] = [without(wordsA, wordsB), without(wordsB, wordsA)];
  const shared = wordsA.size - onlyA.length;
  if (onlyA.length + onlyB.length === 0)
    return directed.test(a.text) ? { one: 'no', left: ['the order of its words'] } : { one: 'perhaps' };
  const alike = shared >= Math.max(leastShared, sharedShare * Math.min(wordsA.size, wordsB.size));
  const few = onlyA.length <= mostExchanged && onlyB.length <= mostExchanged;
  if (!alike || !few) return { one: 'perhaps' };
  // What limits the other is no detail that could be added to it.
  const left = [...onlyA, ...onlyB].filter((word) => limiting.has(word) || !kept.has(word));
  return left.length > 0 ? { one: 'no', left } : { one: 'perhaps' };
}

/** Stems of words that take something back of what stands without them. */
const limiting = new Set(
  'not only other half most some few least almost except never unless without'
    .split(' ')
    .flatMap((word) => [word, ...stems(word)]),
);

/** Its words, and its names of code as they are written: `totals` is no `totals_daily`. */
function wordsOf(text: string): ReadonlySet<string> {
  const names = specifics(text).flatMap(({ kind, value }) => (kind === 'name' ? [`\`${value}\``] : []));
  return new Set([...stems(text).map(foldSynonym), ...names]);
}

const without = (words: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
  [...words].filter((word) => !others.has(word));
