/** The jobs that run in this process: begun, counted by lane, and stopped. */
import type { Lane } from './fairness.ts';
import type { Claim } from './queue.ts';
import { runJob, StoppedError, type EndedJob, type RunOptions, type StopReason } from './run-job.ts';
import { createSettler } from './settler.ts';

export interface RunningJob {
  readonly claim: Claim;
  readonly controller: AbortController;
  readonly lane: Lane;
  /** When the queue last heard of it for certain (performance.now). */
  aliveAt: number;
  /** It only remains to tell the queue. */
  ending: boolean;
}

export interface RunningJobs {
  readonly all: () => readonly RunningJob[];
  readonly count: (lane: Lane) => number;
  /** @param aliveAt when it was claimed, at the latest. */
  readonly begin: (claim: Claim, aliveAt: number) => void;
  readonly stop: (job: RunningJob, reason: StopReason) => void;
  /** Resolves when those that run now have ended. */
  readonly ended: () => Promise<void>;
}

export interface RunningOptions extends Omit<RunOptions, 'complete'> {
  /** After the queue was told. */
  readonly onEnd: (ended: EndedJob) => void;
}

export function createRunningJobs(options: RunningOptions): RunningJobs {
  const running = new Map<Claim, RunningJob>();
  const lastOfKey = new Map<string, Promise<void>>();
  const settle = createSettler<Claim>((ended) => options.claims.complete(ended));
  const complete = (claim: Claim): Promise<void> => {
    const job = running.get(claim);
    if (job !== undefined) job.ending = true;
    return settle(claim);
  };
  const run = async (job: RunningJob, before: Promise<void> | undefined): Promise<void> => {
    const { claim, controller } = job;
    // Ours again before the attempt that we lost has stopped: one after the other all the same.
    await before;
    const log = options.log.child(fieldsOf(claim));
    log.debug('job begins');
    const { end, result, seconds } = await runJob(claim, controller, { ...options, log, complete });
    const level = 'repository' in claim.payload ? 'info' : 'debug';
    log[level]({ end, outcome: result?.outcome, reason: result?.reason, seconds }, 'job ended');
    running.delete(claim);
    options.onEnd({ claim, end, result, seconds });
  };
  return {
    all: () => [...running.values()],
    count: (lane) => [...running.values()].filter((job) => job.lane === lane).length,
    begin(claim, aliveAt) {
      const lane = claim.payload.kind === 'dream' ? 'slow' : 'quick';
      const job: RunningJob = { claim, controller: new AbortController(), lane, aliveAt, ending: false };
      running.set(claim, job);
      const ended = run(job, lastOfKey.get(claim.key)).finally(() => {
        if (lastOfKey.get(claim.key) === ended) lastOfKey.delete(claim.key);
      });
      lastOfKey.set(claim.key, ended);
    },
    stop(job, reason) {
      if (!job.ending) job.controller.abort(new StoppedError(reason));
    },
    async ended() {
      await Promise.all(lastOfKey.values());
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
