/** A real PostgreSQL for tests: one of its own for each test file, with a fresh database for each test. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { startPostgres } from '../../src/jobs/postgres/server.ts';
import { whenAllOver, whenOver } from './lifetime.ts';

export const silent = pino({ level: 'silent' });

/** Started when it is first asked for; gone when the tests of the file are over. */
let server: Promise<{ readonly connectionString: string; stop(): Promise<void> }> | undefined;

function start(): Promise<{ readonly connectionString: string; stop(): Promise<void> }> {
  const own = mkdtempSync(join(tmpdir(), 'dreamkeeper-postgres-'));
  whenAllOver(async () => {
    await (await server)?.stop();
    rmSync(own, { recursive: true, force: true, maxRetries: 3 });
  });
  // As root, the server is another user's, who must find its way there.
  chmodSync(own, 0o711);
  return startPostgres({ folder: join(own, 'data'), log: silent });
}

/** The URL of an empty database. */
export async function emptyDatabase(): Promise<string> {
  server ??= start();
  const { connectionString } = await server;
  const name = `test_${randomBytes(6).toString('hex')}`;
  await query(connectionString, `CREATE DATABASE ${name}`);
  whenOver(() => query(connectionString, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  return connectionString.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);
}

/** One statement on a connection of its own. */
export async function query(connectionString: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
