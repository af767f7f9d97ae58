/** Which process is it: a pid alone proves nothing, for it may have been given to another program since. */
import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // Somebody else's: alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Ended, and its parent did not ask yet how: in a container whose first process asks late or never. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    // The name before it may hold anything, parentheses too.
    return /.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** @returns whether it ended within so many milliseconds. */
export async function endsWithin(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/**
 * Whether the process is the first process of a PostgreSQL server on these files.
 * @param data absolute, without symbolic links.
 */
export async function isServerOn(data: string, pid: number): Promise<boolean> {
  if (process.platform === 'linux') return isServerByProc(data, pid);
  // `-o args=`: POSIX, so macOS and BSD have it, too.
  const { stdout, exitCode } = await execa('ps', ['-ww', '-o', 'args=', '-p', String(pid)], {
    reject: false,
  });
  return (
    exitCode === 0 && /^\S*\/?postgres /.test(stdout.trim()) && `${stdout.trim()} `.includes(` -D ${data} `)
  );
}

/** By the folder it works in, which is its data under whatever name: containers see the same files elsewhere. */
async function isServerByProc(data: string, pid: number): Promise<boolean> {
  try {
    const [commandLine, own, its] = await Promise.all([
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
      stat(data),
      // Refused where the process is not our user's, and then it is not our server.
      stat(`/proc/${pid}/cwd`),
    ]);
    // Its children are named `postgres: checkpointer` and the like.
    const program = basename(commandLine.split('\0')[0] ?? '');
    return program === 'postgres' && own.dev === its.dev && own.ino === its.ino;
  } catch {
    return false;
  }
}
