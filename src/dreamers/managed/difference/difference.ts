/** What a dream at Anthropic changed, entry by entry: what was moved and reworded is told from what is new and gone. */
import type { Store } from '../../../core/memory/entry.ts';
import { placedIn, sectionKey, textKey, type Placed } from './place.ts';

export type Change =
  | { readonly kind: 'add'; readonly to: Placed }
  | { readonly kind: 'retire'; readonly from: Placed }
  /** The same words in another place. */
  | { readonly kind: 'move'; readonly from: Placed; readonly to: Placed }
  /** Other words for it; in the same place or elsewhere. */
  | { readonly kind: 'revise'; readonly from: Placed; readonly to: Placed }
  /** Two or more became one. */
  | { readonly kind: 'merge'; readonly from: readonly Placed[]; readonly to: Placed };

/** Each entry that is only in one of the stores is in exactly one change. In the order of the output, then of the base. */
export function differenceOf(base: Store, output: Store): readonly Change[] {
  const left = unequal(placedIn(base), placedIn(output));
  const found = [...moves(left), ...merges(left), ...rewordings(left)];
  const rest: Change[] = [
    ...[...left.come].map((to) => ({ kind: 'add', to }) as const),
    ...[...left.gone].map((from) => ({ kind: 'retire', from }) as const),
  ];
  return [...found, ...rest];
}

/** What has no counterpart yet; what finds one is taken out. */
interface Left {
  readonly gone: Set<Placed>;
  readonly come: Set<Placed>;
}

function unequal(base: readonly Placed[], output: readonly Placed[]): Left {
  const key = (each: Placed): string => `${sectionKey(each)}\0${textKey(each)}`;
  const known = Map.groupBy(base, key);
  const come = new Set(output.filter((each) => known.get(key(each))?.shift() === undefined));
  return { gone: new Set([...known.values()].flat()), come };
}

function moves(left: Left): Change[] {
  const byText = Map.groupBy(left.gone, textKey);
  return [...left.come].flatMap((to): Change[] => {
    const same = byText.get(textKey(to)) ?? [];
    const from = same.find(({ entry }) => entry.file === to.entry.file) ?? same[0];
    if (from === undefined) return [];
    same.splice(same.indexOf(from), 1);
    take(left, [from], to);
    return [{ kind: 'move', from, to }];
  });
}

/** Share of an entry's words that must stand in what it was merged into. */
const leastCarried = 0.6;
/** Share of the words of a merged text that must come from its parts. */
const leastKnown = 0.6;

function merges(left: Left): Change[] {
  const index = wordIndex(left.gone);
  return [...left.come].flatMap((to): Change[] => {
    const parts = [...sharedWith(to, index)]
      .filter(([from, shared]) => left.gone.has(from) && from.forbidden === to.forbidden && shared > 0)
      .filter(([from, shared]) => shared >= from.stems.size * leastCarried)
      .map(([from]) => from);
    const known = new Set(parts.flatMap(({ stems }) => [...stems]));
    const covered = [...to.stems].filter((stem) => known.has(stem)).length;
    if (parts.length < 2 || covered < to.stems.size * leastKnown) return [];
    take(left, parts, to);
    return [{ kind: 'merge', from: parts, to }];
  });
}

/** Least likeness (Dice) of a rewording, by how far apart the two stand. */
const leastLikeness = { section: 0.4, file: 0.5, store: 0.6 };
/** In the same section the less alike of two is still the better guess. */
const nearness = { section: 0.15, file: 0.05, store: 0 };

function rewordings(left: Left): Change[] {
  const index = wordIndex(left.gone);
  const pairs = [...left.come].flatMap((to) =>
    [...sharedWith(to, index)].flatMap(([from, shared]) => {
      const likeness = (2 * shared) / (from.stems.size + to.stems.size);
      const near = distance(from, to);
      const alike = from.forbidden === to.forbidden && likeness >= leastLikeness[near];
      return alike ? [{ from, to, score: likeness + nearness[near] }] : [];
    }),
  );
  const best = pairs.sort((a, b) => b.score - a.score);
  return best.flatMap(({ from, to }): Change[] => {
    if (!left.gone.has(from) || !left.come.has(to)) return [];
    take(left, [from], to);
    return [{ kind: 'revise', from, to }];
  });
}

function distance(from: Placed, to: Placed): keyof typeof nearness {
  if (sectionKey(from) === sectionKey(to)) return 'section';
  return from.entry.file === to.entry.file ? 'file' : 'store';
}

type WordIndex = ReadonlyMap<string, readonly Placed[]>;

function wordIndex(placed: Iterable<Placed>): WordIndex {
  const index = new Map<string, Placed[]>();
  for (const each of placed) {
    for (const stem of each.stems) {
      const list = index.get(stem);
      if (list === undefined) index.set(stem, [each]);
      else list.push(each);
    }
  }
  return index;
}

/** How many words an entry shares with each of the indexed ones that it shares any with. */
function sharedWith({ stems }: Placed, index: WordIndex): ReadonlyMap<Placed, number> {
  const shared = new Map<Placed, number>();
  for (const stem of stems)
    for (const each of index.get(stem) ?? []) shared.set(each, (shared.get(each) ?? 0) + 1);
  return shared;
}

function take(left: Left, from: readonly Placed[], to: Placed): void {
  for (const each of from) left.gone.delete(each);
  left.come.delete(to);
}
