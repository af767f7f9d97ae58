/** Runs a program of PostgreSQL to its end. */
import { parse } from 'node:path';
import { execa } from 'execa';
import type { Account } from './account.ts';

/** Texts in English, and nothing of our own environment, which may hold keys. */
export const environment = { LC_ALL: 'C', TZ: 'UTC' };

export interface ProgramResult {
  /** All it printed; why it could not be started, if so. */
  readonly output: string;
  readonly failed: boolean;
}

/** @param timeout milliseconds, after which it is killed. */
export async function runProgram(
  program: string,
  args: readonly string[],
  account: Account,
  timeout = 60_000,
): Promise<ProgramResult> {
  const result = await execa(program, args, {
    ...account,
    // Ours may be closed to the other user, and they all look where they are.
    cwd: parse(program).root,
    env: environment,
    extendEnv: false,
    reject: false,
    all: true,
    stdin: 'ignore',
    timeout,
    windowsHide: true,
  });
  const unstarted = result.exitCode === undefined ? `${result.message}\n` : '';
  return { output: unstarted + result.all, failed: result.failed };
}
