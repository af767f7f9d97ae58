/** The ledger as the pipelines see it; src/ledger keeps it on an orphan branch (DESIGN section 6). */
import type { Session, StreamedSession } from '../sessions/session.ts';
import type { SessionSummary } from './dreamer.ts';
import type { Decision, Journal } from './journal.ts';
import type { Note, NoteKind } from './notes.ts';
import type { Signal } from './signal.ts';

/** Signals of one session by one extractor version, with what consolidation needs to know of the session. */
export interface Extract {
  readonly extractor: string;
  /** The session object the signals were taken from; another object means the session grew. */
  readonly object: string;
  readonly session: SessionSummary;
  readonly signals: readonly Signal[];
}

/** Per entry: how sessions bear on it. */
export interface EntryRecord {
  readonly support: number;
  readonly applied: number;
  readonly violated: number;
  readonly contradicted: number;
  readonly lastTouched?: string;
}

/** One consistent reading of the ledger, at one commit. Reads are lazy and remembered. */
export interface LedgerView {
  /** Undefined when there is no ledger yet. */
  readonly commit: string | undefined;
  /** Session files by path, each with the id of its Git object; known without reading any session. */
  readonly objects: ReadonlyMap<string, string>;
  /** The path a session with this id has, whether or not it is there. */
  pathOf(session: string): string;
  /** Headers of all sessions with their object, in no order. Reads no more than it must. */
  sessions(): Promise<readonly { readonly summary: SessionSummary; readonly object: string }[]>;
  session(id: string): Promise<Session | undefined>;
  /** The same without holding all its events. It was checked: going through them does not throw. */
  streamed(id: string): Promise<StreamedSession | undefined>;
  /** By session id. Extracts of other extractor versions or of objects that have changed are left out. */
  extracts(extractor: string): Promise<ReadonlyMap<string, Extract>>;
  journals(): Promise<readonly Journal[]>;
  decisions(): Promise<readonly Decision[]>;
  entries(): Promise<ReadonlyMap<string, EntryRecord>>;
  /** Notes of dreamers by name. */
  notes(kind: NoteKind): Promise<ReadonlyMap<string, unknown>>;
  /** What a foreign writer changed or broke; each a sentence for a person. Such files are ignored. */
  problems(): Promise<readonly string[]>;
}

export interface LedgerChange {
  readonly sessions?: readonly (Session | StreamedSession)[];
  readonly extracts?: readonly Extract[];
  readonly journals?: readonly Journal[];
  readonly decisions?: readonly Decision[];
  readonly entries?: ReadonlyMap<string, EntryRecord>;
  readonly notes?: readonly Note[];
  /** Ledger paths to remove. */
  readonly remove?: readonly string[];
}

export interface Ledger {
  read(): Promise<LedgerView>;
  /**
   * Adds one commit on the tip. When another writer was faster the change is asked for again, on the new tip;
   * undefined means there is nothing to write any more.
   */
  write(
    message: string,
    change: (view: LedgerView) => Promise<LedgerChange | undefined>,
  ): Promise<LedgerView>;
}
