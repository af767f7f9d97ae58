/**
 * Every Git repository directly in a folder, with an inbox beside them: `<folder>/.inbox/<repository>/`. What is dropped
 * there is taken in, then removed; what cannot be taken in goes to `.refused` in it, with the reason beside it.
 */
import { lstat, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Inbox, Place, RepositorySource } from './place.ts';

export interface LocalOptions {
  /** Absolute. */
  readonly folder: string;
  /** Opens the repository of a folder; compose.ts knows how. */
  readonly open: (folder: string, signal: AbortSignal) => Promise<Omit<Place, 'inbox'>>;
  /** Milliseconds for which a dropped file was left alone before it is read. */
  readonly quietMilliseconds?: number;
}

const inboxFolder = '.inbox';
const refusedFolder = '.refused';

export function localRepositories(options: LocalOptions): RepositorySource {
  const { folder, open, quietMilliseconds = 2_000 } = options;
  const list: RepositorySource['list'] = async function* () {
    const names = (await readdir(folder)).sort();
    for (const name of names) if (await isRepository(folder, name)) yield { id: name };
  };
  const inboxOf = (id: string): Inbox => localInbox(join(folder, inboxFolder, id), quietMilliseconds);
  return {
    list,
    async *withDropped() {
      for await (const name of list()) if ((await inboxOf(name.id).waiting()).length > 0) yield name;
    },
    async open(id, signal) {
      // Ids come back from the database: they name a folder in this one, and nothing else.
      if (!(await isRepository(folder, id))) return undefined;
      return { ...(await open(join(folder, id), signal)), inbox: inboxOf(id) };
    },
  };
}

/** A working copy, or a bare repository. Names with a dot first are nobody's repositories. */
async function isRepository(folder: string, name: string): Promise<boolean> {
  if (
    name === '' ||
    name.startsWith('.') ||
    name.startsWith('#') ||
    name !== basename(name) ||
    name.length > 200
  )
    return false;
  const path = join(folder, name);
  return (
    (await exists(join(path, '.git'))) ||
    ((await exists(join(path, 'HEAD'))) && (await exists(join(path, 'objects'))))
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

function localInbox(folder: string, quietMilliseconds: number): Inbox {
  return {
    async waiting() {
      let names: string[];
      try {
        names = await readdir(folder);
      } catch {
        // Nobody has dropped anything yet.
        return [];
      }
      const paths: string[] = [];
      for (const name of names.sort()) {
        // Half of a copy is no transcript: names with a dot first are on their way, as are files written to just now.
        if (name.startsWith('.')) continue;
        const path = join(folder, name);
        if (Date.now() - (await newestChange(path)) >= quietMilliseconds) paths.push(path);
      }
      return paths;
    },
    remove: (path) => rm(path, { recursive: true, force: true }),
    async refuse(path, reason) {
      const refused = join(folder, refusedFolder);
      await mkdir(refused, { recursive: true });
      const target = join(refused, basename(path));
      await rm(target, { recursive: true, force: true });
      await rename(path, target);
      await writeFile(`${target}.reason.txt`, `${reason}\n`);
    },
  };
}

/** Milliseconds since 1970 of the newest change of a file, or of anything below a folder. Links are not followed. */
async function newestChange(path: string): Promise<number> {
  try {
    const found = await lstat(path);
    if (!found.isDirectory()) return found.mtimeMs;
    const below = await Promise.all((await readdir(path)).map((name) => newestChange(join(path, name))));
    return Math.max(found.mtimeMs, ...below);
  } catch {
    // It went, or is renamed just now: look again later.
    return Infinity;
  }
}
