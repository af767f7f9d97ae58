/** Keeps claims alive, and stops what is no longer ours. */
import type { Logger } from 'pino';
import type { ClaimSource } from './queue.ts';
import type { RunningJobs } from './running-jobs.ts';

/** Part of the lease after which a job that the queue does not hear of is stopped: before another may have it. */
const patience = 0.7;

/** Tells the queue that jobs are alive, and stops those that are no longer ours or that somebody cancelled. */
export async function beat(claims: ClaimSource, jobs: RunningJobs, log: Logger): Promise<void> {
  const running = jobs.all().filter(({ ending }) => !ending);
  if (running.length === 0) return;
  const now = performance.now();
  // The queue may have given them to somebody else by the time it is heard of again.
  for (const job of running)
    if (now - job.aliveAt > claims.leaseSeconds * 1_000 * patience) jobs.stop(job, 'lost');
  try {
    const { lost, cancelled } = await claims.beat(running.map(({ claim }) => claim));
    for (const job of running)
      if (lost.includes(job.claim)) jobs.stop(job, 'lost');
      else {
        job.aliveAt = now;
        if (cancelled.includes(job.claim)) jobs.stop(job, 'cancelled');
      }
  } catch (error) {
    log.debug({ err: error }, 'the queue does not hear us');
  }
}

/** Again and again, whether or not the time before has ended. */
export function every(seconds: number, work: () => Promise<void>, log: Logger): { stop(): void } {
  const timer = setInterval(() => {
    work().catch((error: unknown) => log.debug({ err: error }, 'housekeeping of the queue failed'));
  }, seconds * 1_000);
  return { stop: () => clearInterval(timer) };
}
