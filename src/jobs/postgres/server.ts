/**
 * A PostgreSQL of our own: started from the programs that npm brought, watched, started again after a crash, and
 * stopped last. What it holds is a cache of work, so files that cannot be used are set aside for an empty database.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DreamkeeperError } from '../../core/error.ts';
import { accountFor } from './account.ts';
import { chooseAddress, connectionString } from './address.ts';
import { findBinaries, packageFolder } from './binaries.ts';
import { createCluster, readPassword, setAside, unusable, type Places } from './cluster.ts';
import type { PostgresEvent, PostgresLog } from './events.ts';
import { fileFailure } from './failure.ts';
import { lockFolder } from './folder-lock.ts';
import { openFolder } from './folder.ts';
import { launch, type LaunchOptions, type Running } from './launch.ts';
import { endOrphan } from './orphan.ts';
import { reachableRoot } from './reachable-programs.ts';
import { report } from './report.ts';
import { superviseServer, type Supervised } from './supervise.ts';

export interface PostgresOptions {
  /** Only for this; made when it is missing. Files of one machine: a folder on a network is no place for a database. */
  readonly folder: string;
  readonly log: PostgresLog;
  /** Called after the log was written. */
  readonly onEvent?: (event: PostgresEvent) => void;
  /** Name or number of the user that the server runs as when we are root; `nobody` unless said otherwise. */
  readonly user?: string;
}

export interface PostgresServer {
  /** `postgresql://…`, the same until `stop`; it holds the password. */
  readonly connectionString: string;
  /** Ends open connections, writes everything to disk and lets the folder go. May be called more than once. */
  stop(): Promise<void>;
}

/** How long a start waits for what passes by itself, such as the last processes of a server that was killed. */
const patienceSeconds = 10;

/**
 * @throws {DreamkeeperError} `conflict` when another process has the folder; `config` when there is no such user;
 *   `database` when it cannot run here, with what to do.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const account = await accountFor(options.user ?? 'nobody');
  const root = packageFolder();
  const places = await openFolder(options.folder, account);
  const lock = await lockFolder(places.folder);
  try {
    const binaries = await findBinaries(account, await reachableRoot(account, root, places.folder));
    const { url, supervised } = await startIn(places, { ...options, account, binaries });
    let stopped: Promise<void> | undefined;
    return {
      connectionString: url,
      stop: () => (stopped ??= supervised.stop().finally(() => lock.release())),
    };
  } catch (error) {
    lock.release();
    throw fileFailure(`no database can run in ${places.folder}`, error);
  }
}

/** In a folder that nobody else has. */
async function startIn(
  places: Places,
  { log, onEvent, ...machine }: PostgresOptions & Pick<LaunchOptions, 'account' | 'binaries'>,
): Promise<{ readonly url: string; readonly supervised: Supervised }> {
  const tell = report(log, onEvent);
  const address = await chooseAddress(places.run);
  const password = await readPassword(places);
  const url = connectionString(address, password);
  const onLine = (line: string): void => log.info({ line }, 'PostgreSQL says');
  const launchOptions = { ...machine, places, address, connectionString: url, onLine };
  const start = (): Promise<Running> => patiently(() => startOnce(launchOptions, password, tell));
  return { url, supervised: superviseServer(await start(), start, tell) };
}

type Tell = (event: PostgresEvent) => void;

/** From whatever is in the folder to a server that takes connections. */
async function startOnce(options: LaunchOptions, password: string, tell: Tell): Promise<Running> {
  const { places, binaries, account } = options;
  const orphan = await endOrphan(places, binaries, account);
  if (orphan !== undefined) tell({ kind: 'orphan-stopped', pid: orphan });
  const reason = await unusable(places, binaries.major, account);
  if (reason !== undefined) await putAway(places, reason, tell);
  const isNew = await createCluster(places, password, binaries, account);
  if (isNew) tell({ kind: 'created' });
  const running = await launch(options);
  if (typeof running !== 'string') {
    tell({ kind: 'ready', pid: running.pid });
    return running;
  }
  // New files that do not work will not work next time.
  if (isNew)
    throw new DreamkeeperError('database', `a new database in ${places.folder} does not work: ${running}`);
  await putAway(places, running, tell);
  return startOnce(options, password, tell);
}

async function putAway(places: Places, reason: string, tell: Tell): Promise<void> {
  tell({ kind: 'set-aside', reason, keptAt: await setAside(places, new Date()) });
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patienceSeconds * 1_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const passes = error instanceof DreamkeeperError && error.retryable;
      if (!passes || performance.now() > deadline) throw error;
      await sleep(200);
    }
  }
}
