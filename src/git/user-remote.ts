/** A branch at a remote of the user's repository, reached as they reach it themselves: their credentials, helpers, SSH and hooks. */
import { DreamkeeperError } from '../core/error.ts';
import { gitAnswer, gitText, runGit, type GitResult, type GitSite } from './run.ts';

export interface UserRemote {
  /** As git calls it here. */
  readonly name: string;
  /** In full: where the branch is kept here as the remote has it. */
  readonly copy: string;
  /** @returns the commit the branch is at there, which is here then; undefined when there is no such branch. */
  fetch(): Promise<string | undefined>;
  /**
   * Never by force. @returns `rejected` when the branch there is not an ancestor.
   * @throws {DreamkeeperError} `repository` when it is refused, with the words of the remote, or cannot be reached.
   */
  push(commit: string): Promise<'pushed' | 'rejected'>;
}

/**
 * @param asked the remote; unless given, the one that the branch is set up with, or else `origin`.
 * @throws {DreamkeeperError} `usage` when git knows no such remote here.
 */
export async function openUserRemote(
  site: GitSite,
  branch: string,
  asked: string | undefined,
): Promise<UserRemote> {
  const name = asked ?? (await gitAnswer(site, ['config', '--get', `branch.${branch}.remote`])) ?? 'origin';
  await requireRemote(site, name);
  const ref = `refs/heads/${branch}`;
  const copy = `refs/dreamkeeper/published/${name}`;
  const run = (args: readonly string[]): Promise<GitResult> =>
    runGit(site, args, { as: 'user', accept: [0, 1, 2, 128] });
  const fetch = async (): Promise<string | undefined> => {
    const listed = await run(['ls-remote', '--refs', name, ref]);
    if (listed.exitCode !== 0) throw unreachable(listed, name);
    const [tip] = Buffer.from(listed.stdout).toString('utf8').split('\t');
    if (tip === undefined || tip === '') {
      await runGit(site, ['update-ref', '-d', copy]);
      return undefined;
    }
    const quiet = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--refmap='];
    const fetched = await run(['fetch', ...quiet, name, `+${ref}:${copy}`]);
    if (fetched.exitCode !== 0) throw unreachable(fetched, name);
    return gitText(site, ['rev-parse', '--verify', copy]);
  };
  return {
    name,
    copy,
    fetch,
    async push(commit) {
      const pushed = await run(['push', '--porcelain', '--no-recurse-submodules', name, `${commit}:${ref}`]);
      if (pushed.exitCode === 0) return 'pushed';
      const words = `${Buffer.from(pushed.stdout).toString('utf8')}\n${pushed.stderr}`;
      if (/fetch first|non-fast-forward|cannot lock ref|reference already exists/.test(words))
        return 'rejected';
      throw refused(pushed, words, name);
    },
  };
}

async function requireRemote(site: GitSite, name: string): Promise<void> {
  const known = (await gitText(site, ['remote'])).split('\n').filter((each) => each !== '');
  if (known.includes(name)) return;
  const list = known.length === 0 ? 'Git knows none here' : `Git knows ${known.join(', ')}`;
  throw new DreamkeeperError('usage', `there is no remote ${name}`, {
    remedy: `${list}. Add one with git remote add, or name another: --push <remote>`,
  });
}

function unreachable({ stderr, exitCode }: GitResult, name: string): DreamkeeperError {
  return new DreamkeeperError(
    'repository',
    `the remote ${name} cannot be read: ${lastWords(stderr, exitCode)}`,
    {
      remedy: `What was taken in is on the ledger here. See whether "git ls-remote ${name}" works, then run the command again.`,
      retryable: true,
    },
  );
}

function refused({ stderr, exitCode }: GitResult, words: string, name: string): DreamkeeperError {
  const declined = /\[remote rejected\] \(([^)]*)\)/.exec(words)?.[1];
  const said = stderr
    .split('\n')
    .flatMap((line) => /^remote:\s*(.*\S)/.exec(line)?.[1] ?? [])
    .join(' ')
    .slice(0, 1_000);
  const why = declined === undefined ? lastWords(stderr, exitCode) : said || declined;
  return new DreamkeeperError('repository', `the remote ${name} refused the push: ${why}`, {
    remedy:
      'What was taken in is on the ledger here. You need the right to push to the branch, and no rule of the remote may forbid it; then run the command again.',
  });
}

function lastWords(stderr: string, exitCode: number): string {
  return stderr === '' ? `git ended with code ${exitCode}` : stderr.slice(-1_000);
}
