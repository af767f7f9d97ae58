/** What is in a commit, and between two. */
import { git, gitBytes } from './run.ts';

export interface Identity {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Identity;
  readonly committer: Identity;
  readonly message: string;
}

const format = ['%H', '%T', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'].join('%x00');

export async function readCommit(dir: string, sha: string): Promise<Commit> {
  const text = await git(dir, ['show', '-s', `--format=${format}`, '--end-of-options', sha]);
  return commitOf(text.split('\0'));
}

/** A commit, and what it does to files: their status and path. */
export interface Change extends Commit {
  readonly paths: readonly (readonly [status: string, path: string])[];
}

/** Several at once, each against its first parent. @returns in the order asked for */
export async function readChanges(dir: string, shas: readonly string[]): Promise<readonly Change[]> {
  if (shas.length === 0) return [];
  const how = ['--name-status', '--no-renames', '--diff-merges=first-parent', `--format=%x01${format}%x00`];
  const [, ...parts] = (await git(dir, ['show', ...how, ...shas])).split('\x01');
  return parts.map((part) => {
    const fields = part.split('\0');
    const lines = (fields.at(-1) ?? '').split('\n').filter((line) => line !== '');
    const paths = lines.map((line) => line.split('\t') as [string, string]);
    return { ...commitOf(fields.slice(0, -1)), paths };
  });
}

function commitOf(fields: readonly string[]): Commit {
  const [
    id = '',
    tree = '',
    parents = '',
    an = '',
    ae = '',
    ad = '',
    cn = '',
    ce = '',
    cd = '',
    message = '',
  ] = fields;
  return {
    sha: id,
    tree,
    parents: parents === '' ? [] : parents.split(' '),
    author: { name: an, email: ae, date: inUtc(ad) },
    committer: { name: cn, email: ce, date: inUtc(cd) },
    message: message.replace(/\n+$/, ''),
  };
}

function inUtc(date: string): string {
  return `${new Date(date).toISOString().slice(0, 19)}Z`;
}

export interface ChangedFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';
  /** The blob; of the old side where the file was removed. */
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** Without the file header; absent for binary files. */
  readonly patch?: string;
}

const statuses = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
} as const;
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** The files that differ between two commits; `from` undefined: against nothing. */
export async function changedFiles(
  dir: string,
  from: string | undefined,
  to: string,
): Promise<ChangedFile[]> {
  const range = [from ?? emptyTree, to];
  const raw = (await git(dir, ['diff', '--raw', '-z', '--no-abbrev', '-M', ...range])).split('\0');
  const files: ChangedFile[] = [];
  for (let at = 0; at < raw.length && (raw[at] ?? '').startsWith(':');) {
    const [, , oldSha = '', newSha = '', letters = ''] = (raw[at] ?? '').split(' ');
    const status = statuses[letters.slice(0, 1) as keyof typeof statuses];
    const moved = status === 'renamed' || status === 'copied';
    const first = raw[at + 1] ?? '';
    const path = moved ? (raw[at + 2] ?? '') : first;
    const paths = moved ? [first, path] : [path];
    const patch = await patchOf(dir, range, paths);
    const lines = (patch ?? '').split('\n');
    files.push({
      path,
      ...(moved ? { previousPath: first } : {}),
      status,
      sha: status === 'removed' ? oldSha : newSha,
      additions: lines.filter((line) => line.startsWith('+')).length,
      deletions: lines.filter((line) => line.startsWith('-')).length,
      ...(patch === undefined ? {} : { patch }),
    });
    at += moved ? 3 : 2;
  }
  return files;
}

async function patchOf(
  dir: string,
  range: readonly string[],
  paths: readonly string[],
): Promise<string | undefined> {
  const text = await git(dir, ['diff', '-M', '--no-color', '--no-ext-diff', ...range, '--', ...paths]);
  const start = text.indexOf('\n@@ ');
  return start === -1 ? undefined : text.slice(start + 1);
}

export interface TreeEntry {
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  readonly size: number | undefined;
  readonly path: string;
}

export async function readTree(dir: string, treeish: string, recursive: boolean): Promise<TreeEntry[]> {
  const args = ['ls-tree', '-z', '-l', ...(recursive ? ['-r', '-t'] : []), '--end-of-options', treeish];
  const text = await git(dir, args);
  return text
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t');
      const [mode = '', type = '', sha = '', size = '-'] = line.slice(0, tab).split(/ +/);
      return {
        mode,
        type: type as TreeEntry['type'],
        sha,
        size: size === '-' ? undefined : Number(size),
        path: line.slice(tab + 1),
      };
    });
}

/** @returns what is at a path of a commit; nothing when there is nothing. */
export async function entryAt(dir: string, commit: string, path: string): Promise<TreeEntry | undefined> {
  const parent = path.includes('/') ? `${commit}:${path.slice(0, path.lastIndexOf('/'))}` : commit;
  try {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return (await readTree(dir, parent, false)).find((entry) => entry.path === name);
  } catch {
    return undefined;
  }
}

export async function readBlob(dir: string, sha: string): Promise<Uint8Array> {
  return gitBytes(dir, ['cat-file', 'blob', sha]);
}
