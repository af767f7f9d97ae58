/** Who wrote one line of a file, and in which commit: for `why`. */
import { readCommit } from './history.ts';
import { runGit } from './run.ts';
import type { GitSite } from './run.ts';

export interface BlamedLine {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** Absent while the line is not committed. */
  readonly commit?: string;
  readonly author?: string;
  /** Author date, ISO 8601 in UTC. */
  readonly at?: string;
  /** The whole message of the commit. */
  readonly message?: string;
}

/**
 * @param file `/`-separated, from the top of the repository.
 * @param line counts from 1.
 * @param revision the commit to look at; without it the file as it lies in the working tree, or HEAD where there is none.
 * @returns undefined when git does not know the file, or it has no such line.
 */
export async function blameLine(
  site: GitSite,
  file: string,
  line: number,
  revision?: string,
): Promise<BlamedLine | undefined> {
  if (!Number.isInteger(line) || line < 1 || file === '' || file.includes('\0')) return undefined;
  const from = revision ?? (site.workTree === undefined ? 'HEAD' : undefined);
  const { stdout, exitCode } = await runGit(
    site,
    [
      'blame',
      '--no-textconv',
      '--porcelain',
      '-L',
      `${line},${line}`,
      ...(from === undefined ? [] : [from]),
      '--',
      file,
    ],
    { accept: [0, 1, 128] },
  );
  if (exitCode !== 0) return undefined;
  const [first = '', ...rest] = Buffer.from(stdout).toString('utf8').split('\n');
  const [id = ''] = first.split(' ');
  const text = (rest.find((candidate) => candidate.startsWith('\t'))?.slice(1) ?? '').replace(/\r$/, '');
  const commit = /^0+$/.test(id) ? undefined : await readCommit(site, id);
  return {
    file,
    line,
    text,
    ...(commit === undefined
      ? {}
      : { commit: commit.commit, author: commit.author, at: commit.at, message: commit.message }),
  };
}
