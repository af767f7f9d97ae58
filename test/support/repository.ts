/** Scratch repositories: real Git in a temporary folder, with a home of its own so that nobody's config plays a part. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readSettings } from '../../src/settings.ts';
import { whenOver } from './lifetime.ts';

export interface Scratch {
  /** Absolute, without symlinks. */
  readonly dir: string;
  /** The variables git may see, with a HOME of the test's own. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs git here; its output without the last line break. @throws when git fails. */
  git(...args: string[]): string;
  write(path: string, content: string | Uint8Array): void;
  /** Writes files, commits all there is, and returns the commit. Without files the commit is empty. */
  commit(message: string, files?: Readonly<Record<string, string>>, at?: string): string;
  /** The same home, another folder: a clone, a worktree, a folder inside. */
  at(dir: string): Scratch;
}

/** A temporary folder that is gone when the test ends, or with the file when it is asked for before all tests. */
export function scratchFolder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'dreamkeeper-test-')));
  whenOver(() => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));
  return dir;
}

/** A folder for all tests of a file. */
export function lastingFolder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'dreamkeeper-test-')));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A new repository on branch `main`, without a commit. `init` are further arguments of `git init`. */
export function scratchRepository(...init: string[]): Scratch {
  const top = scratchFolder();
  const home = join(top, 'home');
  mkdirSync(home);
  writeFileSync(
    join(home, '.gitconfig'),
    '[user]\n\tname = Ada\n\temail = ada@example.com\n[gc]\n\tauto = 0\n[protocol "file"]\n\tallow = always\n',
  );
  const dir = join(top, 'repository');
  mkdirSync(dir);
  const env = readSettings({ PATH: process.env.PATH, HOME: home, GIT_CONFIG_NOSYSTEM: '1' }).git;
  const scratch = scratchAt(dir, env);
  scratch.git('init', '-q', '-b', 'main', ...init);
  return scratch;
}

function scratchAt(dir: string, env: Readonly<Record<string, string>>): Scratch {
  const run = (args: readonly string[], extra: Readonly<Record<string, string>> = {}): string =>
    execFileSync('git', args, {
      cwd: dir,
      env: { ...env, ...extra, LC_ALL: 'C' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 2 ** 28,
    }).replace(/\n$/, '');
  const write: Scratch['write'] = (path, content) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  };
  return {
    dir,
    env,
    write,
    git: (...args) => run(args),
    commit(message, files = {}, at = '2026-03-01T12:00:00Z') {
      for (const [path, content] of Object.entries(files)) write(path, content);
      run(['add', '-A']);
      run(['commit', '-q', '--allow-empty', '-m', message], { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at });
      return run(['rev-parse', 'HEAD']);
    },
    at: (other) => scratchAt(other, env),
  };
}
