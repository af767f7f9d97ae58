/** The files of the database: made, checked, and set aside when they cannot be used. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkReachable, giveTo, isOther, type Account } from './account.ts';
import { databaseUser } from './address.ts';
import type { Binaries } from './binaries.ts';
import { machineFailure, otherFailure } from './failure.ts';
import { runProgram } from './run-program.ts';

/** What is in the folder of the embedded server. All of it may be lost at any time, while no server runs. */
export interface Places {
  readonly folder: string;
  /** PGDATA; the server's own. */
  readonly data: string;
  /** Where its socket is. */
  readonly run: string;
  readonly password: string;
}

export function placesIn(folder: string): Places {
  return {
    folder,
    data: join(folder, 'data'),
    run: join(folder, 'run'),
    password: join(folder, 'password'),
  };
}

/** @returns why the files cannot be used; undefined when they look well, or when there are none. */
export async function unusable(
  { data }: Places,
  major: number,
  account: Account,
): Promise<string | undefined> {
  const found = await stat(data).catch(whenMissing(undefined));
  if (found === undefined) return undefined;
  const owner = isOther(account) ? account.uid : process.getuid?.();
  if (owner !== undefined && found.uid !== owner)
    return `it belongs to user ${found.uid}, and the server runs as ${owner}`;
  const version = (await readFile(join(data, 'PG_VERSION'), 'utf8').catch(whenMissing(''))).trim();
  if (version === String(major)) return undefined;
  return /^\d+$/.test(version)
    ? `it is of PostgreSQL ${version}, and this is ${major}`
    : 'it is damaged: it says no version';
}

/** @returns the path under which the files are kept; those kept before are removed. */
export async function setAside({ folder, data }: Places, now: Date): Promise<string> {
  const prefix = 'data-set-aside-';
  for (const name of await readdir(folder))
    if (name.startsWith(prefix)) await rm(join(folder, name), { recursive: true, force: true });
  const keptAt = join(folder, prefix + now.toISOString().replaceAll(/[-:]|\.\d+/g, ''));
  await rename(data, keptAt);
  return keptAt;
}

/** The password of these files; a new one where there is none. Only the user of this process may read it. */
export async function readPassword({ password: path }: Places): Promise<string> {
  const known = (await readFile(path, 'utf8').catch(whenMissing(''))).trim();
  if (/^[0-9a-f]{64}$/.test(known)) return known;
  const password = randomBytes(32).toString('hex');
  await rm(path, { force: true });
  await writeFile(path, `${password}\n`, { mode: 0o600, flag: 'wx' });
  return password;
}

/**
 * Makes an empty database, unless there is one.
 * @returns whether it did.
 * @throws {DreamkeeperError} `database` when the disk is full, the folder cannot be written, or initdb fails.
 */
export async function createCluster(
  places: Places,
  password: string,
  { initdb }: Binaries,
  account: Account,
): Promise<boolean> {
  if ((await stat(places.data).catch(whenMissing(undefined))) !== undefined) return false;
  // Made aside and renamed when done: what was cut off is never mistaken for a database.
  const half = join(places.folder, 'data-new');
  const passwordFile = join(places.folder, 'password-new');
  await Promise.all([half, passwordFile].map((path) => rm(path, { recursive: true, force: true })));
  try {
    await mkdir(half, { mode: 0o700 });
    await giveTo(account, half);
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
    await giveTo(account, passwordFile);
    const { output, failed } = await runProgram(initdb, initdbArguments(half, passwordFile), account);
    const what = `no database can be made in ${places.folder}`;
    if (failed) {
      await checkReachable(account, [half, initdb]);
      throw machineFailure(what, output) ?? otherFailure(what, output);
    }
    await rename(half, places.data);
  } finally {
    await Promise.all([half, passwordFile].map((path) => rm(path, { recursive: true, force: true })));
  }
  return true;
}

function initdbArguments(data: string, passwordFile: string): string[] {
  return [
    `--pgdata=${data}`,
    `--username=${databaseUser}`,
    `--pwfile=${passwordFile}`,
    // For sockets as well: under root the server's user may be shared with others.
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-locale',
    // A quarter of the disk that 16 MB take, and sooner made.
    '--wal-segsize=4',
    '--no-instructions',
  ];
}

function whenMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return value;
    throw error;
  };
}
