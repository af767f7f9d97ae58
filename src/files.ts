/** Finds transcripts in what a person hands in: files and folders, which may be hostile. */
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Source } from './core/sessions/format.ts';
import { fileSource } from './file-source.ts';
import { opencodeSessions } from './opencode-database.ts';

export interface Unreadable {
  /** `/`-separated, relative to what was handed in; what was handed in itself as it was written. */
  readonly path: string;
  /** A sentence for a person. */
  readonly reason: string;
}

/** Never hold transcripts, and may be very large. */
const passedOver = new Set(['node_modules', '.git']);

/**
 * Every file under the paths as a source, each folder sorted by code unit; and what cannot be one, with the reason. Symlinks are not
 * followed: inside the tree they lead to a file that is there anyway, and outside they are refused. A path that is
 * handed in may itself be a symlink: its author meant it.
 * @param paths files or folders, relative to `from` where they are not absolute.
 */
export async function* openSources(
  paths: readonly string[],
  from = '.',
): AsyncGenerator<Source | Unreadable> {
  for (const path of paths) {
    try {
      if (path.includes('\0')) throw new Error('a path cannot hold a NUL character');
      const real = await realpath(resolve(from, path));
      const found = await stat(real);
      if (found.isDirectory()) yield* walk(real, real);
      else if (found.isFile()) yield* sourcesOf(dirname(real), real);
      else yield { path, reason: 'it is neither a file nor a folder' };
    } catch (error) {
      yield { path, reason: whyUnreadable(error) };
    }
  }
}

/** @returns whether a thing of openSources is a transcript to read. */
export function isSource(found: Source | Unreadable): found is Source {
  return 'lines' in found;
}

async function* walk(root: string, folder: string): AsyncGenerator<Source | Unreadable> {
  const named = (path: string): string => relative(root, path).split(sep).join('/') || '.';
  let names: string[];
  try {
    names = (await readdir(folder)).sort();
  } catch (error) {
    yield { path: named(folder), reason: whyUnreadable(error) };
    return;
  }
  for (const name of names) {
    const path = join(folder, name);
    try {
      const found = await lstat(path);
      if (found.isDirectory()) {
        if (!passedOver.has(name)) yield* walk(root, path);
      } else if (found.isFile()) yield* sourcesOf(root, path);
      else if (!found.isSymbolicLink()) yield { path: named(path), reason: 'it is no regular file' };
      else if (!(await leadsInside(root, path)))
        yield {
          path: named(path),
          reason: 'it is a symlink that leads nowhere, or out of the folder handed in',
        };
    } catch (error) {
      yield { path: named(path), reason: whyUnreadable(error) };
    }
  }
}

/** A file is one transcript, but a database may hold many. */
async function* sourcesOf(root: string, file: string): AsyncGenerator<Source | Unreadable> {
  const source = await fileSource(root, file);
  const isDatabase = databaseName.test(file) && (await source.head()).startsWith('SQLite format 3\0');
  const sessions = isDatabase ? await opencodeSessions(file, source.path) : undefined;
  if (sessions === undefined) yield source;
  else if (sessions.length === 0)
    yield { path: source.path, reason: 'an OpenCode database without sessions' };
  else yield* sessions;
}

const databaseName = /\.(?:db|sqlite3?)$/i;

async function leadsInside(root: string, link: string): Promise<boolean> {
  const target = await realpath(link).catch(() => undefined);
  return (
    target !== undefined && (target === root || target.startsWith(root.endsWith(sep) ? root : root + sep))
  );
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'it may not be read: permission denied',
  EPERM: 'it may not be read: permission denied',
  ELOOP: 'it is a symlink that leads in a circle, or took the place of a file',
  ENAMETOOLONG: 'its name is too long',
};

/** @returns why a file could not be read, as a sentence without paths of this machine. */
export function whyUnreadable(error: unknown): string {
  if (!(error instanceof Error)) return 'it could not be read';
  const code = 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (code === '' ? error.message : `it could not be read (${code})`);
}
