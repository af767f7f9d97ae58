/** A server that outlived the process that started it, because that was killed. */
import { constants } from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { DreamkeeperError } from '../../core/error.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { Places } from './cluster.ts';
import { orGiven } from './failure.ts';
import { endsWithin, isAlive, isServerOn } from './process.ts';
import { runProgram } from './run-program.ts';

/**
 * Ends the server that still runs on these files. Call it with the lock of the folder in hand.
 * @returns its pid, when there was one.
 * @throws {DreamkeeperError} `database` when it does not end.
 */
export async function endOrphan(
  places: Places,
  binaries: Binaries,
  account: Account,
): Promise<number | undefined> {
  const pid = await recordedPid(places.data);
  // Of a process that is gone PostgreSQL takes care itself: it sees whether any child still uses the memory.
  if (pid === undefined || !isAlive(pid)) return undefined;
  // There PostgreSQL asks the process itself whether it is a server, and is not misled by others.
  if (process.platform !== 'win32' && !(await isServerOn(places.data, pid))) {
    if (pid !== process.pid) await takeOverPid(places.data, pid);
    return undefined;
  }
  if (await stopServer(places.data, pid, binaries, account, 2)) return pid;
  throw new DreamkeeperError('database', `a PostgreSQL of before, process ${pid}, does not end`, {
    remedy: `End it (kill -9 ${pid}), and start again. ${orGiven}`,
    retryable: true,
  });
}

/**
 * Politely, then not.
 * @param politeSeconds for writing to disk what is in memory; else the next start reads it from the log.
 * @returns whether it is gone.
 */
export async function stopServer(
  data: string,
  pid: number,
  { pgCtl }: Binaries,
  account: Account,
  politeSeconds: number,
): Promise<boolean> {
  for (const [mode, seconds] of [
    ['fast', politeSeconds],
    ['immediate', 2],
  ] as const) {
    const args = ['stop', '-D', data, '-m', mode, '-w', '-t', String(seconds)];
    const { failed } = await runProgram(pgCtl, args, account, (seconds + 2) * 1_000);
    // It tells success when the file of the pid is gone, a moment before the process is.
    if (!failed && (await endsWithin(pid, 1_000))) return true;
    if (!isAlive(pid)) return true;
  }
  // On Windows `pg_ctl` is the only one who knows whose pid it is.
  if (process.platform === 'win32' || !(await isServerOn(data, pid))) return !isAlive(pid);
  process.kill(pid, 'SIGKILL');
  return endsWithin(pid, 2_000);
}

async function recordedPid(data: string): Promise<number | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  // A server for one user, as in repairs by hand, is written with a minus.
  const pid = Math.abs(Number.parseInt(text, 10));
  return pid > 0 ? pid : undefined;
}

/**
 * Puts our pid in the place of one that another program has now. PostgreSQL would refuse to start for it; the pid of
 * its parent it knows to be stale. The file is not removed, for by its other lines PostgreSQL still finds out whether
 * children of a dead server use these files.
 */
async function takeOverPid(data: string, stale: number): Promise<void> {
  const path = join(data, 'postmaster.pid');
  // The folder belongs to a user with fewer rights than ours may be: follow no link from there.
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_RDWR | constants.O_NOFOLLOW);
    const text = await file.readFile('utf8');
    await file.truncate(0);
    await file.write(text.replace(/^-?\d+/, String(process.pid)), 0);
  } catch (cause) {
    throw new DreamkeeperError('database', `${path} names process ${stale}, which is no PostgreSQL`, {
      remedy: 'Remove that file, and start again.',
      cause,
    });
  } finally {
    await file?.close();
  }
}
