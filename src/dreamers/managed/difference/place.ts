/** Where an entry stands, as two versions of a store are compared. */
import type { Entry, MemoryFile, Store } from '../../../core/memory/entry.ts';
import { isIndex } from '../../../core/memory/index-file.ts';
import { stems } from '../../../core/text/words.ts';
import { negated } from '../../../core/text/negations.ts';

export interface Placed {
  readonly entry: Entry;
  /** Headings without the title of the file: another title is no other place. */
  readonly headings: readonly string[];
  /** It stands under a prohibition ("**Do NOT:**"), which is part of what it says. */
  readonly forbidden: boolean;
  readonly stems: ReadonlySet<string>;
}

/** What a store says. Lead-ins say nothing alone, and lines of an index that point to files are kept true by code. */
export function placedIn(store: Store): Placed[] {
  return store.files.flatMap((file) => {
    const title = titleOf(file);
    return file.entries
      .filter((entry) => entry.kind !== 'lead-in' && !isPointer(entry))
      .map((entry) => ({
        entry,
        headings: entry.headings[0] === title ? entry.headings.slice(1) : entry.headings,
        forbidden: entry.leadIn !== undefined && negated(entry.leadIn).length > 0,
        stems: new Set(stems(entry.text)),
      }));
  });
}

/** The one heading of the first depth, if a file begins with it. */
export function titleOf({ headings }: MemoryFile): string | undefined {
  const [first] = headings;
  const titles = headings.filter(({ depth }) => depth === 1).length;
  return first?.depth === 1 && titles === 1 ? first.text : undefined;
}

function isPointer({ file, text }: Entry): boolean {
  return isIndex(file) && /\]\([^)\s]+\.mdc?(?:#[^)]*)?\)/i.test(text);
}

const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The same for entries that say the same, wherever they stand. */
export const textKey = ({ entry, forbidden }: Placed): string => `${forbidden}\n${folded(entry.text)}`;

/** The same for entries of one section. */
export const sectionKey = ({ entry, headings }: Placed): string => [entry.file, ...headings].join('\n');
