/** Bare repositories on disk: made, read, and compared with what was announced. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { git, gitEnvironment, gitLines, gitResult } from './run.ts';

/** Refuses what the server says in the environment: lines "<ref> <message>" for all, "+<ref> <message>" for force only. */
const updateHook = `#!/bin/sh
ref=$1 old=$2 new=$3
zero=0000000000000000000000000000000000000000
printf '%s\\n' "$STAND_IN_REFUSED" | while read -r name message; do
  # What is refused may end in an asterisk; names of branches hold none.
  case $ref in
    $name) echo "GH006: Protected branch update failed for $ref. $message" >&2; exit 1 ;;
    \${name#+})
      if [ "$new" = $zero ] || { [ "$old" != $zero ] && ! git merge-base --is-ancestor "$old" "$new"; }; then
        echo "GH006: Protected branch update failed for $ref. $message" >&2; exit 1
      fi ;;
  esac
done
`;

const settings = `[http]
	receivepack = true
[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
[receive]
	autogc = false
	hideRefs = refs/pull
[gc]
	auto = 0
`;

/** Makes an empty bare repository that may be cloned in part and pushed to. */
export function initBare(dir: string, defaultBranch: string): void {
  const init = ['init', '-q', '--bare', '--template=', '-b', defaultBranch, dir];
  execFileSync('git', init, { env: { ...gitEnvironment }, stdio: 'pipe' });
  appendFileSync(join(dir, 'config'), settings);
  mkdirSync(join(dir, 'hooks'));
  writeFileSync(join(dir, 'hooks/update'), updateHook, { mode: 0o755 });
}

/** Branches and tags by full name. From its files: asking git after each change would take most of a test's time. */
export async function readRefs(dir: string): Promise<Map<string, string>> {
  const packed = await readFile(join(dir, 'packed-refs'), 'utf8').catch(() => '');
  const lines = packed.split('\n').filter((line) => /^[0-9a-f]{40} refs\/(heads|tags)\//.test(line));
  const refs = new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]));
  for (const kind of ['refs/heads', 'refs/tags'])
    for (const entry of await readdir(join(dir, kind), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.endsWith('.lock')) continue;
      const path = join(entry.parentPath, entry.name);
      refs.set(relative(dir, path), (await readFile(path, 'utf8')).trim());
    }
  return new Map([...refs].sort(([one], [other]) => (one < other ? -1 : 1)));
}

interface Known {
  readonly dir: string;
  /** As `readRefs` found them last. */
  readonly refs: ReadonlyMap<string, string>;
}

/** @returns the commit a branch, tag, ref or (short) id names; nothing when there is none. */
export async function findCommit({ dir, refs }: Known, name: string): Promise<string | undefined> {
  const tip = refs.get(`refs/heads/${name}`);
  if (tip !== undefined) return tip;
  if (name.startsWith('-')) return undefined;
  const whole = /^[0-9a-f]{40}$/.test(name);
  for (const candidate of whole ? [name] : [`refs/tags/${name}`, `refs/${name}`, name]) {
    const { stdout, exitCode } = await gitResult(
      dir,
      ['rev-parse', '--verify', '--quiet', '--end-of-options', `${candidate}^{commit}`],
      { accept: [0, 1, 128] },
    );
    if (exitCode === 0) return Buffer.from(stdout).toString().trim();
  }
  return undefined;
}

export async function isAncestor(dir: string, ancestor: string, descendant: string): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', ancestor, descendant];
  return (await gitResult(dir, args, { accept: [0, 1] })).exitCode === 0;
}

/** @returns nothing where the two have no common history. */
export async function mergeBase(dir: string, a: string, b: string): Promise<string | undefined> {
  const { stdout } = await gitResult(dir, ['merge-base', a, b], { accept: [0, 1] });
  return Buffer.from(stdout).toString().trim() || undefined;
}

/** Commits that are in `to` and not in `from`, oldest first. */
export async function commitsBetween(dir: string, from: string, to: string): Promise<string[]> {
  return gitLines(dir, ['rev-list', '--reverse', '--topo-order', to, `^${from}`]);
}

/** Brings the objects of a fork over, and keeps them under `refs/pull/<n>/head` as GitHub does. */
export async function keepHead(
  dir: string,
  number: number,
  head: { dir: string; sha: string },
): Promise<void> {
  const ref = `refs/pull/${number}/head`;
  if (head.dir === dir) await git(dir, ['update-ref', ref, head.sha]);
  else await git(dir, ['fetch', '-q', '--no-tags', head.dir, `+${head.sha}:${ref}`]);
}
