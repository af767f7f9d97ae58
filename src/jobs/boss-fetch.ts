/**
 * The statement that takes jobs from pg-boss's table. The library's own reads every waiting job for each one that it takes
 * (80 ms where 100,000 wait). This one goes through them in the order in which they are served, and stops when it has
 * enough: the same rows, states and locks, by the same indexes (job_i11 for the order, job_i10 and job_i8 for the keys).
 */
import { z } from 'zod';
import { mainQueue, schema, type Database } from './database.ts';

export interface FetchOptions {
  /** Priorities of the lane, both included. */
  readonly range: { readonly minPriority?: number; readonly maxPriority?: number };
  readonly most: number;
  /** Most that may run at once of one group; those without a group are not counted. */
  readonly perGroup: number;
  /** How long it may then be silent, in seconds. */
  readonly leaseSeconds: number;
}

export type Fetched = z.infer<typeof fetchedSchema>;

const fetchedSchema = z.object({ id: z.string(), data: z.unknown(), attempt: z.number() });

/**
 * Those that are due, greatest priority first, no two of one key. One of a group that has `perGroup - 1` already may come
 * with others of it: who minds takes one at a time.
 * @param database it, or a transaction in it.
 */
export async function fetchJobs(
  database: Pick<Database, 'query'>,
  { range, most, perGroup, leaseSeconds }: FetchOptions,
): Promise<readonly Fetched[]> {
  const { minPriority = -(2 ** 31), maxPriority = 2 ** 31 - 1 } = range;
  const rows = await database.query(statement, [minPriority, maxPriority, most, perGroup, leaseSeconds]);
  return rows.map((row) => fetchedSchema.parse(row));
}

const ours = (row: string): string => `${row}.name = '${mainQueue}' AND ${row}.policy = 'key_strict_fifo'`;
const due = (row: string): string =>
  `${row}.state < 'active' AND NOT ${row}.blocked AND ${row}.start_after <= now()`;

/**
 * OFFSET 0 and LIMIT 1 keep the subqueries from being made into joins, which would read all rows again. `job_i8`, which
 * is unique, is what two workers at the same moment cannot get past.
 */
const statement = `
  WITH busy AS MATERIALIZED (
    SELECT group_id FROM ${schema}.job a
    WHERE a.name = '${mainQueue}' AND a.state = 'active' AND a.group_id IS NOT NULL
    GROUP BY group_id HAVING count(*) >= $4
  ), next AS MATERIALIZED (
    SELECT j.id FROM ${schema}.job j
    WHERE ${ours('j')} AND ${due('j')} AND j.priority BETWEEN $1 AND $2
      AND (j.group_id IS NULL OR j.group_id NOT IN (SELECT group_id FROM busy))
      -- Another of its key runs, or waits to be tried again.
      AND NOT EXISTS (
        SELECT FROM ${schema}.job b
        WHERE ${ours('b')} AND b.singleton_key = j.singleton_key AND b.id <> j.id
          AND b.state IN ('active', 'retry', 'failed')
        OFFSET 0
      )
      -- It is the first of its key.
      AND j.id = (
        SELECT h.id FROM ${schema}.job h
        WHERE ${ours('h')} AND ${due('h')} AND h.singleton_key = j.singleton_key
        ORDER BY h.state DESC, h.created_on, h.id LIMIT 1
      )
    ORDER BY j.priority DESC, j.created_on
    LIMIT $3
    FOR UPDATE OF j SKIP LOCKED
  )
  UPDATE ${schema}.job j SET
    state = 'active', started_on = now(), heartbeat_on = now(), heartbeat_seconds = $5,
    retry_count = CASE WHEN j.started_on IS NULL THEN j.retry_count ELSE j.retry_count + 1 END
  FROM next WHERE j.name = '${mainQueue}' AND j.id = next.id
  RETURNING j.id, j.data, j.retry_count AS attempt`;
