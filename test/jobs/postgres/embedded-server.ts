/** Servers, their folders and their owners, for tests; everything is gone when the test is over. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { execa, execaSync } from 'execa';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { accountFor } from '../../../src/jobs/postgres/account.ts';
import { chooseAddress, connectionString } from '../../../src/jobs/postgres/address.ts';
import { findBinaries, packageFolder } from '../../../src/jobs/postgres/binaries.ts';
import { readPassword } from '../../../src/jobs/postgres/cluster.ts';
import type { PostgresEvent } from '../../../src/jobs/postgres/events.ts';
import { openFolder } from '../../../src/jobs/postgres/folder.ts';
import { launch } from '../../../src/jobs/postgres/launch.ts';
import { reachableRoot } from '../../../src/jobs/postgres/reachable-programs.ts';
import { startPostgres, type PostgresServer } from '../../../src/jobs/postgres/server.ts';
import { compileCache } from '../../support/compile-cache.ts';

export const isRoot = process.getuid?.() === 0;
export const nobody = 65_534;
const asNobody = { uid: nobody, gid: nobody, cwd: '/' };

/** Where root's checkout is closed to others, tests that need one of them to run our code cannot be run. */
export const othersCanRunUs =
  !isRoot ||
  [process.execPath, import.meta.filename].every(
    (path) => execaSync('test', ['-r', path], { ...asNobody, reject: false }).exitCode === 0,
  );
export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Short, for a socket in it, and passable, for another user. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dk-'));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}

/**
 * A copy of a folder with everything but the server, whoever owns it.
 * @param name needs care in settings, arguments and URLs, unless said otherwise.
 */
export async function copyOf(folder: string, name = othersCanRunUs ? `d b,'%"` : `d b,'%`): Promise<string> {
  const copy = join(aFolder(), name);
  await execa('cp', ['-a', folder, copy]);
  return copy;
}

export interface Watched extends PostgresServer {
  readonly events: readonly PostgresEvent[];
  query(text: string): Promise<readonly unknown[]>;
  /** The pid of the server that takes connections now. */
  pid(): number;
}

export async function start(folder: string, options: { readonly user?: string } = {}): Promise<Watched> {
  const events: PostgresEvent[] = [];
  const server = await startPostgres({
    folder,
    log: silent,
    onEvent: (event) => events.push(event),
    ...options,
  });
  onTestFinished(() => server.stop());
  return {
    ...server,
    events,
    query: (text) => query(server.connectionString, text),
    pid: () => events.findLast((event) => event.kind === 'ready')?.pid ?? 0,
  };
}

/** @returns why they are of no use; undefined when the server takes connections. */
export async function tryFiles(folder: string): Promise<string | undefined> {
  const account = await accountFor('nobody');
  const places = await openFolder(folder, account);
  const binaries = await findBinaries(account, await reachableRoot(account, packageFolder(), places.folder));
  const address = await chooseAddress(places.run);
  const running = await launch({
    places,
    address,
    binaries,
    account,
    connectionString: connectionString(address, await readPassword(places)),
    onLine: () => undefined,
  });
  if (typeof running === 'string') return running;
  await running.stop();
  return undefined;
}

export async function query(connectionString: string, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows }: { rows: unknown[] } = await client.query(text);
    return rows;
  } finally {
    await client.end();
  }
}

const lineSchema = z.object({
  connectionString: z.string().optional(),
  message: z.string().optional(),
  remedy: z.string().optional(),
  stopped: z.boolean().optional(),
});

const owner = fileURLToPath(new URL('./owner.ts', import.meta.url));

/** Starts a server from another process. `answer` is where it is, or why it does not start. */
export async function startElsewhere(folder: string, uid?: number) {
  const child = spawn(process.execPath, [owner, folder], {
    env: { ...process.env, ...compileCache },
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => lineSchema.parse(JSON.parse(String((await lines.next()).value)));
  return {
    pid: child.pid ?? 0,
    answer: await next(),
    async stop() {
      child.stdin.end();
      return next();
    },
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

const failureSchema = z.object({
  code: z.string().optional(),
  message: z.string(),
  remedy: z.string().optional(),
});

/** The error that a function of ours throws in a process of its own; undefined when it throws none. */
export async function failureElsewhere(
  file: string,
  name: string,
  args: readonly unknown[],
  account: { readonly uid?: number; readonly gid?: number } = {},
) {
  const url = new URL(`../../../src/jobs/postgres/${file}`, import.meta.url).href;
  const code = `import { ${name} } from ${JSON.stringify(url)};
    await ${name}(...${JSON.stringify(args)}).catch(({ code, message, remedy }) =>
      console.log(JSON.stringify({ code, message, remedy })));`;
  const { stdout } = await execa(process.execPath, ['--input-type=module', '-e', code], account);
  return stdout === '' ? undefined : failureSchema.parse(JSON.parse(stdout));
}

/** The same for a user who is not root. */
export function failureOfOrdinaryUser(file: string, name: string, args: readonly unknown[]) {
  return failureElsewhere(file, name, args, isRoot ? { uid: nobody, gid: nobody } : {});
}
