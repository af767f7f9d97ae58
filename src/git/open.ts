/** Finds the repository around a folder and says clearly why it cannot be used when it cannot. */
import { statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { execa } from 'execa';
import { DreamkeeperError } from '../core/error.ts';
import { notStarted } from './run.ts';
import type { GitSite } from './run.ts';

export interface OpenedSite extends GitSite {
  /** Shared by all linked worktrees. */
  readonly commonDir: string;
  readonly bare: boolean;
}

const oldest = [2, 31] as const;

/**
 * @param folder any folder inside the repository, or a bare repository.
 * @param env the variables git may see (settings.ts).
 * @param signal ends all git that is started here when it is aborted.
 * @throws {DreamkeeperError} `repository` with the remedy: no git, too old a git, no repository, one that belongs to
 * somebody else.
 */
export async function openSite(
  folder: string,
  env: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<OpenedSite> {
  const dir = resolve(folder);
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory())
    throw new DreamkeeperError('repository', `there is no folder ${dir}`, {
      remedy: 'Pass the folder of a Git repository with --repo.',
    });
  const [version, found, commonDir, top] = await Promise.all([
    ask(dir, env, ['version']),
    ask(dir, env, ['rev-parse', '--is-bare-repository', '--show-object-format', '--absolute-git-dir']),
    ask(dir, env, ['rev-parse', '--git-common-dir']),
    ask(dir, env, ['rev-parse', '--show-toplevel']),
  ]);
  if (version.code === 0) requireVersion(version.text);
  if (found.code !== 0) throw refusal(dir, found.error);
  // A path may hold line breaks, so it comes last.
  const [bare, objectFormat, ...gitDir] = found.text.split('\n');
  return {
    gitDir: gitDir.join('\n'),
    ...(top.code === 0 && top.text !== '' ? { workTree: top.text } : {}),
    env,
    ...(signal === undefined ? {} : { signal }),
    commonDir: isAbsolute(commonDir.text) ? commonDir.text : resolve(dir, commonDir.text),
    bare: bare === 'true',
    objectFormat: objectFormat === 'sha256' ? 'sha256' : 'sha1',
  };
}

/** A bare repository that we made ourselves, so that there is nothing to find out. @param folder absolute. */
export function bareSite(folder: string, about: Pick<GitSite, 'env' | 'signal'>): OpenedSite {
  return { ...about, gitDir: folder, commonDir: folder, bare: true, objectFormat: 'sha1' };
}

/** @throws {DreamkeeperError} `repository` where there is no git, or too old a one. */
export async function requireGit(env: Readonly<Record<string, string>>): Promise<void> {
  const { code, text } = await ask('.', env, ['version']);
  if (code === 0) requireVersion(text);
}

async function ask(dir: string, env: Readonly<Record<string, string>>, args: readonly string[]) {
  const result = await execa('git', ['-C', dir, ...args], {
    env: { ...env, LANG: 'C', LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  if (result.exitCode === undefined) throw notStarted(result);
  return { code: result.exitCode, text: result.stdout, error: result.stderr };
}

function requireVersion(text: string): void {
  const match = /(\d+)\.(\d+)/.exec(text);
  const [major, minor] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new DreamkeeperError('repository', `this is too old a git: ${text}`, {
    remedy: `Install git ${oldest.join('.')} or newer.`,
  });
}

function refusal(dir: string, stderr: string): DreamkeeperError {
  const owned = /detected dubious ownership in repository at '([^\n]*)'/.exec(stderr);
  if (owned)
    return new DreamkeeperError(
      'repository',
      `the repository at ${owned[1] ?? dir} belongs to another user`,
      {
        remedy: `If you trust it: git config --global --add safe.directory '${owned[1] ?? dir}'`,
      },
    );
  if (stderr.includes('safe.bareRepository'))
    return new DreamkeeperError('repository', `your git refuses the bare repository at ${dir}`, {
      remedy: 'If you trust it: git config --global safe.bareRepository all',
    });
  if (stderr.includes('not a git repository'))
    return new DreamkeeperError('repository', `there is no Git repository at or above ${dir}`, {
      remedy: 'Run "git init" there, or name a repository with --repo.',
    });
  return new DreamkeeperError('repository', `git cannot open ${dir}: ${stderr.slice(0, 1_000)}`);
}
