/** Which paths may be written into a commit. */
import { DreamkeeperError } from '../core/error.ts';
import type { TreeEntry } from './tree.ts';
import { isRegularFile } from './tree.ts';

/** Characters that HFS+ ignores: `.g\u200cit` is `.git` on a Mac (git's own utf8.c, CVE-2014-9390). */
const ignoredByHfs = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** @throws {DreamkeeperError} `usage` for a path that leaves the repository or reaches into `.git` on some system. */
export function requireSafePath(path: string): void {
  const parts = path.split(/[/\\]/);
  const bad =
    path === '' ||
    path.includes('\0') ||
    !path.isWellFormed() ||
    /^[a-z]:/i.test(path) ||
    parts.some(isBadPart);
  if (bad)
    throw new DreamkeeperError(
      'usage',
      `this path cannot be written to a repository: ${JSON.stringify(path)}`,
    );
}

function isBadPart(part: string): boolean {
  if (part === '' || part === '.' || part === '..') return true;
  // NTFS drops trailing dots and spaces, cuts at a colon, and knows .git by its short name too.
  const plain = part
    .replace(ignoredByHfs, '')
    .toLowerCase()
    .replace(/:.*$/s, '')
    .replace(/[. ]+$/, '');
  return plain === '.git' || plain === 'git~1';
}

/**
 * @param tree the files of the commit that is built on.
 * @returns the mode the file keeps, or gets.
 * @throws {DreamkeeperError} `repository` when a symlink, a submodule, or a file in the place of a folder is in the way.
 */
export function modeFor(tree: ReadonlyMap<string, TreeEntry>, path: string): string {
  requireSafePath(path);
  const there = tree.get(path);
  if (there !== undefined && !isRegularFile(there)) throw inTheWay(path, path, there);
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    const parent = path.slice(0, slash);
    const entry = tree.get(parent);
    if (entry !== undefined) throw inTheWay(path, parent, entry);
  }
  return there?.mode ?? '100644';
}

function inTheWay(path: string, at: string, entry: TreeEntry): DreamkeeperError {
  const kind = { '120000': 'a symlink', '160000': 'a submodule' }[entry.mode] ?? 'a file';
  return new DreamkeeperError('repository', `${path} cannot be written: ${at} is ${kind}`);
}
