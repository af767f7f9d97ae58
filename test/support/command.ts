/** The command as a real process, with nothing of the machine's own setup around it. */
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { compileCache } from './compile-cache.ts';
import { scratchFolder } from './repository.ts';

export const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts');

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Command {
  /** An empty folder to work in. */
  readonly folder: string;
  run(...args: string[]): Promise<Ran>;
  /** Runs with `--json` and parses the answer. */
  json(...args: string[]): Promise<unknown>;
  /** The same surroundings, another current folder. */
  in(folder: string, env?: Readonly<Record<string, string>>): Command;
}

/** Like a fresh machine: an empty home, no git identity, no config. */
export function aCommand(): Command {
  return freshCommand(scratchFolder());
}

/** For a `beforeAll`: its folder is gone when the tests of the block are over. */
export function lastingCommand(): Command {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'dreamkeeper-test-')));
  afterAll(() => rmSync(top, { recursive: true, force: true, maxRetries: 3 }));
  return freshCommand(top);
}

function freshCommand(top: string): Command {
  const home = join(top, 'home');
  const folder = join(top, 'here');
  mkdirSync(home);
  mkdirSync(folder);
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    TMPDIR: top,
    ...compileCache,
  };
  return commandIn(folder, env);
}

function commandIn(folder: string, env: Readonly<Record<string, string>>): Command {
  const run: Command['run'] = (...args) =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        [cli, ...args],
        { cwd: folder, env, maxBuffer: 2 ** 26 },
        (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
          resolve({ code, stdout, stderr });
        },
      );
    });
  return {
    folder,
    run,
    async json(...args) {
      const { stdout } = await run(...args, '--json');
      return JSON.parse(stdout) as unknown;
    },
    in: (other, more = {}) => commandIn(other, { ...env, ...more }),
  };
}

/** Starts the command and closes its output after the first bytes, as `head` does. */
export function runIntoClosedPipe(command: Command, ...args: string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: command.folder,
      env: { PATH: process.env.PATH ?? '', HOME: command.folder },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout.once('data', () => child.stdout.destroy());
    child.once('close', (code) => resolve(code));
  });
}
