/**
 * Merges a dream into the branch it started from. That is the user's own act: their identity, signing and hooks are
 * honoured. The merge commit is made beside the working tree, then the branch moves to it as a fast-forward, so that
 * changes the user has not committed stay, staged ones too; where they touch the same files git refuses.
 * Git's hooks of making a merge (`pre-merge-commit`, `commit-msg`) do not run, those of arriving (`post-merge`,
 * `reference-transaction`) do.
 */
import { DreamkeeperError } from '../core/error.ts';
import { readRef } from './ref.ts';
import { gitAnswer, gitText, runGit, splitNul } from './run.ts';
import type { GitSite } from './run.ts';
import { resolveCommit } from './tree.ts';

export interface Merge {
  /** Without `refs/heads/`. */
  readonly branch: string;
  /** Where the branch is, as far as the caller knows. */
  readonly head: string;
  /** The branch that is merged into, without `refs/heads/`. */
  readonly onto: string;
  readonly message: string;
  /** ISO 8601; the date of the merge. The machine's clock unless given. */
  readonly at?: string;
}

/**
 * @returns the commit that `onto` is at then: the merge, or where it was when the branch had been merged before.
 * @throws {DreamkeeperError} `conflict` when both sides changed the same lines, when files that are not committed are in
 * the way, or when somebody moved a branch; `repository` when a branch is missing or git does not know the user.
 */
export async function mergeBranch({ site }: { readonly site: GitSite }, merge: Merge): Promise<string> {
  const ref = `refs/heads/${merge.onto}`;
  const [theirs, ours] = await Promise.all([
    requireBranch(site, merge.branch),
    requireBranch(site, merge.onto),
  ]);
  if (theirs !== merge.head)
    throw new DreamkeeperError('conflict', `the branch ${merge.branch} was changed by somebody else`, {
      remedy: 'Look at it with "dreamkeeper show", then run the command again.',
      retryable: true,
    });
  const { exitCode } = await runGit(site, ['merge-base', '--is-ancestor', theirs, ours], { accept: [0, 1] });
  if (exitCode === 0) return ours;
  const tree = await mergedTree(site, ours, theirs);
  const commit = await commitMerge(site, tree, [ours, theirs], merge);
  const { workTree } = await readRef(site, ref);
  if (workTree === undefined) await moveUnused(site, ref, { from: ours, to: commit, merge });
  else await moveCheckedOut(site, workTree, ref, commit);
  return commit;
}

async function requireBranch(site: GitSite, branch: string): Promise<string> {
  const commit = await resolveCommit(site, `refs/heads/${branch}`);
  if (commit !== undefined) return commit;
  throw new DreamkeeperError('repository', `there is no branch ${branch}`);
}

async function mergedTree(site: GitSite, ours: string, theirs: string): Promise<string> {
  const { exitCode } = await runGit(site, ['merge-base', '--is-ancestor', ours, theirs], { accept: [0, 1] });
  if (exitCode === 0) return gitText(site, ['rev-parse', `${theirs}^{tree}`]);
  const merged = await runGit(
    site,
    ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', ours, theirs],
    { accept: [0, 1, 129] },
  );
  const [tree = '', ...files] = splitNul(merged.stdout);
  if (merged.exitCode === 0) return tree;
  if (merged.exitCode === 129)
    throw new DreamkeeperError(
      'repository',
      'this git is too old to merge branches that have both moved on',
      {
        remedy: 'Install git 2.38 or newer, or merge the branch yourself.',
      },
    );
  throw new DreamkeeperError(
    'conflict',
    `both sides changed ${files.filter((file) => file !== '').join(', ')}`,
    {
      remedy: 'Run "dreamkeeper dream" again to propose the changes on the newest state, or merge by hand.',
    },
  );
}

async function commitMerge(
  site: GitSite,
  tree: string,
  parents: readonly string[],
  { message, at }: Merge,
): Promise<string> {
  const signed =
    (await gitAnswer(site, ['config', '--type=bool', '--get', 'commit.gpgSign'], { as: 'user' })) === 'true';
  const { exitCode, stdout, stderr } = await runGit(
    site,
    [
      'commit-tree',
      ...(signed ? ['-S'] : []),
      ...parents.flatMap((parent) => ['-p', parent]),
      '-F',
      '-',
      tree,
    ],
    {
      as: 'user',
      input: message.endsWith('\n') ? message : `${message}\n`,
      accept: [0, 1, 128],
      ...(at === undefined ? {} : { env: { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at } }),
    },
  );
  if (exitCode === 0) return Buffer.from(stdout).toString('utf8').trim();
  if (/identity unknown|tell me who you are|empty ident|no email was given/i.test(stderr))
    throw new DreamkeeperError('repository', 'git does not know who merges', {
      remedy: 'git config --global user.name "Your Name"; git config --global user.email you@example.com',
    });
  throw new DreamkeeperError('repository', `the merge could not be committed: ${stderr.slice(0, 1_000)}`, {
    ...(signed
      ? { remedy: 'Your git signs commits (commit.gpgSign): make the key available, or merge by hand.' }
      : {}),
  });
}

async function moveUnused(
  site: GitSite,
  ref: string,
  move: { readonly from: string; readonly to: string; readonly merge: Merge },
): Promise<void> {
  const reason = `merge ${move.merge.branch}: dreamkeeper accept`;
  const { exitCode, stderr } = await runGit(site, ['update-ref', '-m', reason, ref, move.to, move.from], {
    as: 'user',
    accept: [0, 1, 128],
  });
  if (exitCode === 0) return;
  throw new DreamkeeperError('conflict', `${move.merge.onto} could not be moved: ${stderr.slice(0, 1_000)}`, {
    remedy: 'Run the command again.',
    retryable: true,
  });
}

async function moveCheckedOut(site: GitSite, workTree: string, ref: string, commit: string): Promise<void> {
  const { exitCode, stderr } = await runGit(
    site,
    ['-c', 'merge.verifySignatures=false', 'merge', '--ff-only', '--no-stat', '--no-autostash', commit],
    { as: 'user', workTree, accept: [0, 1, 2, 128] },
  );
  // A hook of the user's may fail after the branch has moved; what counts is where the branch is.
  if (exitCode === 0 || (await readRef(site, ref)).commit === commit) return;
  throw new DreamkeeperError('conflict', `git did not merge into ${workTree}: ${stderr.slice(0, 2_000)}`, {
    remedy: 'Commit or stash the changes it names, then run the command again.',
  });
}
