/** Makes a change that was made once on top of another commit: taking it back is the same change, the other way round. */
import { dreamkeeper } from './identity.ts';
import type { OpenedRepository } from './repository.ts';
import { gitText, runGit, splitNul, type GitSite } from './run.ts';

export interface ApplyChange {
  /** The commit it is made on. */
  readonly onto: string;
  /** From the files of this commit … */
  readonly from: string;
  /** … to those of this one. */
  readonly to: string;
  readonly message: string;
  /** ISO 8601; the date of the commit, so that the same change has the same id. */
  readonly at: string;
}

export type Applied =
  /** `onto` itself where the change is in it already. */
  | { readonly commit: string }
  /** Files that others changed in the same lines since. */
  | { readonly conflicts: readonly string[] };

/** No ref is moved. Renames are not followed: a file that was renamed since conflicts. Needs git 2.38. */
export async function applyChange(
  { site, readFiles }: Pick<OpenedRepository, 'site' | 'readFiles'>,
  { onto, from, to, message, at }: ApplyChange,
): Promise<Applied> {
  const names = ['diff-tree', '-r', '-z', '--no-renames', '--name-only', from, to];
  const changed = new Set(splitNul((await runGit(site, names)).stdout));
  // A copy without contents has these brought.
  for (const commit of [onto, from, to]) await readFiles(commit, (path) => changed.has(path));
  // Git merges commits by their common ancestor, so that is what the change begins with.
  const base = await commitOf(site, from, [], at);
  const ours = await commitOf(site, onto, [base], at);
  const theirs = await commitOf(site, to, [base], at);
  const merge = ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', ours, theirs];
  const plain = ['-c', 'merge.renames=false', '-c', 'merge.directoryRenames=false'];
  const merged = await runGit(site, [...plain, ...merge], { accept: [0, 1] });
  const [tree = '', ...files] = splitNul(merged.stdout);
  if (merged.exitCode !== 0) return { conflicts: [...new Set(files.filter((file) => file !== ''))] };
  if (tree === (await gitText(site, ['rev-parse', `${onto}^{tree}`]))) return { commit: onto };
  return { commit: await commitOf(site, tree, [onto], at, message) };
}

/** @param revision whose files it has. */
async function commitOf(
  site: GitSite,
  revision: string,
  parents: readonly string[],
  at: string,
  message = 'A step of a merge',
): Promise<string> {
  const who = ['AUTHOR', 'COMMITTER'].flatMap((role) => [
    [`GIT_${role}_NAME`, dreamkeeper.name],
    [`GIT_${role}_EMAIL`, dreamkeeper.email],
    [`GIT_${role}_DATE`, at],
  ]);
  const args = [
    'commit-tree',
    ...parents.flatMap((parent) => ['-p', parent]),
    '-F',
    '-',
    `${revision}^{tree}`,
  ];
  return gitText(site, args, {
    input: `${message.trimEnd()}\n`,
    env: Object.fromEntries(who) as Record<string, string>,
  });
}
