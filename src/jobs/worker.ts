/** Takes jobs and runs them: so many at once, alive as long as the queue hears of it, and stopped in time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Handlers } from './handler.ts';
import type { JobKind } from './job.ts';
import type { RetryPolicy } from './failure.ts';
import { createBell, type Bell } from './bell.ts';
import { beat, every } from './heartbeat.ts';
import type { Claim, ClaimSource } from './queue.ts';
import type { EndedJob, RunOptions } from './run-job.ts';
import { createRunningJobs, type RunningJobs } from './running-jobs.ts';

export interface WorkerOptions {
  readonly claims: ClaimSource;
  readonly handlers: Handlers;
  readonly log: Logger;
  /** Takes secrets out of errors before they are kept. */
  readonly clean: (texts: readonly string[]) => Promise<readonly string[]>;
  /** Most jobs at once in this process: dreams, and all others. */
  readonly slots?: { readonly quick: number; readonly slow: number };
  /** How often is looked for jobs when nobody says that there are any, in seconds. */
  readonly pollSeconds?: number;
  /** How often dead workers' jobs are looked after, in seconds. */
  readonly recoverSeconds?: number;
  readonly policy?: RetryPolicy;
  readonly timeLimits?: Partial<Readonly<Record<JobKind, number>>>;
  /** Runs handlers as part of a trace. */
  readonly span?: NonNullable<RunOptions['span']>;
  readonly onEnd?: (ended: EndedJob) => void;
}

export interface Worker {
  /** How many jobs run now. */
  readonly running: number;
  /**
   * Takes nothing more, lets what runs finish, stops and hands back what does not finish in time.
   * @param seconds over after so long at the latest.
   */
  stop(seconds?: number): Promise<void>;
}

const defaults = { slots: { quick: 8, slow: 2 }, pollSeconds: 1, recoverSeconds: 10 };

export function startWorker(options: WorkerOptions): Worker {
  const { claims, log } = options;
  const bell = createBell();
  const jobs = createRunningJobs({
    ...options,
    onEnd(job) {
      bell.ring();
      options.onEnd?.(job);
    },
  });
  let stopping = false;
  const hearts = every(Math.min(2, claims.leaseSeconds / 5), () => beat(claims, jobs, log), log);
  const recovery = every(options.recoverSeconds ?? defaults.recoverSeconds, () => claims.recover(), log);
  const quiet = claims.onWake(bell.ring);
  const taking = take(options, jobs, bell, () => stopping);

  return {
    get running() {
      return jobs.all().length;
    },
    async stop(seconds = 20) {
      stopping = true;
      bell.ring();
      quiet();
      const ended = taking.then(() => jobs.ended());
      await Promise.race([ended, sleep(seconds * 750, undefined, { ref: false })]);
      for (const job of jobs.all()) jobs.stop(job, 'stopping');
      await Promise.race([ended, sleep(seconds * 200, undefined, { ref: false })]);
      hearts.stop();
      recovery.stop();
    },
  };
}

/** Claims what there is room for, until it is time to stop. */
async function take(
  { claims, log, slots = defaults.slots, pollSeconds = defaults.pollSeconds }: WorkerOptions,
  jobs: RunningJobs,
  bell: Bell,
  stopping: () => boolean,
): Promise<void> {
  while (!stopping()) {
    const free = { quick: slots.quick - jobs.count('quick'), slow: slots.slow - jobs.count('slow') };
    let taken: readonly Claim[] = [];
    let pause = pollSeconds;
    const before = performance.now();
    if (free.quick + free.slow > 0)
      try {
        taken = await claims.claim(free);
      } catch (error) {
        log.warn({ err: error }, 'no jobs can be taken for now');
        pause = Math.max(1, pollSeconds);
      }
    for (const claim of taken) jobs.begin(claim, before);
    if (taken.length === 0) await bell.wait(pause * 1_000);
  }
}
