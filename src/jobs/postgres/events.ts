/** What the embedded server tells its owner while it lives. */
import type { DreamkeeperError } from '../../core/error.ts';

/** As much of a logger as we use; pino's fits. */
export interface PostgresLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export type PostgresEvent =
  /** A new, empty database was made. */
  | { readonly kind: 'created' }
  /** The files of the database could not be used; they are kept under `keptAt` and an empty database follows. */
  | { readonly kind: 'set-aside'; readonly reason: string; readonly keptAt: string }
  /** A server whose process was killed without it was found running, and ended. */
  | { readonly kind: 'orphan-stopped'; readonly pid: number }
  /** The server takes connections, for the first time or again. */
  | { readonly kind: 'ready'; readonly pid: number }
  /** The server ended by itself; it is started again. */
  | { readonly kind: 'crashed'; readonly code: number | null; readonly signal: string | null }
  /** It ended too often and stays down: who owns it had better end, too. */
  | { readonly kind: 'gave-up'; readonly error: DreamkeeperError };
