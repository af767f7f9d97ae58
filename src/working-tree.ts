/** Files of the working tree, read and written without ever following a link out of it. */
import { lstat, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { DreamkeeperError } from './core/error.ts';

/** @returns undefined when nothing is there. @throws {DreamkeeperError} `repository` when it is no plain file inside. */
export async function readWorkingFile(workTree: string, path: string): Promise<string | undefined> {
  const found = await lstat(join(workTree, path)).catch(() => undefined);
  if (found === undefined) return undefined;
  if (!found.isFile()) throw notPlain(path);
  await requireInside(workTree, path);
  return readFile(join(workTree, path), 'utf8');
}

/** Makes the folders that are missing. @throws {DreamkeeperError} `repository` when it would leave the working tree. */
export async function writeWorkingFile(workTree: string, path: string, text: string): Promise<void> {
  const found = await lstat(join(workTree, path)).catch(() => undefined);
  if (found !== undefined && !found.isFile()) throw notPlain(path);
  await requireInside(workTree, path);
  await mkdir(dirname(join(workTree, path)), { recursive: true });
  await writeFile(join(workTree, path), text);
}

async function requireInside(workTree: string, path: string): Promise<void> {
  const top = await realpath(workTree);
  let folder = dirname(join(top, path));
  for (;;) {
    const real = await realpath(folder).catch(() => undefined);
    if (real === top || real?.startsWith(`${top}${sep}`) === true) return;
    if (real !== undefined || folder === dirname(folder)) throw outside(path);
    folder = dirname(folder);
  }
}

const notPlain = (path: string): DreamkeeperError =>
  new DreamkeeperError('repository', `${path} is no plain file`, { remedy: 'Put a plain file there.' });

const outside = (path: string): DreamkeeperError =>
  new DreamkeeperError('repository', `${path} leads out of the working tree`, {
    remedy: 'A folder above it is a link; Dreamkeeper writes inside the repository only.',
  });
