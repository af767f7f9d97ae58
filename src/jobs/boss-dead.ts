/** Dead letters: jobs that are not tried again, kept with the reason until a person replays them or 90 days are over. */
import { z } from 'zod';
import { deadQueue, mainQueue, schema, type Database } from './database.ts';
import type { Failure } from './failure.ts';
import { idOf } from './job.ts';

/** Whether the jobs of an order key (job.ts) are the queue's own. */
export function isOwn(key: string): boolean {
  return key.startsWith('#');
}

/**
 * Workers that may die over a job, beyond the first, before it is given up. One of the queue's own is in the way of the
 * next turn, which asks for the same.
 */
export function mostDeaths(key: string): number {
  return isOwn(key) ? 2 : 10;
}

export interface Corpse {
  readonly id: string;
  readonly attempt: number;
  /** What it was asked for; or what of it could not be read. */
  readonly payload: unknown;
}

/** In one step: the letter is there and its repository goes on, or neither. */
export async function bury(database: Database, corpse: Corpse, failure: Failure): Promise<void> {
  await database.transaction(async (boss, db) => {
    const answer: { readonly rows: readonly unknown[] } = await db.executeSql(
      `SELECT created_on FROM ${schema}.job WHERE name = $1 AND id = $2 AND state = 'active' AND retry_count = $3 FOR UPDATE`,
      [mainQueue, corpse.id, corpse.attempt],
    );
    const [row] = answer.rows;
    // Somebody else has it by now.
    if (row === undefined) return;
    const { created_on: createdOn } = createdSchema.parse(row);
    await boss.deleteJob(mainQueue, { id: corpse.id, retryCount: corpse.attempt }, { db });
    await boss.insert(deadQueue, [letterOf(corpse, createdOn, failure)], { db });
  });
  database.notify();
}

const createdSchema = z.object({ created_on: z.date() });

function letterOf(corpse: Corpse, created: Date, failure: Failure) {
  const createdAt = created.toISOString();
  return {
    // The same death is the same letter; a replay that dies again is another one.
    id: idOf(['dead', corpse.id, String(corpse.attempt), createdAt].join('\0')),
    data: {
      payload: corpse.payload,
      job: corpse.id,
      attempts: corpse.attempt + 1,
      failure,
      createdAt,
    },
  };
}

const failedSchema = z.object({
  id: z.string(),
  attempt: z.number(),
  data: z.object({ payload: z.unknown() }).catch({ payload: null }),
  created_on: z.date(),
  singleton_key: z.string(),
});

/**
 * Jobs that pg-boss itself gave up, because too many workers died on them: failed rows would hold up their repository.
 * One of the queue's own leaves no letter: its worker had others to die of, and the next turn asks for the same.
 */
export async function buryFailed(database: Database): Promise<void> {
  const rows = await database.query(
    `SELECT id, retry_count AS attempt, data, created_on, singleton_key FROM ${schema}.job
     WHERE name = $1 AND state = 'failed' AND policy = 'key_strict_fifo' LIMIT 100`,
    [mainQueue],
  );
  for (const row of rows) {
    const { id, attempt, data, created_on: createdOn, singleton_key: key } = failedSchema.parse(row);
    const corpse: Corpse = { id, attempt, payload: data.payload };
    const failure: Failure = {
      code: 'worker-died',
      message: `its worker died or fell silent ${attempt + 1} times`,
      remedy:
        'Look at the log of that time for what ended the process (memory, perhaps) before it is replayed.',
    };
    await database.transaction(async (boss, db) => {
      if (!isOwn(key)) await boss.insert(deadQueue, [letterOf(corpse, createdOn, failure)], { db });
      await db.executeSql(`DELETE FROM ${schema}.job WHERE name = $1 AND id = $2 AND state = 'failed'`, [
        mainQueue,
        id,
      ]);
    });
  }
  if (rows.length > 0) database.notify();
}
