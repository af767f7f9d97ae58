/** One supervisor per folder. The lock is one of the operating system, so it ends with its process however that ends. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DreamkeeperError } from '../../core/error.ts';

export interface FolderLock {
  release(): void;
}

/** SQLite's code for "somebody else has it". */
const busy = 5;
/** What nobody refers to any more is collected, and its lock with it; but the server still runs. */
const held = new Set<object>();

/**
 * Holds a lock on the file `lock` in the folder; SQLite is Node's only way to the locks of the operating system, and
 * no table is ever made. The file `holder` says who has it, for people; it decides nothing.
 * @throws {DreamkeeperError} `conflict` when another process has the folder, naming its pid.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  // Loaded when needed: Node 22 prints a warning with it, which is not for those who bring their own server.
  const { DatabaseSync } = await import('node:sqlite');
  const holder = join(folder, 'holder');
  const path = join(folder, 'lock');
  await createLockFile(path);
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) throw cause;
    throw heldBy(await readFile(holder, 'utf8').catch(() => ''), folder, cause);
  }
  try {
    await writeFile(holder, `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    lock.close();
    throw error;
  }
  held.add(lock);
  return {
    release() {
      held.delete(lock);
      lock.close();
    },
  };
}

/**
 * Nobody else shall open it: a reader would be in the way. A file that exists is not even opened, for closing it again
 * would drop the lock that this process may hold on it (POSIX has it so).
 */
async function createLockFile(path: string): Promise<void> {
  await writeFile(path, '', { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
}

function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    (error.errcode & 0xff) === busy
  );
}

function heldBy(holder: string, folder: string, cause: unknown): DreamkeeperError {
  const pid = /^\d+/.exec(holder)?.[0];
  const who = pid === undefined ? 'another process' : `process ${pid}`;
  return new DreamkeeperError('conflict', `${who} already runs the database in ${folder}`, {
    remedy: `Stop it first, choose another folder with DREAMKEEPER_DATA, or give both one DATABASE_URL.`,
    cause,
  });
}
