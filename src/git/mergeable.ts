/** Whether two branches can be merged without a person, asked without merging them. */
import { gitFailed, runGit, type GitSite } from './run.ts';

/**
 * Renames are not followed: then only what both sides changed is read, and a file that one side renamed conflicts.
 * @returns true when both sides changed the same lines, and where git is too old to say (before 2.38).
 * @throws {DreamkeeperError} `repository` when a commit, or a content that both sides changed, is not here.
 */
export async function conflicts(site: GitSite, ours: string, theirs: string): Promise<boolean> {
  const plain = ['-c', 'merge.renames=false', '-c', 'merge.directoryRenames=false'];
  const asked = ['merge-tree', '--write-tree', '--name-only', '--no-messages', ours, theirs];
  const answer = await runGit(site, [...plain, ...asked], { accept: [0, 1, 129] });
  const { exitCode, stdout, stderr } = answer;
  // It ends with the same code where it has nothing to merge; then it names no tree.
  if (exitCode === 1 && stdout.length === 0) throw gitFailed(asked, exitCode, stderr);
  return exitCode !== 0;
}
