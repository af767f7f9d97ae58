/** The queue in pg-boss: requests are written durably, read back and counted. */
import { randomUUID } from 'node:crypto';
import type { JobInsert } from 'pg-boss';
import { z } from 'zod';
import { isOwn, mostDeaths } from './boss-dead.ts';
import { waitingFor } from './boss-waiting.ts';
import { deadQueue, mainQueue, schema, type Database } from './database.ts';
import { createTurnstile, priorityOf, type Turnstile } from './fairness.ts';
import { idempotencyKey, idOf, jobKinds, orderKey, timeLimits, type JobPayload } from './job.ts';
import type { Depth, JobDetails, JobFilter, Queue } from './queue.ts';
import { columns, readJob, storedStates } from './stored-job.ts';

export function createQueue(database: Database, turnstile: Turnstile = createTurnstile()): Queue {
  const insert = async (jobs: readonly JobInsert[]): Promise<readonly string[]> => {
    const ids = await database.run((boss) => boss.insert(mainQueue, [...jobs], { returnId: true }));
    if (ids !== null) database.notify();
    return ids ?? [];
  };
  return {
    async send(payload, options = {}) {
      const same = (await waitingFor(database, [payload])).get(0);
      if (same !== undefined) return { id: same, isNew: false };
      const job = insertOf(payload, options.startAfter, turnstile);
      const ids = await insert([job]);
      return { id: job.id, isNew: ids.length > 0 };
    },
    async sendAll(jobs) {
      const same = await waitingFor(
        database,
        jobs.map(({ payload }) => payload),
      );
      // The same asked for twice in one step is one request too.
      const byId = new Map(
        jobs
          .filter((_, at) => !same.has(at))
          .map(({ payload, startAfter }) => insertOf(payload, startAfter, turnstile))
          .map((job) => [job.id, job]),
      );
      let sent = 0;
      for (const round of inRounds([...byId.values()])) sent += (await insert(round)).length;
      return sent;
    },
    cancel: (id) => cancel(database, id),
    retry: (id) => retry(database, id, turnstile),
    list: (filter = {}) => list(database, filter),
    show: (id) => show(database, id),
    depth: () => depth(database),
  };
}

/** What is inserted together counts as come together: of each repository one, so that its jobs keep their order. */
function inRounds<Job extends { readonly singletonKey: string }>(
  jobs: readonly Job[],
): readonly (readonly Job[])[] {
  const rounds: Job[][] = [];
  const turns = new Map<string, number>();
  for (const job of jobs) {
    const turn = turns.get(job.singletonKey) ?? 0;
    turns.set(job.singletonKey, turn + 1);
    (rounds[turn] ??= []).push(job);
  }
  return rounds;
}

/** How pg-boss stops a job itself, should its worker be unable to. */
const graceSeconds = 60;

function insertOf(
  payload: JobPayload,
  startAfter: string | undefined,
  turnstile: Turnstile,
): JobInsert & { readonly id: string; readonly singletonKey: string } {
  const key = idempotencyKey(payload);
  const order = orderKey(payload);
  const installation = 'installation' in payload ? payload.installation : undefined;
  // The queue's own jobs are few and quick, and find work for others: they are served before all.
  const counts = isOwn(order) ? 0 : countsFrom(payload, startAfter, turnstile);
  return {
    id: key === undefined ? randomUUID() : idOf(key),
    data: { payload, failures: 0 },
    singletonKey: order,
    priority: priorityOf(payload.kind === 'dream' ? 'slow' : 'quick', counts),
    expireInSeconds: timeLimits[payload.kind] + graceSeconds,
    retryLimit: mostDeaths(order),
    ...(payload.kind === 'dream' && installation !== undefined ? { group: { id: installation } } : {}),
    ...(startAfter === undefined ? {} : { startAfter }),
  };
}

function countsFrom(payload: JobPayload, startAfter: string | undefined, turnstile: Turnstile): number {
  const now = (startAfter === undefined ? Date.now() : Date.parse(startAfter)) / 1_000;
  const installation = 'installation' in payload ? payload.installation : undefined;
  const parties = [
    orderKey(payload),
    ...(installation === undefined ? [] : [`installation:${installation}`]),
  ];
  return turnstile.pass(parties, now);
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function show(database: Database, id: string): Promise<JobDetails | undefined> {
  if (!uuid.test(id)) return undefined;
  const [row] = await database.query(
    `SELECT ${columns} FROM ${schema}.job j WHERE j.id = $1 AND j.name = ANY($2)`,
    [id, [mainQueue, deadQueue]],
  );
  return row === undefined ? undefined : readJob(row, deadQueue);
}

async function cancel(database: Database, id: string): ReturnType<Queue['cancel']> {
  const job = await show(database, id);
  if (job === undefined) return 'unknown';
  if (job.state === 'waiting' || job.state === 'retrying') {
    const [row] = await database.query(
      `UPDATE ${schema}.job SET state = 'cancelled', completed_on = now()
       WHERE name = $1 AND id = $2 AND state IN ('created', 'retry') RETURNING id`,
      [mainQueue, id],
    );
    // A worker was faster, so it is that worker who stops it.
    return row === undefined ? cancel(database, id) : 'cancelled';
  }
  if (job.state !== 'running') return 'over';
  await database.query(`INSERT INTO ${schema}.cancel_request (job) VALUES ($1) ON CONFLICT DO NOTHING`, [id]);
  database.notify();
  return 'stopping';
}

async function retry(database: Database, id: string, turnstile: Turnstile): ReturnType<Queue['retry']> {
  const job = await show(database, id);
  if (job === undefined) return 'unknown';
  if (job.state === 'retrying') {
    await database.run((boss) =>
      boss.update(mainQueue, undefined, { id, startAfter: new Date().toISOString() }),
    );
    database.notify();
    return { id, isNew: true };
  }
  if (job.state !== 'dead') return 'not-needed';
  // The letter's own id names the replay: two people who press at once replay once.
  const again = { ...insertOf(job.payload, undefined, turnstile), id: idOf(`replay\0${id}`) };
  const ids = await database.transaction(async (boss, db) => {
    const inserted = await boss.insert(mainQueue, [again], { returnId: true, db });
    await boss.deleteJob(deadQueue, id, { db });
    return inserted;
  });
  database.notify();
  return { id: again.id, isNew: ids !== null && ids.length > 0 };
}

async function list(database: Database, filter: JobFilter): Promise<readonly JobDetails[]> {
  const dead = filter.states?.includes('dead') ?? true;
  const rows = await database.query(
    `SELECT ${columns} FROM ${schema}.job j
     WHERE ((j.name = $1 AND j.state::text = ANY($2)) OR (j.name = $3 AND $4))
       AND ($5::text IS NULL OR j.data->'payload'->>'kind' = $5)
       AND ($6::text IS NULL OR j.data->'payload'->>'repository' = $6)
     ORDER BY j.created_on DESC, j.id LIMIT $7`,
    [
      mainQueue,
      storedStates(filter.states),
      deadQueue,
      dead,
      filter.kind ?? null,
      filter.repository ?? null,
      filter.limit ?? 100,
    ],
  );
  return rows.flatMap((row) => readJob(row, deadQueue) ?? []);
}

const depthSchema = z.object({
  kind: z.enum(jobKinds),
  state: z.enum(['waiting', 'running', 'retrying', 'dead']),
  jobs: z.coerce.number(),
  oldest: z.coerce.number(),
});

async function depth(database: Database): Promise<readonly Depth[]> {
  const rows = await database.query(
    `SELECT data->'payload'->>'kind' AS kind,
       CASE WHEN name = $2 OR state = 'failed' THEN 'dead'
         WHEN state = 'active' THEN 'running' WHEN state = 'retry' THEN 'retrying' ELSE 'waiting' END AS state,
       count(*) AS jobs,
       greatest(0, extract(epoch FROM now() - min(greatest(created_on, start_after)))) AS oldest
     FROM ${schema}.job
     WHERE (name = $1 AND state IN ('created', 'retry', 'active', 'failed')) OR name = $2
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [mainQueue, deadQueue],
  );
  return rows.flatMap((row) => {
    const parsed = depthSchema.safeParse(row);
    if (!parsed.success) return [];
    const { oldest, ...rest } = parsed.data;
    return [{ ...rest, oldestSeconds: Math.round(oldest) }];
  });
}
