/** Writes a branch of commits, so that the same content and date always give the same commit ids. */
import type { RenderedCommit, Repository } from '../core/dream/repository.ts';
import { DreamkeeperError } from '../core/error.ts';
import { importCommits, previous } from './fast-import.ts';
import type { FileChange, NewCommit } from './fast-import.ts';
import { modeFor } from './path.ts';
import { isSurelyFree, moveRef, readRef, removeRef, type RefState } from './ref.ts';
import type { GitSite } from './run.ts';
import type { TreeEntry } from './tree.ts';

type Write = Parameters<Repository['writeBranch']>[0];

/**
 * @see Repository.writeBranch. Writing what is already there does nothing, so a broken-off run can be repeated.
 * @param tree the files of the base.
 */
export async function writeBranch(
  site: GitSite,
  write: Write,
  tree: ReadonlyMap<string, TreeEntry>,
): Promise<readonly string[]> {
  if (write.commits.length === 0) throw new DreamkeeperError('usage', 'a branch needs at least one commit');
  const ref = `refs/heads/${write.branch}`;
  const commits = toCommits(write, tree);
  // Commits that no ref names harm nobody, so they are written while git still looks where the branch is.
  const seen = isSurelyFree(site, ref).then((free) => (free ? undefined : readRef(site, ref)));
  const written = Promise.all([seen, importCommits(site, commits, write.at)]);
  const to = written.then(([state, ids]) => newTip(write, state, ids));
  const [[, ids], tip, result] = await Promise.all([
    written,
    to,
    moveRef(site, ref, { to, from: write.expected, reason: 'dreamkeeper: dream' }),
  ]);
  if (result !== 'moved' && (await readRef(site, ref)).commit !== tip) throw moved(write.branch);
  return ids;
}

/**
 * @param state where the branch is; undefined where moving it will tell, as it moves from `write.expected` only.
 * @throws {DreamkeeperError} when the branch may not move there.
 */
function newTip(write: Write, state: RefState | undefined, ids: readonly string[]): string {
  if (state?.workTree !== undefined) throw checkedOut(write.branch, state.workTree);
  const tip = ids.at(-1);
  if (tip === undefined || ids.length !== write.commits.length)
    throw new DreamkeeperError('repository', 'git did not name the commits it wrote');
  if (state !== undefined && state.commit !== tip && state.commit !== write.expected)
    throw moved(write.branch);
  return tip;
}

/** @see Repository.deleteBranch */
export async function deleteBranch(site: GitSite, branch: string, expected: string): Promise<void> {
  const ref = `refs/heads/${branch}`;
  const state = await readRef(site, ref);
  if (state.commit === undefined) return;
  if (state.workTree !== undefined) throw checkedOut(branch, state.workTree);
  if (state.commit !== expected || !(await removeRef(site, ref, expected))) throw moved(branch);
}

function toCommits(write: Write, tree: ReadonlyMap<string, TreeEntry>): NewCommit[] {
  const paths = new Set(write.commits.flatMap((commit) => [...commit.files.keys()]));
  for (const path of paths) requireNoFolder(tree, paths, path);
  return write.commits.map((commit, index) => ({
    message: commit.message,
    parent: index === 0 ? write.base : previous,
    files: toChanges(commit, tree),
  }));
}

function toChanges(commit: RenderedCommit, tree: ReadonlyMap<string, TreeEntry>): FileChange[] {
  return [...commit.files].map(([path, content]) => ({ path, content, mode: modeFor(tree, path) }));
}

/** fast-import would replace a folder by a file of its name, and all that is in it. */
function requireNoFolder(
  tree: ReadonlyMap<string, TreeEntry>,
  written: ReadonlySet<string>,
  path: string,
): void {
  for (const other of [...tree.keys(), ...written]) {
    if (other.startsWith(`${path}/`))
      throw new DreamkeeperError('repository', `${path} cannot be written: it is a folder`);
  }
}

function checkedOut(branch: string, workTree: string): DreamkeeperError {
  return new DreamkeeperError('conflict', `the branch ${branch} is checked out in ${workTree}`, {
    remedy: 'Switch to another branch there, so that its files do not change under somebody.',
  });
}

function moved(branch: string): DreamkeeperError {
  return new DreamkeeperError('conflict', `the branch ${branch} was changed by somebody else`, {
    remedy: 'Look at it, then run the command again.',
    retryable: true,
  });
}
