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

export async function gitResult(
  dir: string,
  args: readonly string[],
  { input, env = {}, accept = [0] }: GitRun = {},
): Promise<{ stdout: Uint8Array; stderr: string; exitCode: number }> {
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
