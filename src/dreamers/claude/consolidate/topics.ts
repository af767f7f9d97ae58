/** Splits a store and what was noticed, where both are more than one context holds, by what they speak of. Deterministic. */
import MiniSearch from 'minisearch';
import { comparedText, type Entry, type Store } from '../../../core/memory/entry.ts';
import { disjointGroups } from '../../../core/sessions/independence.ts';
import { similarPairs } from '../../../core/text/similarity.ts';
import { stems } from '../../../core/text/words.ts';
import type { Noticed } from './search.ts';

export interface Topic {
  /** `CLAUDE.md › Testing and 4 more` */
  readonly name: string;
  /** Ids of its entries. */
  readonly entries: ReadonlySet<string>;
  readonly noticed: readonly Noticed[];
}

export interface Sizes {
  readonly entry: (entry: Entry) => number;
  readonly noticed: (noticed: Noticed) => number;
}

interface Part {
  readonly name: string;
  readonly size: number;
  readonly entries: readonly Entry[];
  readonly noticed: readonly Noticed[];
}

/**
 * Sections stay whole where they can, in the order of the store, each with what was noticed that it speaks of; what no
 * section speaks of is grouped by its words.
 * @param room the most that one topic holds, in the unit of the sizes. What is larger by itself is a topic of its own.
 */
export function topicsOf(
  store: Store,
  noticed: readonly Noticed[],
  sizes: Sizes,
  room: number,
): readonly Topic[] {
  const sections = sectionsOf(store);
  const find = sectionFinder(sections);
  const by = Map.groupBy(noticed, (each) =>
    find(`${each.text}\n${each.quotes.map(({ quote }) => quote).join('\n')}`),
  );
  const parts = [
    ...sections.flatMap((section, at) =>
      partsOf(section.name, section.entries, by.get(at) ?? [], sizes, room),
    ),
    ...alike(by.get(undefined) ?? []).flatMap((some) =>
      partsOf('what memory does not speak of', [], some, sizes, room),
    ),
  ];
  return packed(parts, ({ size }) => size, room).map(topicOf);
}

interface Section {
  readonly name: string;
  readonly entries: readonly Entry[];
}

function sectionsOf({ files }: Store): readonly Section[] {
  return files.flatMap(({ path, entries }) =>
    [...Map.groupBy(entries, ({ headings }) => headings.join('\0'))].map(([, some]) => ({
      name: [path, ...(some[0]?.headings.slice(-1) ?? [])].join(' › '),
      entries: some,
    })),
  );
}

/** Below this score of BM25 a section has no more than a common word in common. */
const leastScore = 2;

/** @returns the place of the section that speaks of a text; undefined when none does. */
function sectionFinder(sections: readonly Section[]): (text: string) => number | undefined {
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: stems,
    processTerm: (term) => term,
  });
  index.addAll(sections.map(({ entries }, id) => ({ id, text: entries.map(comparedText).join('\n') })));
  return (text) => {
    const [best] = index.search(text);
    return best === undefined || best.score < leastScore ? undefined : Number(best.id);
  };
}

/** So alike are two things that belong together, if only loosely. */
const loosely = 0.25;

/** Groups in which each is like at least one other; order is kept. */
function alike(noticed: readonly Noticed[]): readonly (readonly Noticed[])[] {
  const groups = disjointGroups();
  const texts = noticed.map(({ text }) => text);
  for (const { a, b } of similarPairs(texts, loosely)) groups.join(String(a), String(b));
  return [...Map.groupBy(noticed, (_, at) => groups.of(String(at))).values()];
}

function partsOf(
  name: string,
  entries: readonly Entry[],
  noticed: readonly Noticed[],
  sizes: Sizes,
  room: number,
): Part[] {
  const items = [
    ...entries.map((entry) => ({ entry, size: sizes.entry(entry) })),
    ...noticed.map((each) => ({ noticed: each, size: sizes.noticed(each) })),
  ];
  return packed(items, ({ size }) => size, room).map((some) => ({
    name,
    size: some.reduce((sum, { size }) => sum + size, 0),
    entries: some.flatMap((item) => ('entry' in item ? [item.entry] : [])),
    noticed: some.flatMap((item) => ('noticed' in item ? [item.noticed] : [])),
  }));
}

/** In order, as many in one as there is room for; one that is too large stands alone. */
function packed<T>(items: readonly T[], sizeOf: (item: T) => number, room: number): T[][] {
  const packs: T[][] = [];
  let left = 0;
  for (const item of items) {
    const size = sizeOf(item);
    if (packs.length === 0 || size > left) {
      packs.push([]);
      left = room;
    }
    packs.at(-1)?.push(item);
    left -= size;
  }
  return packs;
}

function topicOf(parts: readonly Part[]): Topic {
  const names = [...new Set(parts.map(({ name }) => name))];
  const more = names.length > 1 ? ` and ${names.length - 1} more` : '';
  return {
    name: `${names[0] ?? ''}${more}`,
    entries: new Set(parts.flatMap(({ entries }) => entries.map(({ id }) => id))),
    noticed: parts.flatMap(({ noticed }) => noticed),
  };
}
