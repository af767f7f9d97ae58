/** Finds the entries that a statement or a name speaks of: what the store already says. */
import type { Store, Entry } from './entry.ts';
import { comparedText } from './entry.ts';
import { entryStems } from './entry-stems.ts';
import { type Bearing, bearingOf } from '../text/claim/bearing.ts';
import { literally } from '../text/literally.ts';
import { stems } from '../text/words.ts';

/** Share from which two texts speak of one subject. */
const subjectShare = 0.5;

interface Posting {
  readonly entry: Entry;
  readonly stems: ReadonlySet<string>;
  readonly text: string;
}

export interface StoreIndex {
  readonly postings: readonly Posting[];
  readonly byStem: ReadonlyMap<string, readonly number[]>;
}

/** An inverted index over what entries are compared by. Lead-ins are context and are left out. */
export function indexStore(store: Store): StoreIndex {
  const postings = [...store.entries.values()]
    .filter((entry) => entry.kind !== 'lead-in')
    .map((entry) => ({ entry, text: comparedText(entry), stems: entryStems(entry) }));
  const byStem = new Map<string, number[]>();
  postings.forEach((posting, index) => {
    for (const stem of posting.stems) {
      const list = byStem.get(stem);
      if (list === undefined) byStem.set(stem, [index]);
      else list.push(index);
    }
  });
  return { postings, byStem };
}

export interface Match {
  readonly entry: Entry;
  /** Share of the statement's stems that the entry holds, 0 to 1. */
  readonly share: number;
  readonly relation: Bearing;
}

/** Entries that speak of what a statement speaks of, closest first; at most five. */
export function matchesOf(index: StoreIndex, statement: string): Match[] {
  const wanted = [...new Set(stems(statement))];
  const counts = new Map<number, number>();
  for (const stem of wanted) {
    for (const posting of index.byStem.get(stem) ?? []) counts.set(posting, (counts.get(posting) ?? 0) + 1);
  }
  return [...counts]
    .map(([at, count]) => ({
      posting: index.postings[at],
      share: wanted.length === 0 ? 0 : count / wanted.length,
    }))
    .filter(({ share }) => share >= subjectShare)
    .sort((a, b) => b.share - a.share || (a.posting?.stems.size ?? 0) - (b.posting?.stems.size ?? 0))
    .slice(0, 5)
    .flatMap(({ posting, share }): Match[] => {
      if (posting === undefined) return [];
      const relation = bearingOf(posting.entry.text, statement, share);
      return relation === undefined ? [] : [{ entry: posting.entry, share, relation }];
    });
}

/** Entries whose text holds a name as a whole word or code span; lead-ins only when asked for. */
export function entriesNaming(store: Store, name: string, leadIns = false): Entry[] {
  const pattern = new RegExp(
    `(?<![\\w./@-])${literally(name)}(?![\\w@]|[./-]\\w)`,
    /[A-Z]/.test(name) ? 'u' : 'iu',
  );
  return [...store.entries.values()].filter(
    (entry) => (leadIns || entry.kind !== 'lead-in') && pattern.test(entry.text),
  );
}

/** Replaces a name as a whole word. */
export function replaceName(text: string, name: string, replacement: string): string {
  const pattern = new RegExp(
    `(?<![\\w./@-])${literally(name)}(?![\\w@]|[./-]\\w)`,
    /[A-Z]/.test(name) ? 'gu' : 'giu',
  );
  return text.replace(pattern, () => replacement);
}
