/** The folder of the embedded server, with rights that let the server in and nobody else. */
import { access, chmod, constants, mkdir, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { giveTo, isOther, type Account } from './account.ts';
import { placesIn, type Places } from './cluster.ts';
import { fileFailure } from './failure.ts';

/**
 * @returns absolute paths without symbolic links: the same folder has one name.
 * @throws {DreamkeeperError} `database` when it cannot be made, written or handed over.
 */
export async function openFolder(folder: string, account: Account): Promise<Places> {
  const whole = resolve(folder);
  try {
    await mkdir(whole, { recursive: true, mode: isOther(account) ? 0o711 : 0o700 });
    const places = placesIn(await realpath(whole));
    await access(places.folder, constants.R_OK | constants.W_OK | constants.X_OK);
    await passable(places.folder, account);
    await mkdir(places.run, { recursive: true, mode: 0o700 });
    await giveTo(account, places.run);
    return places;
  } catch (cause) {
    throw fileFailure(`the folder ${whole} of the database cannot be used`, cause);
  }
}

/** Ours stays ours: the server's user owns what is in `data` and `run` alone, and walks through. */
async function passable(folder: string, account: Account): Promise<void> {
  if (!isOther(account)) return;
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) await chmod(folder, (mode & 0o777) | 0o001);
}
