/** The files of a commit. */
import { gitAnswer, runGit, splitNul } from './run.ts';
import type { GitSite } from './run.ts';

export interface TreeEntry {
  /** `100644`, `100755`, `120000` (a symlink), `160000` (a submodule). */
  readonly mode: string;
  readonly id: string;
}

/** @returns the commit a revision names; undefined when it names none. */
export async function resolveCommit(site: GitSite, revision: string): Promise<string | undefined> {
  if (revision === '' || revision.includes('\0')) return undefined;
  const found = await gitAnswer(site, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  return found === '' ? undefined : found;
}

/** Every file by path, `/`-separated, in git's order. Paths that are not UTF-8 are left out: nothing can name them. */
export async function listTree(site: GitSite, commit: string): Promise<ReadonlyMap<string, TreeEntry>> {
  const { stdout } = await runGit(site, ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit]);
  const tree = new Map<string, TreeEntry>();
  for (const line of splitNul(stdout)) {
    const tab = line.indexOf('\t');
    const [mode, , id] = line.slice(0, tab).split(' ');
    const path = line.slice(tab + 1);
    if (mode === undefined || id === undefined || path.includes('\ufffd')) continue;
    tree.set(path, { mode, id });
  }
  return tree;
}

export function isRegularFile(entry: TreeEntry): boolean {
  return entry.mode === '100644' || entry.mode === '100755';
}
