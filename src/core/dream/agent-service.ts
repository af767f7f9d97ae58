/** The service where a repository's agents run: their sessions are there, and the memory that they are given. */
import type { TakenSession } from '../sessions/submission.ts';

export interface AgentService {
  /** Sessions of it come onto the ledger. */
  readonly hasSessions: boolean;
  /**
   * Takes in what happened there: sessions, and what somebody else wrote into the memory that agents are given. Doing it
   * twice changes nothing.
   * @param now ISO 8601 in UTC.
   */
  takeIn(now: string, options?: TakeInOptions): Promise<TakenIn>;
  /**
   * Brings the memory of a commit to the agents, where it is not there yet. What changed there meanwhile is left as it is,
   * and becomes a session.
   */
  sync(commit: string, signal?: AbortSignal): Promise<Synced>;
}

export interface TakeInOptions {
  readonly signal?: AbortSignal;
  /** Says what would be taken in and writes nothing. */
  readonly dryRun?: boolean;
  readonly onProgress?: (step: string) => void;
}

/** As `ingest` reports it. */
export interface TakenIn {
  readonly ingested: number;
  readonly unchanged: number;
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
  readonly sessions: readonly TakenSession[];
}

/** Paths. */
export interface Synced {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** What somebody else changed there since the last time. */
  readonly foreign: readonly string[];
}
