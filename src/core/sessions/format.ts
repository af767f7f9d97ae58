/** What a transcript format is: how it is recognised and how it is parsed, streaming. */
import type { Event, FormatName, SessionHeader } from './session.ts';

export interface Line {
  /** Counts from 1. */
  readonly number: number;
  readonly text: string;
  /** Set when the line was longer than the reader's limit; `text` is then empty. */
  readonly oversize?: number;
}

/** One transcript to parse: its main file and what lies beside it. Reading is done by whoever made it. */
export interface Source {
  /** `/`-separated, relative to what was handed in; used for detection hints and messages only. */
  readonly path: string;
  /** ISO 8601; for formats that carry no time of their own. */
  readonly modifiedAt?: string;
  /** The first 64 KiB, decoded as UTF-8. */
  head(): Promise<string>;
  lines(): AsyncIterable<Line>;
  /** The whole file. @throws {UnusableTranscriptError} beyond the reader's limit for whole documents (64 MiB). */
  text(): Promise<string>;
  /** A file by a path relative to this one's folder (`../message/x.json`), if it is there and inside what was handed in. */
  sibling(path: string): Promise<Source | undefined>;
  /** Paths (relative to this one's folder) of the files in a folder relative to it, sorted by code unit. */
  siblings(folder: string): Promise<readonly string[]>;
  /** Paths (relative to this one's folder) of the folders in a folder relative to it, sorted by code unit. */
  folders(folder: string): Promise<readonly string[]>;
}

export type RawHeader = SessionHeader<string>;
export type RawEvent = Omit<Event<string>, 'n'>;

/** What a parser yields, in the order of the transcript. Numbers are given by the caller. */
export type Parsed =
  /** Comes before the first event of a session; several sessions may interleave. */
  | { readonly type: 'session'; readonly header: RawHeader }
  | { readonly type: 'event'; readonly session: string; readonly event: RawEvent }
  /** What is only known later: usage, model, end, title. */
  | { readonly type: 'update'; readonly session: string; readonly header: Partial<Omit<RawHeader, 'id'>> }
  /** A malformed line: counted and reported, never fatal. */
  | { readonly type: 'skipped'; readonly line: number; readonly reason: string };

export interface Format {
  readonly name: FormatName;
  /** One sentence for docs and `ingest --help`. */
  readonly about: string;
  /**
   * Judges by content, seldom by path: 0 no, 1 perhaps, 2 surely. The highest wins, ties go to the order of the list.
   * `secondary` means: a part of another transcript (a sidecar, an OpenCode message), silently passed over.
   */
  detect(head: string, path: string): 0 | 1 | 2 | 'secondary';
  parse(source: Source): AsyncGenerator<Parsed>;
  /** For a `secondary` file: why it is not passed over silently, when the transcript that it is a part of is not here. */
  orphan?(source: Source): Promise<string | undefined>;
}

/** The whole file cannot be a transcript of any kind we know. `reason` is a sentence for a person. */
export class UnusableTranscriptError extends Error {
  override readonly name = 'UnusableTranscriptError';
}
