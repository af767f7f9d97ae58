/** The Markdown store, parsed: files and their entries (DESIGN section 4). */

export type EntryKind = 'item' | 'paragraph' | 'code' | 'table' | 'quote' | 'html' | 'lead-in';

/** The smallest addressable statement of the store. */
export interface Entry {
  /** 10 hex digits of SHA-256 over file, heading path and folded text; `-2`, `-3` for exact repeats under one heading. */
  readonly id: string;
  readonly file: string;
  /** Texts of the headings above it, outermost first, without markers. */
  readonly headings: readonly string[];
  /** The text of the lead-in above it ("**Do NOT:**"), which is part of what is compared. */
  readonly leadIn?: string;
  readonly kind: EntryKind;
  /** Markdown source without the list marker; line endings are LF; continuation lines dedented. */
  readonly text: string;
  /** Offsets into the file's text (UTF-16), from the list marker (or first character) to the end of the last line, exclusive of its line ending. */
  readonly start: number;
  readonly end: number;
  /** 1-based, inclusive. */
  readonly lines: readonly [from: number, to: number];
  /** `<!-- keep -->` stands in it or on the line before it. */
  readonly keep: boolean;
}

export interface Heading {
  readonly text: string;
  readonly depth: number;
  /** Texts of this and the headings above it. */
  readonly path: readonly string[];
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export interface MemoryFile {
  /** `/`-separated, relative to the repository. */
  readonly path: string;
  /** Exactly as stored, byte order mark and line endings included. */
  readonly text: string;
  readonly entries: readonly Entry[];
  readonly headings: readonly Heading[];
}

export interface Store {
  /** Sorted by path, by code unit. */
  readonly files: readonly MemoryFile[];
  /** Every entry by id, lead-ins included. */
  readonly entries: ReadonlyMap<string, Entry>;
}

/** What an entry is compared by: heading path, lead-in and text, one per line. */
export function comparedText(entry: Pick<Entry, 'headings' | 'leadIn' | 'text'>): string {
  return [...entry.headings, ...(entry.leadIn === undefined ? [] : [entry.leadIn]), entry.text].join('\n');
}
