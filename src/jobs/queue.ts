/** The durable queue as the rest of Dreamkeeper sees it; boss-queue.ts keeps it in PostgreSQL. */
import type { Failure } from './failure.ts';
import type { JobKind, JobPayload } from './job.ts';

export interface SendOptions {
  /** Not before this time, ISO 8601. */
  readonly startAfter?: string;
}

export interface Sent {
  readonly id: string;
  /** False: the same was asked for before, and is waiting, running or done. */
  readonly isNew: boolean;
}

export const jobStates = ['waiting', 'running', 'retrying', 'done', 'cancelled', 'dead'] as const;
export type JobState = (typeof jobStates)[number];

export interface JobSummary {
  readonly id: string;
  readonly state: JobState;
  readonly kind: JobKind;
  /** Null for the queue's own jobs. */
  readonly repository: string | null;
  /** How often it was begun. */
  readonly attempts: number;
  readonly createdAt: string;
  /** When it was last begun. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** For one that waits: not before then. */
  readonly startAfter: string | null;
  /** The last error, of a job that is tried again or was laid aside. */
  readonly error: Failure | null;
}

export interface JobDetails extends JobSummary {
  readonly payload: JobPayload;
}

export interface JobFilter {
  readonly states?: readonly JobState[];
  readonly kind?: JobKind;
  readonly repository?: string;
  /** Most jobs; newest first. */
  readonly limit?: number;
}

/** Of one kind in one state. */
export interface Depth {
  readonly kind: JobKind;
  readonly state: 'waiting' | 'running' | 'retrying' | 'dead';
  readonly jobs: number;
  /** Seconds since the oldest of them was asked for, or was due where it waits for a time. */
  readonly oldestSeconds: number;
}

/** Any method may throw a retryable error when the database cannot be reached for longer than a moment. */
export interface Queue {
  /** Remembers a job durably; afterwards it will be run, or laid aside with the reason, whatever crashes. */
  send(payload: JobPayload, options?: SendOptions): Promise<Sent>;
  /** The same for many, in as many steps as one repository has jobs among them. @returns how many were new. */
  sendAll(jobs: readonly { readonly payload: JobPayload; readonly startAfter?: string }[]): Promise<number>;
  /**
   * `cancelled` at once when it waits; `stopping` when it runs: its worker stops it within seconds, and nothing else of
   * its repository starts before that. `over` when there is nothing to cancel.
   */
  cancel(id: string): Promise<'cancelled' | 'stopping' | 'over' | 'unknown'>;
  /**
   * Runs a dead letter once more, at the end of its repository's line; one that waits to be tried again, now.
   * @returns the id it runs under.
   */
  retry(id: string): Promise<Sent | 'not-needed' | 'unknown'>;
  list(filter?: JobFilter): Promise<readonly JobSummary[]>;
  show(id: string): Promise<JobDetails | undefined>;
  /** What waits, runs and lies aside, by kind and state; nothing that is done. */
  depth(): Promise<readonly Depth[]>;
}

/** One job that this process has taken. Every answer about it counts only while it is still ours. */
export interface Claim {
  readonly id: string;
  /** Which attempt this is; an older attempt can no longer settle the job. */
  readonly attempt: number;
  readonly key: string;
  readonly payload: JobPayload;
  /** How often its handler has failed before. */
  readonly failures: number;
}

/** The side of the queue that workers see. */
export interface ClaimSource {
  /** At most so many of each lane, no two of one repository. Damaged jobs are laid aside on the way. */
  claim(free: { readonly quick: number; readonly slow: number }): Promise<readonly Claim[]>;
  complete(claims: readonly Claim[]): Promise<void>;
  /** It failed, and is tried again after so many seconds; until then its repository waits. */
  retryLater(claim: Claim, failure: Failure, afterSeconds: number): Promise<void>;
  /** It was not its fault that it ended: it runs again as soon as somebody is free. */
  handBack(claim: Claim): Promise<void>;
  /** Lays it aside, and lets its repository go on. */
  bury(claim: Claim, failure: Failure): Promise<void>;
  markCancelled(claim: Claim): Promise<void>;
  /** Says that they are alive. @returns those that are no longer ours, and those that somebody cancelled. */
  beat(
    claims: readonly Claim[],
  ): Promise<{ readonly lost: readonly Claim[]; readonly cancelled: readonly Claim[] }>;
  /** Gives back what dead workers held, and lays aside what has killed too many. */
  recover(): Promise<void>;
  /** Calls back when there may be something to claim or to look at; polling goes on beside it. */
  onWake(callback: () => void): () => void;
  /** Seconds after which a claim that did not beat is given to somebody else. */
  readonly leaseSeconds: number;
}
