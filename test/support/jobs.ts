/** A queue with workers, as tests want them: quick, and stopped when the test ends. */
import { onTestFinished } from 'vitest';
import { createClaims, type ClaimOptions } from '../../src/jobs/boss-claims.ts';
import { createQueue } from '../../src/jobs/boss-queue.ts';
import { openDatabase, type Database } from '../../src/jobs/database.ts';
import type { Handlers, JobContext, JobResult } from '../../src/jobs/handler.ts';
import type { JobOf } from '../../src/jobs/job.ts';
import type { ClaimSource, Queue } from '../../src/jobs/queue.ts';
import type { EndedJob } from '../../src/jobs/run-job.ts';
import { startWorker, type Worker, type WorkerOptions } from '../../src/jobs/worker.ts';
import { emptyDatabase, silent } from './postgres.ts';

export interface OpenQueue {
  readonly url: string;
  readonly database: Database;
  readonly queue: Queue;
  /** As another process would see the same queue. */
  readonly claims: (options?: Partial<ClaimOptions>) => ClaimSource;
  readonly worker: (
    handlers: Handlers,
    options?: Partial<WorkerOptions>,
  ) => Worker & { readonly ended: EndedJob[] };
}

export async function openQueue(url?: string): Promise<OpenQueue> {
  const connectionString = url ?? (await emptyDatabase());
  const database = await openDatabase({
    connectionString,
    log: silent,
    leaseSeconds: 10,
    superviseSeconds: 1,
    poolSize: 5,
  });
  onTestFinished(() => database.close());
  const claims = (options: Partial<ClaimOptions> = {}): ClaimSource =>
    createClaims(database, { dreamsPerInstallation: 2, settleSeconds: 0, ...options });
  return {
    url: connectionString,
    database,
    queue: createQueue(database),
    claims,
    worker(handlers, options = {}) {
      const ended: EndedJob[] = [];
      const worker = startWorker({
        claims: claims(),
        handlers,
        log: silent,
        clean: (texts) => Promise.resolve(texts),
        pollSeconds: 0.2,
        recoverSeconds: 0.5,
        policy: { limit: 3, base: 0.05, most: 1 },
        onEnd: (job) => ended.push(job),
        ...options,
      });
      onTestFinished(() => worker.stop(2));
      return Object.assign(worker, { ended });
    },
  };
}

export const ok: JobResult = { outcome: 'ok' };

/** A job of the least interesting kind; `slot` tells it from others. */
export function aJob(repository: string, slot?: string): JobOf<'review'> {
  return { kind: 'review', repository, ...(slot === undefined ? {} : { slot }) };
}

export function aDream(repository: string, installation?: string): JobOf<'dream'> {
  return { kind: 'dream', repository, ...(installation === undefined ? {} : { installation }) };
}

/** Ends when it is stopped, with the reason, or after a time. */
export function untilStopped({ signal }: JobContext, milliseconds = 60_000): Promise<JobResult> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(ok), milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
