/** How alike two texts are, and which of many are alike. */
import { stems } from './words.ts';

export interface SimilarPair {
  /** Indices into the texts, `a < b`. */
  readonly a: number;
  readonly b: number;
  readonly score: number;
}

/** @returns 0..1: `wordSimilarity` of the stems; blind to case, punctuation, word order and inflection. */
export function similarity(a: string, b: string): number {
  return wordSimilarity(stems(a), stems(b));
}

/**
 * The Sørensen–Dice coefficient of two sets of words: `2·|A∩B| / (|A|+|B|)` (Dice 1945, Sørensen 1948). Repeats count
 * once. Two empty sets are not alike: nothing is known of them.
 */
export function wordSimilarity(a: readonly string[], b: readonly string[]): number {
  const first = new Set(a);
  const second = new Set(b);
  if (first.size + second.size === 0) return 0;
  let shared = 0;
  for (const word of first) if (second.has(word)) shared += 1;
  return (2 * shared) / (first.size + second.size);
}

/**
 * All pairs with `similarity >= threshold` (which must be above 0), sorted by `a`, then `b`. Exact, and near-linear on real text: a pair that
 * alike must share one of the rarest words of each (prefix filter of AllPairs, Bayardo et al. 2007, with the bounds for
 * Dice), so only texts that share such a word are compared.
 */
export function similarPairs(texts: readonly string[], threshold: number): SimilarPair[] {
  return similarSets(
    texts.map((text) => stems(text)),
    threshold,
  );
}

/** `similarPairs` for texts whose stems are already at hand. */
export function similarSets(sets: readonly (readonly string[])[], threshold: number): SimilarPair[] {
  const unique = sets.map((set) => [...new Set(set)]);
  const rank = rarity(unique);
  const ranked = unique.map((set) => set.map((word) => rank.get(word) ?? 0).sort((x, y) => x - y));
  // The least share of its own words that a set has in common with any set this alike: t/(2-t).
  const least = threshold / (2 - threshold);
  const index = new Map<number, number[]>();
  const met = new Uint32Array(sets.length);
  const pairs: SimilarPair[] = [];
  for (const [b, set] of ranked.entries()) {
    const prefix = set.slice(0, set.length - Math.ceil(least * set.length - 1e-9) + 1);
    for (const word of prefix) {
      const posting = index.get(word) ?? [];
      for (const a of posting) {
        // Two sets that share several rare words are compared once.
        if (met[a] === b) continue;
        met[a] = b;
        const score = scoreAtLeast(ranked[a] ?? [], set, threshold);
        if (score !== undefined) pairs.push({ a, b, score });
      }
      posting.push(b);
      index.set(word, posting);
    }
  }
  return pairs.sort((x, y) => x.a - y.a || x.b - y.b);
}

/** Words numbered from the rarest to the commonest. */
function rarity(sets: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const set of sets) for (const word of set) counts.set(word, (counts.get(word) ?? 0) + 1);
  const order = [...counts].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
  return new Map(order.map(([word], position) => [word, position]));
}

/** Dice of two sorted sets, or undefined when it is below the threshold. */
function scoreAtLeast(a: readonly number[], b: readonly number[], threshold: number): number | undefined {
  const total = a.length + b.length;
  const needed = (threshold * total) / 2 - 1e-9;
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (shared + Math.min(a.length - i, b.length - j) < needed) return undefined;
    const x = a[i] ?? 0;
    const y = b[j] ?? 0;
    if (x === y) shared += 1;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  const score = (2 * shared) / total;
  return score >= threshold - 1e-9 ? score : undefined;
}
