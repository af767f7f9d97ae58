/** What a server works for: the repositories of a folder, or those of a GitHub App and what comes with it. */
import type { Ask } from './app.ts';
import type { RequestHandler } from './http/handler.ts';
import type { Check } from './http/readiness.ts';
import type { HandlerOptions } from './jobs/handlers.ts';
import type { Handlers } from './jobs/handler.ts';
import type { RepositorySource } from './jobs/place.ts';
import type { Queue } from './jobs/queue.ts';
import type { ReconciliationHook } from './jobs/reconcile.ts';
import type { RepositoryStates } from './jobs/repository-state.ts';

export interface Served {
  readonly source: Pick<RepositorySource, 'list'>;
  /** The folder that must have room for what is written. */
  readonly folder: string;
  /** Seconds after which a repository is looked at anew, though nobody said that something happened. */
  readonly staleSeconds: number;
  handlers(options: Omit<HandlerOptions, 'source' | 'works'>): Handlers;
  /** Where else to look for what was missed. */
  hooks?(parts: {
    readonly states: Pick<RepositoryStates, 'all'>;
    readonly queue: Pick<Queue, 'sendAll'>;
  }): readonly ReconciliationHook[];
  /** What must hold before work is taken, besides the database and the disk. */
  readonly checks?: Readonly<Record<string, Check>>;
  /** Answers requests, besides those about operations. @param ask remembers jobs durably */
  requests?(ask: Ask): Promise<Requests>;
}

export interface Requests {
  readonly handlers: readonly RequestHandler[];
  /** When nothing is answered any more. */
  close(): Promise<void>;
}
