/** Branches as refs: where they are, and moving them only from where we saw them. */
import { existsSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { dreamkeeper } from './identity.ts';
import { gitFailed, nullId, runGit, splitNul } from './run.ts';
import type { GitSite } from './run.ts';

export interface RefState {
  readonly commit: string | undefined;
  /** The working tree that has the branch checked out. */
  readonly workTree: string | undefined;
}

export async function readRef(site: GitSite, ref: string): Promise<RefState> {
  const format = '--format=%(refname)%00%(objectname)%00%(worktreepath)%00';
  const { stdout } = await runGit(site, ['for-each-ref', format, ref]);
  // for-each-ref also lists what lies below `<ref>/`; only one of the two can exist.
  const [name, commit, workTree] = splitNul(stdout);
  if (name !== ref) return { commit: undefined, workTree: undefined };
  return { commit, workTree: workTree && isWorkTree(workTree) ? workTree : undefined };
}

/**
 * Whether the files of the repository alone tell that no working tree has the branch checked out, without asking git: HEAD
 * names another branch or a commit, and there are no further working trees. False says nothing.
 */
export async function isSurelyFree(site: GitSite, ref: string): Promise<boolean> {
  if (['worktrees', 'commondir'].some((name) => existsSync(join(site.gitDir, name)))) return false;
  const head = (await readFile(join(site.gitDir, 'HEAD'), 'utf8').catch(() => '')).trim();
  // With refs in another format than files HEAD names this branch, which cannot be.
  return /^(?:ref: refs\/heads\/(?!\.invalid$).|[0-9a-f]{40})/.test(head) && head !== `ref: ${ref}`;
}

/** For the HEAD of a bare repository git names the repository itself; a worktree may also be gone by now. */
function isWorkTree(path: string): boolean {
  return existsSync(join(path, '.git'));
}

/** `moved`, or why not: another writer moved it first, or holds its lock at this moment. */
export type MoveResult = 'moved' | 'lost' | 'locked';

/**
 * Compare-and-swap, without hooks.
 * @param from the commit the ref must be at; undefined: it must not exist.
 * @param to may be known later, so that git starts while it is made; when it never is, nothing moves.
 */
export async function moveRef(
  site: GitSite,
  ref: string,
  move: { readonly to: string | Promise<string>; readonly from: string | undefined; readonly reason: string },
): Promise<MoveResult> {
  const { exitCode, stderr } = await runGit(
    site,
    ['update-ref', '--create-reflog', '-m', move.reason, '--stdin'],
    {
      input: updateOf(ref, move.to, move.from ?? nullId(site)),
      accept: [0, 1, 128],
      env: { GIT_COMMITTER_NAME: dreamkeeper.name, GIT_COMMITTER_EMAIL: dreamkeeper.email },
    },
  );
  if (exitCode === 0) return 'moved';
  if (/but expected|reference already exists|unable to resolve reference/.test(stderr)) return 'lost';
  if (stderr.includes(".lock': File exists")) return 'locked';
  throw gitFailed(['update-ref'], exitCode, stderr);
}

async function* updateOf(ref: string, to: string | Promise<string>, from: string): AsyncGenerator<string> {
  const known = await Promise.resolve(to).catch(() => undefined);
  if (known !== undefined) yield `update ${ref} ${known} ${from}\n`;
}

/** Removes a ref that is at `from`, without hooks. @returns false when it is elsewhere or locked. */
export async function removeRef(site: GitSite, ref: string, from: string): Promise<boolean> {
  const { exitCode } = await runGit(site, ['update-ref', '-d', ref, from], { accept: [0, 1, 128] });
  return exitCode === 0;
}

/** A ref is locked for milliseconds; a lock this old was left by a process that was killed. */
const staleAfterMilliseconds = 30_000;

/**
 * Removes the lock file that a killed process left on a ref that only Dreamkeeper writes.
 * @returns the lock's path when one is there and is too young to be judged.
 */
export async function clearStaleLock(
  commonDir: string,
  ref: string,
  now: number,
): Promise<string | undefined> {
  const path = join(commonDir, `${ref}.lock`);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  if (now - found.mtimeMs < staleAfterMilliseconds) return path;
  await rm(path, { force: true });
  return undefined;
}
