/** Groups people's statements that are one rule in different words: a clause of the one says what one of the other says. */
import { similarPairs } from '../../core/text/similarity.ts';
import { clausesOf, sameClause } from './same-rule.ts';

/** Lower bound on similarity for pairs that are looked at at all. */
const worthALook = 0.3;

/**
 * Groups of items whose texts are one rule. Every item is in exactly one group; order is kept. Single linkage: in a
 * group each item is like at least one other.
 */
export function clusterBy<T>(items: readonly T[], text: (item: T) => string): T[][] {
  const clauses = items.flatMap((item, index) => clausesOf(text(item)).map((clause) => ({ clause, index })));
  const parent = items.map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parent[root] !== undefined && parent[root] !== root) root = parent[root] ?? root;
    return root;
  };
  const texts = clauses.map(({ clause }) => clause);
  for (const { a, b } of similarPairs(texts, worthALook)) {
    const [first, second] = [clauses[a], clauses[b]];
    if (first === undefined || second === undefined || !sameClause(first.clause, second.clause)) continue;
    const [low, high] = [find(first.index), find(second.index)].sort((x, y) => x - y);
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
