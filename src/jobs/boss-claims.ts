/** Taking jobs, and saying what became of them, in pg-boss. Every answer is fenced by the attempt it belongs to. */
import { z } from 'zod';
import { bury, buryFailed, mostDeaths } from './boss-dead.ts';
import { fetchJobs, type Fetched } from './boss-fetch.ts';
import { mainQueue, schema, type Database } from './database.ts';
import { laneRange } from './fairness.ts';
import type { Failure } from './failure.ts';
import { orderKey } from './job.ts';
import type { Claim, ClaimSource } from './queue.ts';
import { jobDataSchema } from './stored-job.ts';

export interface ClaimOptions {
  /** Most dreams at once of one installation, over all processes; where there is none, none is counted. */
  readonly dreamsPerInstallation: number;
  /**
   * Seconds that tables made anew rest before anything starts: workers of before may not have noticed yet that what
   * they do is no longer theirs. 0 where one process has the database for itself.
   */
  readonly settleSeconds: number;
}

export function createClaims(database: Database, options: ClaimOptions): ClaimSource {
  /** Ends an attempt and says when the next may begin; nothing happens when it is no longer ours. */
  const again = async (
    claim: Claim,
    next: { readonly failure?: Failure; readonly failures: number; readonly afterSeconds: number },
  ): Promise<void> => {
    await database.transaction(async (boss, db) => {
      const failed = await boss.fail(mainQueue, attemptOf(claim), next.failure ?? null, { db });
      if (touched(failed) === 0) return;
      await boss.update(
        mainQueue,
        { payload: claim.payload, failures: next.failures },
        {
          id: claim.id,
          startAfter: Math.max(0.001, next.afterSeconds),
          retryLimit: claim.attempt + 1 + mostDeaths(claim.key),
          db,
        },
      );
    });
    if (next.afterSeconds === 0) database.notify();
  };
  const quickLane = { range: laneRange('quick'), perGroup: 1, leaseSeconds: database.leaseSeconds };
  const slowLane = createSlowLane(database, options.dreamsPerInstallation);
  const handBack = (claim: Claim, afterSeconds: number): Promise<void> =>
    again(claim, { failures: claim.failures, afterSeconds });

  return {
    leaseSeconds: database.leaseSeconds,
    async claim(free) {
      const [quick, slow] = await Promise.all([
        free.quick > 0 ? fetchJobs(database, { ...quickLane, most: free.quick }) : [],
        free.slow > 0 ? slowLane(free.slow) : [],
      ]);
      const claims = await readable(database, [...quick, ...slow]);
      const rest = claims.length === 0 ? 0 : await restSeconds(database, options.settleSeconds);
      if (rest <= 0) return claims;
      await Promise.all(claims.map((claim) => handBack(claim, rest)));
      return [];
    },
    async complete(claims) {
      await database.run(
        (boss) => boss.complete(mainQueue, claims.map(attemptOf)),
        database.leaseSeconds / 2,
      );
    },
    retryLater: (claim, failure, afterSeconds) =>
      again(claim, { failure, failures: claim.failures + 1, afterSeconds }),
    handBack: (claim) => handBack(claim, 0),
    bury: (claim, failure) => bury(database, claim, failure),
    async markCancelled(claim) {
      await database.run((boss) => boss.cancel(mainQueue, attemptOf(claim)));
      await database.query(`DELETE FROM ${schema}.cancel_request WHERE job = $1`, [claim.id]);
    },
    beat: (claims) => beat(database, claims),
    recover: () => recover(database),
    onWake(callback) {
      const late = afterwards(callback, lookMilliseconds);
      const woken = (): void => {
        callback();
        late.ask();
      };
      const ends = [database.onNotify(woken), database.onRebuilt(callback), late.end];
      return () => ends.forEach((end) => end());
    },
  };
}

/** One process after the other, so that no two count the same free place. */
const claimLock = 7_238_115_027;
/** Dreams come seldom and take long: while there is none, looking for one after each quick job would be a waste. */
const lookMilliseconds = 250;

/** A dream that was asked for right after a look that found none is looked for once more, and not only when polling. */
function afterwards(callback: () => void, milliseconds: number) {
  let timer: NodeJS.Timeout | undefined;
  return {
    ask(): void {
      timer ??= setTimeout(() => {
        timer = undefined;
        callback();
      }, milliseconds).unref();
    },
    end: (): void => clearTimeout(timer),
  };
}

function createSlowLane(database: Database, perInstallation: number) {
  const range = laneRange('slow');
  let nextLook = 0;
  return async (most: number): Promise<readonly Fetched[]> => {
    if (performance.now() < nextLook) return [];
    const [waits] = await database.query(
      `SELECT 1 FROM ${schema}.job WHERE name = $1 AND state IN ('created', 'retry')
         AND priority <= $2 AND start_after <= now() LIMIT 1`,
      [mainQueue, range.maxPriority],
    );
    const taken = waits === undefined ? [] : await takeCounted(database, most, perInstallation);
    // There are none, or they wait for their installation or their repository.
    if (taken.length === 0) nextLook = performance.now() + lookMilliseconds;
    return taken;
  };
}

/** One by one, each counted with those before it. */
function takeCounted(database: Database, most: number, perGroup: number): Promise<readonly Fetched[]> {
  const { leaseSeconds } = database;
  return database.transaction(async (_boss, db) => {
    const query: Database['query'] = async (text, values = []) => {
      const answer: { readonly rows: readonly unknown[] } = await db.executeSql(text, [...values]);
      return answer.rows;
    };
    await query(`SELECT pg_advisory_xact_lock(${claimLock})`);
    const taken: Fetched[] = [];
    while (taken.length < most) {
      const one = await fetchJobs({ query }, { range: laneRange('slow'), most: 1, perGroup, leaseSeconds });
      if (one.length === 0) break;
      taken.push(...one);
    }
    return taken;
  });
}

/** What cannot be read, because a newer version or nobody of ours wrote it, is laid aside. */
async function readable(database: Database, jobs: readonly Fetched[]): Promise<readonly Claim[]> {
  const claims: Claim[] = [];
  for (const job of jobs) {
    const data = jobDataSchema.safeParse(job.data);
    if (data.success) {
      const { payload, failures } = data.data;
      claims.push({
        id: job.id,
        attempt: job.attempt,
        key: orderKey(payload),
        payload,
        failures,
      });
      continue;
    }
    await bury(
      database,
      { id: job.id, attempt: job.attempt, payload: job.data },
      {
        code: 'usage',
        message: `it cannot be read: ${z.prettifyError(data.error)}`.slice(0, 500),
        remedy: 'It may be from a newer version: bring this process up to date and retry it.',
      },
    );
  }
  return claims;
}

async function restSeconds(database: Database, settleSeconds: number): Promise<number> {
  if (settleSeconds === 0) return 0;
  const [row] = await database.query(
    `SELECT extract(epoch FROM now() - created_on)::float8 AS age FROM ${schema}.queue WHERE name = $1`,
    [mainQueue],
  );
  return settleSeconds - z.object({ age: z.number() }).parse(row).age;
}

async function beat(database: Database, claims: readonly Claim[]): ReturnType<ClaimSource['beat']> {
  const ids = claims.map(({ id }) => id);
  const [answer, requests] = await Promise.all([
    database.run((boss) => boss.touch(mainQueue, claims.map(attemptOf)), 1),
    database.query(`SELECT job FROM ${schema}.cancel_request WHERE job = ANY($1)`, [ids]),
  ]);
  const { settled } = z.object({ settled: z.array(z.string()) }).parse(answer);
  const cancelled = new Set(requests.map((row) => z.object({ job: z.string() }).parse(row).job));
  return {
    lost: claims.filter(({ id }) => !settled.includes(id)),
    cancelled: claims.filter(({ id }) => cancelled.has(id)),
  };
}

async function recover(database: Database): Promise<void> {
  await buryFailed(database);
  // Somebody cancelled a job whose worker then died.
  await database.query(
    `UPDATE ${schema}.job SET state = 'cancelled', completed_on = now()
     WHERE name = $1 AND state IN ('created', 'retry') AND id IN (SELECT job FROM ${schema}.cancel_request)`,
    [mainQueue],
  );
  await database.query(`DELETE FROM ${schema}.cancel_request WHERE requested_on < now() - interval '1 day'`);
}

function attemptOf({ id, attempt }: Claim): { id: string; retryCount: number } {
  return { id, retryCount: attempt };
}

/** How many rows a call of pg-boss changed. */
function touched(answer: unknown): number {
  return z.object({ affected: z.number() }).parse(answer).affected;
}
