/** One run of the server: from its start until it takes connections, and until it ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { parse } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { DreamkeeperError } from '../../core/error.ts';
import { checkReachable, type Account } from './account.ts';
import { listenSettings, type Address } from './address.ts';
import type { Binaries } from './binaries.ts';
import type { Places } from './cluster.ts';
import { lastWords, machineFailure, orGiven, otherFailure } from './failure.ts';
import { stopServer } from './orphan.ts';
import { tryConnection, type Useless } from './connection.ts';
import { environment } from './run-program.ts';
import { serverSettings } from './server-settings.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Running {
  readonly pid: number;
  readonly exit: Promise<Exit>;
  /** Ends sessions at once and writes everything to disk. */
  stop(): Promise<void>;
}

export interface LaunchOptions {
  readonly places: Places;
  readonly address: Address;
  readonly connectionString: string;
  readonly binaries: Binaries;
  readonly account: Account;
  /** Each line that the server says once it takes connections. */
  readonly onLine: (line: string) => void;
}

/** Replaying what is in the write-ahead log after a crash takes a second or two; on a slow disk some more. */
const startSeconds = 60;
/** `serve` as a whole is to end within 20 seconds after its jobs did. */
const stopSeconds = 10;
const keptLines = 30;

/**
 * @returns the server once it takes connections; a text when its files are to blame that it does not.
 * @throws {DreamkeeperError} `database` when something about this machine is.
 */
export async function launch(options: LaunchOptions): Promise<Running | string> {
  const { places, binaries, account } = options;
  const child = spawn(binaries.postgres, serverArguments(options), {
    ...account,
    cwd: parse(binaries.postgres).root,
    env: environment,
    // Not in our group: Ctrl-C in a terminal is for us, and the database ends last.
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  const state = { ready: false };
  listenTo(child, (line) => {
    said.push(line);
    if (said.length > keptLines) said.shift();
    if (state.ready) options.onLine(line);
  });
  const ended = endOf(child, said);
  const outcome = await untilReady(options.connectionString, ended.exit);
  const { pid } = child;
  const stop = async (): Promise<void> => {
    if (pid === undefined || ended.isEnded()) return;
    if (!(await stopServer(places.data, pid, binaries, account, stopSeconds))) child.kill('SIGKILL');
    await ended.exit;
  };
  if (outcome === 'ready' && pid !== undefined) {
    state.ready = true;
    return { pid, exit: ended.exit, stop };
  }
  await stop();
  // Its last words may still be in the pipe; children that outlive it may hold the other end for long.
  await Promise.race([ended.said, sleep(500)]);
  return whyNot(options, outcome, said.join('\n'));
}

function serverArguments({ places, address }: LaunchOptions): string[] {
  const settings = Object.entries({ ...serverSettings, ...listenSettings(address) });
  return ['-D', places.data, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

function listenTo({ stderr }: ChildProcess, onLine: (line: string) => void): void {
  if (stderr !== null) createInterface({ input: stderr }).on('line', onLine);
}

function endOf(child: ChildProcess, said: string[]) {
  let isEnded = false;
  const all = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const exit = new Promise<Exit>((resolve) => {
    const end = (code: number | null, signal: string | null): void => {
      isEnded = true;
      resolve({ code, signal });
    };
    child.once('exit', end);
    child.once('error', (error) => {
      said.push(error.message);
      // Otherwise it could not be signalled, and lives.
      if (child.pid === undefined) end(null, null);
    });
  });
  return { exit, said: all, isEnded: () => isEnded };
}

type Outcome = 'ready' | 'ended' | 'late' | Useless;

async function untilReady(connectionString: string, exit: Promise<Exit>): Promise<Outcome> {
  const deadline = performance.now() + startSeconds * 1_000;
  while (performance.now() < deadline) {
    const answer = await Promise.race([exit.then(() => 'ended' as const), tryConnection(connectionString)]);
    if (answer !== 'not yet') return answer;
    if ((await Promise.race([exit, sleep(15)])) !== undefined) return 'ended';
  }
  return 'late';
}

async function whyNot(options: LaunchOptions, outcome: Outcome, output: string): Promise<string> {
  const { places, binaries, account } = options;
  const what = `PostgreSQL does not start in ${places.folder}`;
  if (typeof outcome === 'object') return outcome.reason;
  if (outcome === 'late')
    throw new DreamkeeperError('database', `${what} within ${startSeconds} seconds: ${lastWords(output)}`, {
      remedy: orGiven,
      retryable: true,
    });
  const failure = machineFailure(what, output);
  if (failure !== undefined) {
    await checkReachable(account, [places.data, places.run, binaries.postgres]);
    throw failure;
  }
  // A setting it does not know is our mistake; no new files would help.
  if (/configuration parameter|invalid value for parameter/.test(output)) throw otherFailure(what, output);
  return `it is damaged: ${lastWords(output)}`;
}
