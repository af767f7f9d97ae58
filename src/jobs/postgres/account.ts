/** As whom the server runs: PostgreSQL refuses to be root, so root starts it as another user. */
import { chown, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { DreamkeeperError } from '../../core/error.ts';
import { orGiven } from './failure.ts';

/** The numbers of another user; an empty object is ourselves. */
export type Account = { readonly uid: number; readonly gid: number } | Readonly<Record<string, never>>;

/**
 * @param user a name or number that `id` knows; counts only when we are root.
 * @throws {DreamkeeperError} `config` when there is no such user, or when it is root as well.
 */
export async function accountFor(user: string): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all([idOf('-u', user), idOf('-g', user)]);
  if (uid === 0)
    throw new DreamkeeperError('config', `PostgreSQL cannot run as ${user}, which is root`, {
      remedy: `Name an ordinary user for it. ${orGiven}`,
    });
  return { uid, gid };
}

async function idOf(flag: '-u' | '-g', user: string): Promise<number> {
  // A name that begins with a dash would be a flag.
  const { stdout, exitCode } = await execa('id', [flag, '--', user], { reject: false });
  if (exitCode === 0 && /^\d+$/.test(stdout.trim())) return Number(stdout.trim());
  throw new DreamkeeperError('config', `there is no user ${user} for PostgreSQL to run as`, {
    remedy: `PostgreSQL refuses to run as root: name an ordinary user for it. ${orGiven}`,
  });
}

/** Hands a folder or file over to the server's user; does nothing when that is ourselves. */
export async function giveTo(account: Account, path: string): Promise<void> {
  if (isOther(account)) await chown(path, account.uid, account.gid);
}

export function isOther(account: Account): account is { readonly uid: number; readonly gid: number } {
  return 'uid' in account;
}

/**
 * The first folder, from the root down, that the account may not pass through on the way to `path`. Judged by mode
 * bits alone, so it explains a failure and does not predict one.
 */
export async function closedTo(account: Account, path: string): Promise<string | undefined> {
  if (!isOther(account)) return undefined;
  const folders = [path];
  for (let at = path; dirname(at) !== at; at = dirname(at)) folders.unshift(dirname(at));
  for (const folder of folders) {
    const { mode, uid, gid } = await stat(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return folder;
  }
  return undefined;
}

/** @throws {DreamkeeperError} `database` when one of the paths cannot be reached by the account. */
export async function checkReachable(account: Account, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const closed = await closedTo(account, path).catch(() => undefined);
    if (closed === undefined) continue;
    throw new DreamkeeperError('database', `the user that PostgreSQL runs as cannot reach ${path}`, {
      remedy:
        `${closed} is closed to it: set DREAMKEEPER_DATA to a folder such as /var/lib/dreamkeeper, ` +
        `make that one passable (chmod o+x), or run as an ordinary user. ${orGiven}`,
    });
  }
}
