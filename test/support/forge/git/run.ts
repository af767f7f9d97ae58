/** Runs git in one of the stand-in's bare repositories. Its home is nobody's, so that no config of a person plays a part. */
import { devNull } from 'node:os';
import { execa } from 'execa';

export interface GitRun {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that are answers; others throw. */
  readonly accept?: readonly number[];
}

export const gitEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '',
  HOME: devNull,
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_AUTHOR_NAME: 'GitHub',
  GIT_AUTHOR_EMAIL: 'noreply@github.com',
  GIT_COMMITTER_NAME: 'GitHub',
  GIT_COMMITTER_EMAIL: 'noreply@github.com',
};

/** @returns standard output as it is. @throws when git ends with a code that is not accepted. */
export async function gitBytes(dir: string, args: readonly string[], run: GitRun = {}): Promise<Uint8Array> {
  return (await gitResult(dir, args, run)).stdout;
}

/** @returns standard output without the last line break. */
export async function git(dir: string, args: readonly string[], run: GitRun = {}): Promise<string> {
  return Buffer.from(await gitBytes(dir, args, run))
    .toString()
    .replace(/\n$/, '');
}

/** Lines of standard output; none when it is empty. */
export async function gitLines(dir: string, args: readonly string[], run: GitRun = {}): Promise<string[]> {
  const text = await git(dir, args, run);
  return text === '' ? [] : text.split('\n');
}

interface GitResult {
  readonly stdout: Uint8Array;
  readonly stderr: string;
  readonly exitCode: number;
}

/** What was said of commits, trees and blobs by their full ids is true for ever. */
const remembered = new Map<string, Promise<GitResult>>();
const readers = new Set(['rev-list', 'show', 'diff', 'ls-tree', 'cat-file', 'merge-base', 'merge-tree']);

function isForEver([verb = '', ...rest]: readonly string[]): boolean {
  const paths = rest.indexOf('--');
  const named = (paths === -1 ? rest : rest.slice(0, paths)).filter((arg) => !/^-|^blob$/.test(arg));
  return readers.has(verb) && named.length > 0 && named.every((arg) => /^\^?[0-9a-f]{40}(:|$)/.test(arg));
}

/** Most of a webhook's and an answer's time would go into asking git the same again. */
export function gitResult(dir: string, args: readonly string[], run: GitRun = {}): Promise<GitResult> {
  if (!isForEver(args)) return runGit(dir, args, run);
  const key = [dir, ...args].join('\0');
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const result = runGit(dir, args, run);
  remembered.set(key, result);
  // What is not there yet may come with a push.
  result.catch(() => remembered.delete(key));
  return result;
}

async function runGit(
  dir: string,
  args: readonly string[],
  { input, env = {}, accept = [0] }: GitRun,
): Promise<GitResult> {
  const result = await execa('git', args, {
    cwd: dir,
    env: { ...gitEnvironment, ...env },
    extendEnv: false,
    encoding: 'buffer',
    reject: false,
    stripFinalNewline: false,
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
  });
  const { stdout, stderr, exitCode = -1 } = result;
  const errors = Buffer.from(stderr).toString();
  if (!accept.includes(exitCode))
    throw new Error(`git ${args.join(' ')}: ${errors || String(result.message)}`);
  return { stdout, stderr: errors, exitCode };
}
