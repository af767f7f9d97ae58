/** The programs where the server's user can run them: in place, or a copy when root alone can reach the package. */
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { DreamkeeperError } from '../../core/error.ts';
import { closedTo, type Account } from './account.ts';
import { machineFailure, otherFailure } from './failure.ts';

const prefix = 'programs-';

/**
 * Root's own files are often closed to others (`/root`, a temporary folder): there PostgreSQL's user cannot start what
 * npm installed. 60 MB are copied then, once for each version.
 * @param root the package for this platform.
 * @param folder of the embedded server, locked and passable for the account.
 * @returns the root to use.
 * @throws {DreamkeeperError} `database` when there is no room for the copy.
 */
export async function reachableRoot(account: Account, root: string, folder: string): Promise<string> {
  if ((await closedTo(account, join(root, 'native', 'bin'))) === undefined) return root;
  if (/["$`\\]/.test(folder)) throw unquotable(folder);
  const text = await readFile(join(root, 'package.json'), 'utf8');
  const { version } = z.object({ version: z.string().regex(/^[\w.+-]+$/) }).parse(JSON.parse(text));
  const copy = join(folder, prefix + version);
  if (await stat(copy).catch(() => undefined)) return copy;
  for (const name of await readdir(folder))
    if (name.startsWith(prefix)) await rm(join(folder, name), { recursive: true });
  const half = join(folder, `${prefix}new`);
  // `-P` keeps the links between libraries; `a+rX` lets others run what root's umask may have closed.
  await run('cp', ['-R', '-P', root, half]);
  await run('chmod', ['-R', 'a+rX', half]);
  await rename(half, copy);
  return copy;
}

/** initdb asks a shell for its server's version, with its own path between double quotes. */
function unquotable(folder: string): DreamkeeperError {
  return new DreamkeeperError('database', `PostgreSQL cannot be run from ${folder}: its name needs quoting`, {
    remedy: 'Set DREAMKEEPER_DATA to a folder without " $ ` and \\ in its path.',
  });
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const { failed, stderr } = await execa(program, args, { reject: false });
  const what = 'the programs of PostgreSQL cannot be copied to where its user reaches them';
  if (failed) throw machineFailure(what, stderr) ?? otherFailure(what, stderr);
}
