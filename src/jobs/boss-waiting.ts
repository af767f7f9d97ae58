/** Requests for which a job already waits that will do the same: they do not pile up while nobody gets to work. */
import { z } from 'zod';
import { mainQueue, schema, type Database } from './database.ts';
import { orderKey, type JobKind, type JobPayload } from './job.ts';

/** They look at all there is when they begin, so one that has not begun sees what another turn would. */
const looking: readonly JobKind[] = ['sweep', 'reconcile', 'sync', 'ingest'];

/** Whether a job of another turn would do the same. */
function isLook(payload: JobPayload): boolean {
  return looking.includes(payload.kind) && 'slot' in payload && payload.slot !== undefined;
}

const rowSchema = z.object({ at: z.coerce.number(), id: z.string() });

/**
 * In one statement, or none where nothing looks.
 * @returns by their place in the list, ids of jobs that were not begun yet and stand for them.
 */
export async function waitingFor(
  database: Pick<Database, 'query'>,
  payloads: readonly JobPayload[],
): Promise<ReadonlyMap<number, string>> {
  const looks = payloads.flatMap((payload, at) => (isLook(payload) ? [{ payload, at }] : []));
  if (looks.length === 0) return new Map();
  const rows = await database.query(
    `SELECT DISTINCT ON (asked.at) asked.at, j.id
     FROM unnest($1::int[], $2::text[], $3::text[]) AS asked (at, key, payload)
     JOIN ${schema}.job j ON j.name = '${mainQueue}' AND j.singleton_key = asked.key
       AND j.policy = 'key_strict_fifo' AND j.state = 'created' AND NOT j.blocked AND j.start_after <= now()
       AND j.data->'payload' ? 'slot' AND (j.data->'payload') - 'slot' = asked.payload::jsonb - 'slot'`,
    [
      looks.map(({ at }) => at),
      looks.map(({ payload }) => orderKey(payload)),
      looks.map(({ payload }) => JSON.stringify(payload)),
    ],
  );
  return new Map(rows.map((row) => rowSchema.parse(row)).map(({ at, id }) => [at, id]));
}
