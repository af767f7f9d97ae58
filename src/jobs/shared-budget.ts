/** The budget of an installation's month, shared by its repositories: one of them sets money aside at a time. */
import { z } from 'zod';
import type { Money } from '../core/dream/purse.ts';
import { schema, type Database } from './database.ts';
import type { RepositoryName } from './place.ts';

const rowSchema = z.object({ tokens: z.coerce.number(), usd: z.coerce.number() });

/**
 * What others spent is as they were last seen; a database that was lost knows again when all were looked at.
 * @param setAside is told what the others have, and says what this one has when it is done.
 */
export async function shareBudget(
  database: Database,
  { id, installation }: RepositoryName,
  setAside: (elsewhere: Money) => Promise<Money>,
): Promise<void> {
  await database.transaction(async (_boss, db) => {
    await db.executeSql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `dreamkeeper budget ${installation ?? ''}`,
    ]);
    const { rows } = await db.executeSql(
      `SELECT COALESCE(SUM((seen->'spent'->>'tokens')::numeric), 0) AS tokens,
              COALESCE(SUM((seen->'spent'->>'usd')::numeric), 0) AS usd
       FROM ${schema}.repository_state WHERE id <> $1 AND installation IS NOT DISTINCT FROM $2`,
      [id, installation ?? null],
    );
    const mine = await setAside(rowSchema.parse(rows[0]));
    await db.executeSql(
      `UPDATE ${schema}.repository_state SET seen = jsonb_set(seen::jsonb, '{spent}', $2::jsonb) WHERE id = $1`,
      [id, JSON.stringify(mine)],
    );
  });
}
