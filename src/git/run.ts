/** Runs git: no shell, an explicit environment, and nothing of the user's setup that could change the answer. */
import { devNull } from 'node:os';
import { Readable } from 'node:stream';
import { execa } from 'execa';
import { DreamkeeperError } from '../core/error.ts';

/** Where git works. Paths are absolute. */
export interface GitSite {
  readonly gitDir: string;
  /** Absent in a bare repository. */
  readonly workTree?: string;
  /** SHA-1 unless said otherwise. */
  readonly objectFormat?: 'sha1' | 'sha256';
  /** From settings.ts: the variables git may see. */
  readonly env: Readonly<Record<string, string>>;
  /** Aborted: git that runs is killed, and none is started any more. */
  readonly signal?: AbortSignal;
}

/** The id that stands for "no commit". */
export function nullId(site: GitSite): string {
  return '0'.repeat(site.objectFormat === 'sha256' ? 64 : 40);
}

export interface GitOptions {
  readonly input?: string | Uint8Array | AsyncIterable<string | Uint8Array>;
  /**
   * `nobody` (the default): the user's global config, identity and hooks play no part, so that the answer is the same
   * on every machine. `user`: the user's own act; config, identity, signing and hooks are honoured.
   */
  readonly as?: 'nobody' | 'user';
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that are answers; others throw. */
  readonly accept?: readonly number[];
  /** Run in another working tree of the same repository. */
  readonly workTree?: string;
}

export interface GitResult {
  readonly stdout: Uint8Array;
  readonly stderr: string;
  readonly exitCode: number;
}

const quiet = { GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LANG: 'C', LC_ALL: 'C' };
const isolated = {
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_SYSTEM: devNull,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_ATTR_NOSYSTEM: '1',
  // An object that a partial clone lacks would be fetched from wherever, and by whatever command, the repository names.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
};
/** Programs that a repository's own config can name and that reading it would start. */
const withoutPrograms = ['-c', `core.hooksPath=${devNull}`, '-c', 'core.fsmonitor=false'];
/** Settings that a repository's own config may hold and that change what plumbing prints or does. */
const plain = [
  '-c',
  'core.quotePath=false',
  '-c',
  'log.showSignature=false',
  '-c',
  'gc.auto=0',
  '-c',
  'maintenance.auto=false',
];

/** The arguments that come before the command. */
export function siteArguments(site: GitSite, options: Pick<GitOptions, 'as' | 'workTree'> = {}): string[] {
  const place =
    options.workTree === undefined
      ? [`--git-dir=${site.gitDir}`, ...(site.workTree === undefined ? [] : [`--work-tree=${site.workTree}`])]
      : ['-C', options.workTree];
  return [...place, ...(options.as === 'user' ? [] : [...withoutPrograms, ...plain])];
}

/** The whole environment git is started with. */
export function siteEnvironment(site: GitSite, options: Pick<GitOptions, 'as' | 'env'> = {}) {
  return {
    ...site.env,
    ...(options.as === 'user' ? {} : isolated),
    ...quiet,
    ...options.env,
  };
}

/** What ends a git process with the signal of its site; kills it where it does not heed. @throws when aborted. */
export function endedBy({ signal }: GitSite): { cancelSignal?: AbortSignal; forceKillAfterDelay?: number } {
  signal?.throwIfAborted();
  return signal === undefined ? {} : { cancelSignal: signal, forceKillAfterDelay: 2_000 };
}

/**
 * Runs one git command and waits for it.
 * @throws {DreamkeeperError} `repository` when git is missing, or ends with a code that `accept` does not name.
 */
export async function runGit(
  site: GitSite,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitResult> {
  const result = await execa('git', [...siteArguments(site, options), ...args], {
    cwd: site.workTree ?? site.gitDir,
    env: siteEnvironment(site, options),
    extendEnv: false,
    encoding: 'buffer',
    reject: false,
    maxBuffer: 2 ** 30,
    ...endedBy(site),
    ...inputOf(options.input),
  });
  site.signal?.throwIfAborted();
  const stderr = Buffer.from(result.stderr).toString('utf8').trim();
  if (result.exitCode === undefined) throw notStarted(result);
  if (!(options.accept ?? [0]).includes(result.exitCode)) throw gitFailed(args, result.exitCode, stderr);
  return { stdout: result.stdout, stderr, exitCode: result.exitCode };
}

/** The same, for answers that are text; the last line break is taken off. */
export async function gitText(
  site: GitSite,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  const { stdout } = await runGit(site, args, options);
  return Buffer.from(stdout).toString('utf8').replace(/\n$/, '');
}

/** The same, for a question whose answer may be "there is none" (exit code 1). */
export async function gitAnswer(
  site: GitSite,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string | undefined> {
  const { stdout, stderr, exitCode } = await runGit(site, args, { ...options, accept: [0, 1, 128] });
  if (lacksObject(stderr)) throw gitFailed(args, exitCode, stderr);
  return exitCode === 0 ? Buffer.from(stdout).toString('utf8').replace(/\n$/, '') : undefined;
}

/** The fields of a `-z` answer. */
export function splitNul(output: Uint8Array): string[] {
  const fields = Buffer.from(output).toString('utf8').split('\0');
  if (fields.at(-1) === '') fields.pop();
  return fields;
}

function inputOf(input: GitOptions['input']) {
  if (input === undefined) return { stdin: 'ignore' as const };
  if (typeof input === 'string' || input instanceof Uint8Array) return { input };
  return { input: Readable.from(input, { objectMode: false }) };
}

/** Whether git failed because a partial clone does not have what was asked for. */
export function lacksObject(stderr: string): boolean {
  return stderr.includes('promisor remote');
}

export function gitFailed(args: readonly string[], code: number, stderr: string): DreamkeeperError {
  const command = args.find((argument) => !argument.startsWith('-')) ?? '';
  const words = stderr === '' ? `it ended with code ${code}` : stderr.slice(0, 2_000);
  const remedy = lacksObject(stderr)
    ? 'This is a partial clone, and nothing is fetched behind your back. Get what is missing: git fetch --refetch --no-filter'
    : undefined;
  return new DreamkeeperError(
    'repository',
    `git ${command} failed: ${words}`,
    remedy === undefined ? {} : { remedy },
  );
}

/** @param failure what execa tells of a process that never ran or was killed. */
export function notStarted(failure: {
  readonly shortMessage?: string | undefined;
  readonly code?: string | undefined;
}): Error {
  if (failure.code === 'ENOENT')
    return new DreamkeeperError('repository', 'git was not found', {
      remedy: 'Install git 2.31 or newer and make sure that it is on the PATH.',
      cause: failure,
    });
  return new DreamkeeperError('repository', `git stopped: ${failure.shortMessage ?? 'killed by a signal'}`, {
    retryable: true,
    cause: failure,
  });
}
