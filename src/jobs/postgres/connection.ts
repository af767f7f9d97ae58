/** Does the server take connections, with our password? */
import { Client, DatabaseError } from 'pg';

/** Starting up, stopping, or all connections are taken by others. */
const passing = new Set(['57P03', '57P01', '57P02', '53300']);

/** @returns `refused` when it answers and will never let us in. */
export async function tryConnection(
  connectionString: string,
): Promise<'ready' | 'not yet' | { readonly refused: string }> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000 });
  // A connection that breaks after we are done with it is not news.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return 'ready';
  } catch (error) {
    if (!(error instanceof DatabaseError) || passing.has(error.code ?? '')) return 'not yet';
    return { refused: error.message };
  } finally {
    await client.end().catch(() => undefined);
  }
}
