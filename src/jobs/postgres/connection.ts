/** Does the server take connections, with our password? */
import { Client, DatabaseError } from 'pg';

/** Classes 53 and 57: starting up, stopping, all connections taken, no room, no memory. No fault of the files. */
const passing = /^5[37]/;

/** Why a server that answers is of no use: its files are to blame. */
export interface Useless {
  readonly reason: string;
}

/** @returns a reason when it answers, and will never let us in or lacks files that it knows of. */
export async function tryConnection(connectionString: string): Promise<'ready' | 'not yet' | Useless> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000 });
  // A connection that breaks after we are done with it is not news.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const lost = await lostFiles(client);
    return lost.length === 0
      ? 'ready'
      : { reason: `it is damaged: it lacks the files of ${lost.join(', ')}` };
  } catch (error) {
    if (!(error instanceof DatabaseError) || passing.test(error.code ?? '')) return 'not yet';
    return { reason: `it does not let us in: ${error.message}` };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Tables and indexes whose first file is gone. PostgreSQL itself would say so at each use of them, and never mend it. */
const lostQuery = `
  SELECT name FROM (
    SELECT oid::regclass::text AS name, pg_relation_filepath(oid) AS path
    FROM pg_class WHERE relkind IN ('r', 'i', 't', 'm', 'S')
  ) AS relation
  WHERE path IS NOT NULL AND (pg_stat_file(path, true)).size IS NULL ORDER BY name LIMIT 5`;

async function lostFiles(client: Client): Promise<readonly string[]> {
  const ask = async (): Promise<readonly string[]> =>
    (await client.query<{ name: string }>(lostQuery)).rows.map(({ name }) => name);
  const first = await ask();
  if (first.length === 0) return [];
  // Somebody else may have dropped one between the look into the catalogue and the look at the disk.
  const again = await ask();
  return first.filter((name) => again.includes(name));
}
