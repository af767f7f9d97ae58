/** Whether a merge holds nothing but what git makes of its two sides: "Update branch" does, solving conflicts does not. */
import { gitText, runGit } from './run.ts';
import type { OpenedRepository } from './repository.ts';

/**
 * @param repository missing contents of files that both sides changed are brought.
 * @returns false also where git cannot tell: files were renamed, or it is older than 2.38.
 */
export async function isCleanMerge(
  { site, readFiles }: Pick<OpenedRepository, 'site' | 'readFiles'>,
  merge: string,
  [first, second]: readonly [string, string],
): Promise<boolean> {
  const base = await runGit(site, ['merge-base', first, second], { accept: [0, 1, 128] });
  if (base.exitCode !== 0) return false;
  const from = Buffer.from(base.stdout).toString('utf8').trim();
  const [left, right] = await Promise.all([changed(site, from, first), changed(site, from, second)]);
  const both = new Set([...left].filter((path) => right.has(path)));
  if (both.size > 0)
    for (const commit of [from, first, second]) await readFiles(commit, (path) => both.has(path));
  // Looking for renames would take the contents of all that came and went.
  const args = ['-c', 'merge.renames=false', 'merge-tree', '--write-tree', '--no-messages', first, second];
  const { stdout, exitCode } = await runGit(site, args, { accept: [0, 1, 128, 129] });
  if (exitCode !== 0) return false;
  const tree = await gitText(site, ['rev-parse', `${merge}^{tree}`]);
  return Buffer.from(stdout).toString('utf8').trim() === tree;
}

async function changed(
  site: OpenedRepository['site'],
  from: string,
  to: string,
): Promise<ReadonlySet<string>> {
  const args = ['diff-tree', '-r', '-z', '--no-renames', '--name-only', from, to];
  const paths = (await gitText(site, args)).split('\0');
  return new Set(paths.filter((path) => path !== ''));
}
