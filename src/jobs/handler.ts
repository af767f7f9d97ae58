/** What does the work of a job. */
import type { Logger } from 'pino';
import type { JobKind, JobOf } from './job.ts';

export interface JobContext {
  readonly id: string;
  /** From 0; whatever an earlier attempt did may be there already, in part or whole. */
  readonly attempt: number;
  /** Aborted when the job is cancelled, over its time, no longer ours, or the process stops. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** What a handler did, for the log and the metrics: a stable outcome, and a reason where there is one. */
export interface JobResult {
  readonly outcome: string;
  readonly reason?: string;
  readonly dream?: DreamedOf;
}

/** What a dream came to, counted. */
export interface DreamedOf {
  readonly dreamer: string;
  /** Kinds of the proposals. */
  readonly proposed: readonly string[];
  readonly withheld: readonly string[];
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number; readonly usd: number };
}

/**
 * Delivery is at least once: a handler may run again after it had its effect, and must then have it no second time.
 * It stops soon after its signal. A thrown error with `retryable: false` lays the job aside at once, one with
 * `retryAfter` (seconds) says when to come back, any other is tried again with growing delays.
 */
export type Handler<Kind extends JobKind> = (payload: JobOf<Kind>, context: JobContext) => Promise<JobResult>;

export type Handlers = { readonly [Kind in JobKind]?: Handler<Kind> };
