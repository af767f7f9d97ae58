/** Who wrote one line of a file, and in which commit: for `why`. */
import { readWorkingFile } from '../working-tree.ts';
import { committedLine, linesOf } from './committed-line.ts';
import { readCommit } from './history.ts';
import { gitAnswer, gitFailed, lacksObject, runGit } from './run.ts';
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
  if (revision !== undefined || site.workTree === undefined)
    return blameCommitted(site, file, line, revision ?? 'HEAD');
  // Git would run the filters that the repository's config names, if it read the working tree itself.
  const [current, committed] = [await readWorkingFile(site.workTree, file), await readBlob(site, file)];
  const text = current === undefined ? undefined : linesOf(current)[line - 1];
  if (current === undefined || committed === undefined || text === undefined) return undefined;
  const known = committedLine(committed, current, line);
  const blamed = known === undefined ? undefined : await blameCommitted(site, file, known, 'HEAD');
  return { ...blamed, file, line, text };
}

async function readBlob(site: GitSite, file: string): Promise<string | undefined> {
  return gitAnswer(site, ['cat-file', 'blob', `HEAD:${file}`]);
}

async function blameCommitted(
  site: GitSite,
  file: string,
  line: number,
  revision: string,
): Promise<BlamedLine | undefined> {
  const command = ['blame', '--no-textconv', '--porcelain', '-L', `${line},${line}`, revision, '--', file];
  const { stdout, stderr, exitCode } = await runGit(site, command, { accept: [0, 1, 128] });
  if (lacksObject(stderr)) throw gitFailed(command, exitCode, stderr);
  if (exitCode !== 0) return undefined;
  const [first = '', ...rest] = Buffer.from(stdout).toString('utf8').split('\n');
  const [id = ''] = first.split(' ');
  const text = (rest.find((candidate) => candidate.startsWith('\t'))?.slice(1) ?? '').replace(/\r$/, '');
  const commit = await readCommit(site, id);
  return {
    file,
    line,
    text,
    ...(commit === undefined
      ? {}
      : { commit: commit.commit, author: commit.author, at: commit.at, message: commit.message }),
  };
}
