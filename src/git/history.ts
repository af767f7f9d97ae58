/** What history says: commits with their trailers, and where a text came and went. For `why` and `restore`. */
import { runGit, splitNul } from './run.ts';
import type { GitSite } from './run.ts';

export interface CommitInfo {
  readonly commit: string;
  readonly author: string;
  /** Author date, ISO 8601 in UTC. */
  readonly at: string;
  readonly message: string;
  /** In the order they stand; a key may occur more than once. */
  readonly trailers: readonly { readonly key: string; readonly value: string }[];
}

/** @returns what a commit says of itself; undefined when there is no such commit. */
export async function readCommit(site: GitSite, revision: string): Promise<CommitInfo | undefined> {
  const [found] = await log(site, ['--no-walk', revision, '--']);
  return found;
}

/**
 * The commits that added or removed a text, newest first: where something that is no longer in memory can be found.
 * @param text matched as it is, line breaks included.
 * @param paths globs of the files to look into; empty: all. Git opens every version of each.
 */
export async function findText(
  site: GitSite,
  text: string,
  options: { readonly from: string; readonly paths?: readonly string[]; readonly most?: number },
): Promise<readonly CommitInfo[]> {
  if (text === '' || text.includes('\0')) return [];
  return log(site, [
    `--max-count=${options.most ?? 20}`,
    `-S${text}`,
    options.from,
    '--',
    ...(options.paths ?? []).map((path) => `:(top,glob)${path}`),
  ]);
}

/** Commits that say of themselves that they take others back, newest first. */
export async function findReverts(
  site: GitSite,
  range: { readonly after: readonly string[]; readonly to: string; readonly most: number },
): Promise<readonly CommitInfo[]> {
  const said = ['^ *This reverts commit [0-9a-f]{7,}', '^ *Reverts [^ ]*#[0-9]+'];
  return log(site, [
    `--max-count=${range.most}`,
    '--extended-regexp',
    ...said.map((pattern) => `--grep=${pattern}`),
    range.to,
    ...range.after.map((commit) => `^${commit}`),
    '--',
  ]);
}

/** The commits that changed a file, oldest first; of a merge, the merge itself. */
export async function changesOf(
  site: GitSite,
  path: string,
  range: { readonly after: string; readonly to: string; readonly most: number },
): Promise<readonly string[]> {
  const command = ['rev-list', '--first-parent', `--max-count=${range.most}`, range.to, `^${range.after}`];
  const { stdout } = await runGit(site, [...command, '--', `:(top,literal)${path}`]);
  const commits = Buffer.from(stdout).toString('latin1').split('\n');
  return commits.filter((commit) => commit !== '').reverse();
}

/** When a file was last changed on a branch, as the branch has it: ISO 8601 in UTC; undefined when it never was. */
export async function lastChanged(site: GitSite, commit: string, path: string): Promise<string | undefined> {
  const command = ['log', '--first-parent', '--max-count=1', '--format=%ct', commit];
  const { stdout } = await runGit(site, [...command, '--', `:(top,literal)${path}`]);
  const seconds = Number(Buffer.from(stdout).toString('latin1').trim() || NaN);
  return Number.isFinite(seconds) ? new Date(seconds * 1_000).toISOString() : undefined;
}

const fields = '--format=%H%x00%an%x00%at%x00%B%x00%(trailers:only=true,unfold=true)';

async function log(site: GitSite, args: readonly string[]): Promise<readonly CommitInfo[]> {
  const command = ['log', '-z', '--no-color', '--no-ext-diff', '--no-textconv', fields, ...args];
  const { stdout, exitCode } = await runGit(site, command, { accept: [0, 128] });
  if (exitCode !== 0) return [];
  const all = splitNul(stdout);
  return Array.from({ length: Math.floor(all.length / 5) }, (_, index) => {
    const [commit = '', author = '', seconds = '0', message = '', trailers = ''] = all.slice(
      index * 5,
      index * 5 + 5,
    );
    return {
      commit,
      author,
      at: new Date(Number(seconds) * 1_000).toISOString(),
      message: message.replace(/\n+$/, ''),
      trailers: parseTrailers(trailers),
    };
  });
}

function parseTrailers(text: string): CommitInfo['trailers'] {
  return text.split('\n').flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 1 ? [] : [{ key: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }];
  });
}
