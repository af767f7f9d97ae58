/** The PostgreSQL of the benchmarks: the embedded one, with an empty database for each. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { startPostgres } from '../../src/jobs/postgres/server.ts';

export interface BenchServer {
  /** The URL of an empty database. */
  database(): Promise<string>;
  stop(): Promise<void>;
}

/** A temporary folder that other users may pass through: as root, the server is one. */
export function passableFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dreamkeeper-bench-'));
  chmodSync(folder, 0o711);
  return folder;
}

export async function startServer(): Promise<BenchServer> {
  const folder = passableFolder();
  const server = await startPostgres({ folder: join(folder, 'data'), log: pino({ level: 'silent' }) });
  return {
    async database() {
      const name = `bench_${randomBytes(4).toString('hex')}`;
      const client = new pg.Client({ connectionString: server.connectionString });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return server.connectionString.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
