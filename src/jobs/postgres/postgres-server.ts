/** A PostgreSQL of our own, as its users see it: start.ts starts one, and keeps it running. */
import type { Logger } from 'pino';
import { DreamkeeperError } from '../../core/error.ts';

export interface PostgresOptions {
  /**
   * Absolute; made when missing. Database, password, lock and, where its path is short enough, the socket lie in it.
   * As root, all folders above it must let others pass.
   */
  readonly folder: string;
  /** The server's own lines go there too, by their severity. */
  readonly log: Logger;
  /** As root, who the server runs as: a name or number. Else who owns the folder's database, `postgres`, `nobody`. */
  readonly user?: string;
  /** Most connections; 30 unless said otherwise. */
  readonly connections?: number;
  /** The server died and runs again: queries of the moment before have failed. */
  readonly onRestart?: (restart: { readonly reason: string; readonly times: number }) => void;
  /** The folder's database could not be used: it was renamed, and an empty one stands in its place. */
  readonly onSetAside?: (setAside: SetAside) => void;
  /** The server died too often; nothing starts it again. */
  readonly onGivenUp?: (error: DreamkeeperError) => void;
}

export interface SetAside {
  readonly reason: 'other-version' | 'damaged';
  /** What was wrong with it, in a sentence. */
  readonly message: string;
  /** Where it is now. */
  readonly folder: string;
}

export interface PostgresServer {
  /** `postgres://…`, with its password: good for as long as the server is not stopped, over restarts too. */
  readonly connectionString: string;
  /** Of the server's first process; another one after a restart. */
  readonly pid: number;
  /** Ends all connections and the server; the database is whole afterwards. Again: nothing happens. */
  stop(): Promise<void>;
}

/** Somebody else, who lives, has this folder. */
export class FolderHeldError extends DreamkeeperError {
  /** Process that has it; undefined when it has not said so yet. */
  readonly holder: number | undefined;

  constructor(folder: string, holder: number | undefined) {
    const who = holder === undefined ? 'another process' : `process ${holder}`;
    super('database', `${who} already serves from ${folder}`, {
      remedy: 'Stop it first, or set DREAMKEEPER_DATA to another folder for this one.',
    });
    this.holder = holder;
  }
}
