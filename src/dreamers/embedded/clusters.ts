/** Groups texts that say the same thing. */
import { similarPairs } from '../../core/text/similarity.ts';
import { valueConflicts } from '../../core/text/specifics.ts';

/** Word similarity from which two people's statements say the same; measured on paraphrases in bench/quality. */
const sameStatement = 0.6;

/**
 * Groups of items whose texts are alike and differ in no value. Every item is in exactly one group; order is kept.
 * Single linkage: in a group each item is like at least one other.
 */
export function clusterBy<T>(
  items: readonly T[],
  text: (item: T) => string,
  threshold = sameStatement,
): T[][] {
  const texts = items.map(text);
  const parent = items.map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parent[root] !== undefined && parent[root] !== root) root = parent[root] ?? root;
    return root;
  };
  for (const { a, b } of similarPairs(texts, threshold)) {
    if (valueConflicts(texts[a] ?? '', texts[b] ?? '').length > 0) continue;
    const [low, high] = [find(a), find(b)].sort((x, y) => x - y);
    if (low !== undefined && high !== undefined) parent[high] = low;
  }
  const groups = new Map<number, T[]>();
  items.forEach((item, index) => {
    const root = find(index);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [item]);
    else group.push(item);
  });
  return [...groups.values()];
}
