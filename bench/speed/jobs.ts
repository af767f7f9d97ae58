/** The queue against bare pg-boss, more workers against one, the sweep, how long a job waits, and what `serve` costs idle. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import { pino } from 'pino';
import { createClaims } from '../../src/jobs/boss-claims.ts';
import { createQueue } from '../../src/jobs/boss-queue.ts';
import { openDatabase, type Database } from '../../src/jobs/database.ts';
import type { Handlers } from '../../src/jobs/handler.ts';
import type { JobPayload } from '../../src/jobs/job.ts';
import { startWorker } from '../../src/jobs/worker.ts';
import { benchServe } from './jobs-serve.ts';
import { benchSweep } from './jobs-sweep.ts';
import { startServer, type BenchServer } from './jobs-server.ts';
import type { Line } from './measure.ts';

const log = pino({ level: 'silent' });
const slots = 20;

export async function benchJobs(): Promise<Line[]> {
  const server = await startServer();
  try {
    return [
      await againstBare(server),
      await moreWorkers(server),
      ...(await waiting(server)),
      await benchSweep(await server.database()),
      ...(await benchServe()),
    ];
  } finally {
    await server.stop();
  }
}

/** Jobs of so many repositories, in turn. */
function payloads(count: number, repositories: number): readonly JobPayload[] {
  return Array.from({ length: count }, (_, at) => ({
    kind: 'review',
    repository: `r${at % repositories}`,
    slot: String(at),
  }));
}

async function open(url: string): Promise<Database> {
  return openDatabase({ connectionString: url, log, leaseSeconds: 20 });
}

/** A worker for each connection pool, as processes have, until so many jobs have ended. @returns jobs per second. */
async function rateOf(
  databases: readonly Database[],
  count: number,
  { handlers, quick }: { readonly handlers: Handlers; readonly quick: number },
): Promise<number> {
  let ended = 0;
  const done = Promise.withResolvers<undefined>();
  const onEnd = (): void => {
    ended += 1;
    if (ended === count) done.resolve(undefined);
  };
  const started = performance.now();
  const workers = databases.map((database) =>
    startWorker({ ...workerOptions(database), handlers, slots: { quick, slow: 2 }, onEnd }),
  );
  await done.promise;
  const seconds = (performance.now() - started) / 1_000;
  await Promise.all(workers.map((worker) => worker.stop(2)));
  return count / seconds;
}

function workerOptions(database: Database) {
  return {
    claims: createClaims(database, { dreamsPerInstallation: 2, settleSeconds: 0 }),
    log,
    clean: (texts: readonly string[]) => Promise.resolve(texts),
  };
}

const nothing: Handlers = { review: () => Promise.resolve({ outcome: 'nothing' }) };

/** @param workers each with a database connection of its own. */
async function ours(
  url: string,
  jobs: readonly JobPayload[],
  options: { readonly handlers: Handlers; readonly quick: number; readonly workers: number },
): Promise<number> {
  const databases = await Promise.all(Array.from({ length: options.workers }, () => open(url)));
  try {
    const [first] = databases;
    if (first !== undefined) await createQueue(first).sendAll(jobs.map((payload) => ({ payload })));
    return await rateOf(databases, jobs.length, options);
  } finally {
    await Promise.all(databases.map((database) => database.close()));
  }
}

/** The same policy, keys, batch and number of jobs, as little around it as pg-boss allows. */
async function bare(url: string, count: number): Promise<number> {
  const boss = new PgBoss({ connectionString: url, max: 10, schedule: false });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.createQueue('bare', { policy: 'key_strict_fifo', heartbeatSeconds: 20 });
  for (let round = 0; round < 5; round += 1)
    await boss.insert(
      'bare',
      payloads(count, count / 5)
        .slice((round * count) / 5, ((round + 1) * count) / 5)
        .map((payload, at) => ({ data: { payload }, singletonKey: `r${at}` })),
    );
  let ended = 0;
  const done = Promise.withResolvers<undefined>();
  const started = performance.now();
  const options = { batchSize: slots, pollingIntervalSeconds: 0.5, burstWhenBatchFull: true };
  await boss.work('bare', options, (jobs) => {
    ended += jobs.length;
    if (ended === count) done.resolve(undefined);
    return Promise.resolve();
  });
  await done.promise;
  const seconds = (performance.now() - started) / 1_000;
  await boss.stop({ graceful: true, timeout: 2_000 });
  return count / seconds;
}

async function againstBare(server: BenchServer): Promise<Line> {
  const rates: { readonly ours: number; readonly bare: number }[] = [];
  for (let round = 0; round < 3; round += 1)
    rates.push({
      bare: await bare(await server.database(), 5_000),
      ours: await ours(await server.database(), payloads(5_000, 1_000), {
        handlers: nothing,
        quick: slots,
        workers: 1,
      }),
    });
  const [mine, theirs] = [
    Math.max(...rates.map((rate) => rate.ours)),
    Math.max(...rates.map((rate) => rate.bare)),
  ];
  const ratio = mine / theirs;
  return {
    name: 'empty jobs of 1,000 repositories',
    measured: `${mine.toFixed(0)} jobs/s`,
    reference: `${theirs.toFixed(0)} jobs/s bare`,
    ratio,
    goal: '≥ 0.8×',
    ok: ratio >= 0.8,
  };
}

const fifty: Handlers = {
  async review() {
    await sleep(50);
    return { outcome: 'waited' };
  },
};

async function moreWorkers(server: BenchServer): Promise<Line> {
  const run = async (workers: number): Promise<number> =>
    ours(await server.database(), payloads(600, 200), { handlers: fifty, quick: 4, workers });
  const [one, three] = [await run(1), await run(3)];
  return {
    name: 'jobs that wait 50 ms, 3 workers against 1',
    measured: `${three.toFixed(0)} jobs/s`,
    reference: `${one.toFixed(0)} jobs/s`,
    ratio: three / one,
    goal: '≥ 2.5×',
    ok: three / one >= 2.5,
  };
}

/** From asking to the handler's first line, at a pace that leaves the worker idle. */
async function waiting(server: BenchServer): Promise<Line[]> {
  const url = await server.database();
  const [web, worker] = [await open(url), await open(url)];
  const asked = new Map<string, number>();
  const waits: number[] = [];
  const running = startWorker({
    ...workerOptions(worker),
    handlers: {
      review: ({ slot = '' }) => {
        waits.push(performance.now() - (asked.get(slot) ?? 0));
        return Promise.resolve({ outcome: 'seen' });
      },
    },
  });
  const queue = createQueue(web);
  await sleep(500);
  for (const [at, payload] of payloads(500, 50).entries()) {
    asked.set(String(at), performance.now());
    await queue.send(payload);
    await sleep(10);
  }
  await sleep(1_000);
  await running.stop(2);
  await Promise.all([web.close(), worker.close()]);
  const sorted = waits.sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Infinity;
  const line = (name: string, value: number): Line => ({
    name,
    measured: `${value.toFixed(1)} ms`,
    reference: '',
    goal: '',
    ok: waits.length === 500,
  });
  return [
    line('from asking to start, p50 of 500', at(0.5)),
    line('from asking to start, p99 of 500', at(0.99)),
  ];
}
