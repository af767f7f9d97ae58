/** When work that a kill cut off was over, by what its worker could still tell. */
import { z } from 'zod';
import type { Database } from '../../src/jobs/database.ts';
import type { Work } from './serve-process.ts';

const rowSchema = z.object({ id: z.string(), done: z.coerce.number() });

/**
 * A worker tells the queue that a job is done, and its log a moment later. One that is killed in between leaves a job that
 * its log never ended; the next of its repository begins elsewhere as soon as the queue knows, which was 6 ms before we saw
 * the process gone. That job was over when the queue heard of it: only the worker that holds an attempt can end it. One
 * that was cut off for real is done by a later attempt, after the lease, and so counts up to the kill.
 * @param database whose clock is ours.
 */
export async function asTold(
  work: readonly Work[],
  database: Pick<Database, 'query'>,
): Promise<readonly Work[]> {
  const cutOff = work.filter(({ end }) => end === 'killed').map(({ job }) => job);
  const rows = await database.query(
    `SELECT id, extract(epoch FROM completed_on) * 1000 AS done FROM dreamkeeper.job
     WHERE state = 'completed' AND id = ANY($1)`,
    [cutOff],
  );
  const done = new Map(rows.map((row) => rowSchema.parse(row)).map(({ id, done }) => [id, done]));
  return work.map((each) =>
    each.end === 'killed' ? { ...each, to: Math.min(each.to, done.get(each.job) ?? Infinity) } : each,
  );
}
