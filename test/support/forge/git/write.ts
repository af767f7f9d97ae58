/** New objects, and merges in the three ways GitHub knows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Identity } from './commit.ts';
import { readCommit } from './commit.ts';
import { commitsBetween, isAncestor } from './repository.ts';
import { git, gitResult } from './run.ts';

export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author?: Identity;
  readonly committer?: Identity;
}

export async function writeCommit(dir: string, commit: NewCommit): Promise<string> {
  const parents = commit.parents.flatMap((parent) => ['-p', parent]);
  const env = { ...identity('AUTHOR', commit.author), ...identity('COMMITTER', commit.committer) };
  return git(dir, ['commit-tree', commit.tree, ...parents, '-F', '-'], { input: commit.message, env });
}

function identity(role: 'AUTHOR' | 'COMMITTER', of: Identity | undefined): Record<string, string> {
  if (of === undefined) return {};
  return { [`GIT_${role}_NAME`]: of.name, [`GIT_${role}_EMAIL`]: of.email, [`GIT_${role}_DATE`]: of.date };
}

/** The first commit of a branch, in one go. */
export async function importFiles(
  dir: string,
  commit: {
    readonly branch: string;
    readonly message: string;
    readonly author: Identity;
    readonly files: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const { branch, message, author, files } = commit;
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const seconds = Math.floor(Date.parse(author.date) / 1_000);
  const lines = [
    `commit refs/heads/${branch}\ncommitter ${author.name} <${author.email}> ${seconds} +0000\n${data(message)}`,
    ...Object.entries(files).map(([path, text]) => `M 100644 inline ${JSON.stringify(path)}\n${data(text)}`),
  ];
  await git(dir, ['fast-import', '--quiet'], { input: lines.join('') });
}

export async function writeBlob(dir: string, content: Uint8Array): Promise<string> {
  return git(dir, ['hash-object', '-w', '--stdin'], { input: content });
}

export interface TreeChange {
  readonly path: string;
  readonly mode?: string;
  /** Null removes the path. */
  readonly sha: string | null;
}

/** @returns the tree that comes of changing files of `base`, which is a tree, a commit, or nothing. */
export async function writeTree(
  dir: string,
  base: string | undefined,
  changes: readonly TreeChange[],
): Promise<string> {
  return withIndex(async (env) => {
    if (base !== undefined) await git(dir, ['read-tree', base], { env });
    const lines = changes.map(({ path, mode = '100644', sha }) =>
      sha === null ? `0 ${'0'.repeat(40)}\t${path}` : `${mode} ${sha}\t${path}`,
    );
    await git(dir, ['update-index', '-z', '--index-info'], {
      env,
      input: lines.map((line) => `${line}\0`).join(''),
    });
    return git(dir, ['write-tree'], { env });
  });
}

async function withIndex<T>(work: (env: Record<string, string>) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'github-index-'));
  try {
    return await work({ GIT_INDEX_FILE: join(folder, 'index') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns the tree of both sides together; nothing when they conflict. */
export async function mergedTree(dir: string, ours: string, theirs: string): Promise<string | undefined> {
  const { stdout, exitCode } = await gitResult(
    dir,
    ['merge-tree', '--write-tree', '--no-messages', ours, theirs],
    {
      accept: [0, 1],
    },
  );
  return exitCode === 0 ? Buffer.from(stdout).toString().split('\n')[0] : undefined;
}

/**
 * Puts the commits of `head` on `base`, one by one.
 * @returns the new tip; nothing when one of them conflicts.
 */
export async function rebased(
  dir: string,
  base: string,
  head: string,
  committer: Identity,
): Promise<string | undefined> {
  if (await isAncestor(dir, base, head)) return recommitted(dir, base, head, committer);
  const folder = mkdtempSync(join(tmpdir(), 'github-rebase-'));
  const tree = join(folder, 'tree');
  try {
    await git(dir, ['worktree', 'add', '-q', '--detach', tree, head]);
    const env = identity('COMMITTER', committer);
    const { exitCode } = await gitResult(tree, ['rebase', '-q', base], { env, accept: [0, 1] });
    return exitCode === 0 ? await git(tree, ['rev-parse', 'HEAD']) : undefined;
  } finally {
    await git(dir, ['worktree', 'remove', '--force', tree]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** GitHub writes new commits even where nothing had to move: the committer changes. */
async function recommitted(dir: string, base: string, head: string, committer: Identity): Promise<string> {
  let tip = base;
  for (const sha of await commitsBetween(dir, base, head)) {
    const { tree, message, author } = await readCommit(dir, sha);
    tip = await writeCommit(dir, { tree, parents: [tip], message, author, committer });
  }
  return tip;
}
