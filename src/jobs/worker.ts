/** Takes jobs and runs them: so many at once, alive as long as the queue hears of it, and stopped in time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Handlers } from './handler.ts';
import type { JobKind } from './job.ts';
import type { RetryPolicy } from './failure.ts';
import type { Claim, ClaimSource } from './queue.ts';
import {
  runJob,
  StoppedError,
  type Ended,
  type JobEnd,
  type RunOptions,
  type StopReason,
} from './run-job.ts';
import { createSettler } from './settler.ts';

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

export interface EndedJob {
  readonly claim: Claim;
  readonly end: JobEnd;
  readonly result: Ended['result'];
  /** How long its handler worked. */
  readonly seconds: number;
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

interface Running {
  readonly claim: Claim;
  readonly controller: AbortController;
  readonly lane: 'quick' | 'slow';
  /** When the queue last heard of it for certain (performance.now). */
  aliveAt: number;
  /** It only remains to tell the queue. */
  ending: boolean;
}

/** Part of the lease after which a job that the queue does not hear of is stopped: before another may have it. */
const patience = 0.7;
const defaults = { slots: { quick: 8, slow: 2 }, pollSeconds: 1, recoverSeconds: 10 };

export function startWorker(options: WorkerOptions): Worker {
  const { claims, log, slots = defaults.slots, pollSeconds = defaults.pollSeconds } = options;
  const running = new Map<Claim, Running>();
  const lastOfKey = new Map<string, Promise<unknown>>();
  const bell = createBell();
  let stopping = false;

  const complete = createSettler<Claim>((ended) => claims.complete(ended));
  const runOptions: RunOptions = {
    ...options,
    complete(claim) {
      const job = running.get(claim);
      if (job !== undefined) job.ending = true;
      return complete(claim);
    },
  };
  const stop = (job: Running, reason: StopReason): void => {
    if (!job.ending) job.controller.abort(new StoppedError(reason));
  };

  const run = async (job: Running, before: Promise<unknown> | undefined): Promise<void> => {
    const { claim } = job;
    // Ours again before the attempt that we lost has stopped: one after the other all the same.
    await before;
    const jobLog = log.child(fieldsOf(claim));
    jobLog.debug('job begins');
    const { end, result, seconds } = await runJob(claim, job.controller, { ...runOptions, log: jobLog });
    const level = 'repository' in claim.payload ? 'info' : 'debug';
    jobLog[level]({ end, outcome: result?.outcome, reason: result?.reason, seconds }, 'job ended');
    options.onEnd?.({ claim, end, result, seconds });
  };
  const begin = (claim: Claim, aliveAt: number): void => {
    const lane = claim.payload.kind === 'dream' ? 'slow' : 'quick';
    const job: Running = { claim, controller: new AbortController(), lane, aliveAt, ending: false };
    running.set(claim, job);
    const ended = run(job, lastOfKey.get(claim.key)).finally(() => {
      running.delete(claim);
      if (lastOfKey.get(claim.key) === ended) lastOfKey.delete(claim.key);
      bell.ring();
    });
    lastOfKey.set(claim.key, ended);
  };
  const free = (lane: 'quick' | 'slow'): number =>
    slots[lane] - [...running.values()].filter((job) => job.lane === lane).length;

  const take = async (): Promise<void> => {
    while (!stopping) {
      const places = { quick: free('quick'), slow: free('slow') };
      let taken: readonly Claim[] = [];
      let pause = pollSeconds;
      const before = performance.now();
      if (places.quick + places.slow > 0)
        try {
          taken = await claims.claim(places);
        } catch (error) {
          log.warn({ err: error }, 'no jobs can be taken for now');
          pause = Math.max(1, pollSeconds);
        }
      for (const claim of taken) begin(claim, before);
      if (taken.length === 0) await bell.wait(pause * 1_000);
    }
  };

  const hearts = every(Math.min(2, claims.leaseSeconds / 5), () =>
    beat(claims, [...running.values()], stop, log),
  );
  const recovery = every(options.recoverSeconds ?? defaults.recoverSeconds, () => claims.recover(), log);
  const quiet = claims.onWake(bell.ring);
  const taking = take();

  return {
    get running() {
      return running.size;
    },
    async stop(seconds = 20) {
      stopping = true;
      bell.ring();
      quiet();
      const all = async (): Promise<unknown> => {
        await taking;
        return Promise.all(lastOfKey.values());
      };
      await Promise.race([all(), sleep(seconds * 750, undefined, { ref: false })]);
      for (const job of running.values()) stop(job, 'stopping');
      await Promise.race([all(), sleep(seconds * 200, undefined, { ref: false })]);
      hearts.stop();
      recovery.stop();
    },
  };
}

/** Tells the queue that jobs are alive, and stops those that are no longer ours or that somebody cancelled. */
async function beat(
  claims: ClaimSource,
  jobs: readonly Running[],
  stop: (job: Running, reason: StopReason) => void,
  log: Logger,
): Promise<void> {
  const running = jobs.filter(({ ending }) => !ending);
  if (running.length === 0) return;
  const now = performance.now();
  // The queue may have given them to somebody else by the time it is heard of again.
  for (const job of running)
    if (now - job.aliveAt > claims.leaseSeconds * 1_000 * patience) stop(job, 'lost');
  try {
    const { lost, cancelled } = await claims.beat(running.map(({ claim }) => claim));
    for (const job of running)
      if (lost.includes(job.claim)) stop(job, 'lost');
      else {
        job.aliveAt = now;
        if (cancelled.includes(job.claim)) stop(job, 'cancelled');
      }
  } catch (error) {
    log.debug({ err: error }, 'the queue does not hear us');
  }
}

/** Again and again, whether or not the time before has ended. */
function every(seconds: number, work: () => Promise<void>, log?: Logger): { stop(): void } {
  const timer = setInterval(() => {
    work().catch((error: unknown) => log?.debug({ err: error }, 'housekeeping of the queue failed'));
  }, seconds * 1_000);
  return { stop: () => clearInterval(timer) };
}

/** Something to wait for that may ring before anybody waits. */
function createBell(): { ring: () => void; wait: (milliseconds: number) => Promise<void> } {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(milliseconds) {
      if (!rung)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      wake = undefined;
      rung = false;
    },
  };
}

function fieldsOf({ id, attempt, payload }: Claim): Readonly<Record<string, unknown>> {
  return {
    job: id,
    kind: payload.kind,
    attempt,
    ...('repository' in payload ? { repository: payload.repository } : {}),
    ...('delivery' in payload && payload.delivery !== undefined ? { delivery: payload.delivery } : {}),
  };
}
