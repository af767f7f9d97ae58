/** The real App, `dreamkeeper serve`, as a process of its own against the stand-in for GitHub, with a database of its own. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { createQueue } from '../../src/jobs/boss-queue.ts';
import { openDatabase, type Database } from '../../src/jobs/database.ts';
import type { JobSummary, Queue } from '../../src/jobs/queue.ts';
import { moveClock, ownClock } from './app/clock.ts';
import { untilIdle, type IdleOptions } from './app/idle.ts';
import { createRunner, type Runner } from './app/runner.ts';
import type { GitHub } from './forge/start.ts';
import { whenOver } from './lifetime.ts';
import { emptyDatabase, silent } from './postgres.ts';
import { scratchFolder } from './repository.ts';
import type { LogLine } from './serve-process.ts';

export interface AppOptions {
  /** More of its environment; a variable that is empty counts as unset. */
  readonly env?: Readonly<Record<string, string>>;
  /** More arguments of `serve`. */
  readonly args?: readonly string[];
  /** It spares GitHub as it does in earnest: a second between two writes, three between two that notify people. */
  readonly paced?: boolean;
  /** Dead letters are what the test is about; otherwise `idle` throws for one. */
  readonly deadLetters?: boolean;
}

export interface App {
  /** `http://127.0.0.1:<port>` of the process that runs now. */
  url(): string;
  readonly databaseUrl: string;
  /** Copies of repositories and all else it keeps. */
  readonly dataFolder: string;
  readonly queue: Queue;
  /** Resolves when no webhook is under way and nothing waits, runs or is due. @throws after two minutes, and for dead letters */
  idle(options?: IdleOptions): Promise<void>;
  /** Time passes for its jobs, and for nobody else. @param interval as PostgreSQL reads it: `14 days` */
  later(interval: string): Promise<void>;
  deadLetters(): Promise<readonly JobSummary[]>;
  /** As a supervisor does: jobs may finish. @returns the exit code */
  stop(): Promise<number | null>;
  /** As `kill -9` does. */
  kill(): Promise<void>;
  /**
   * Once more, with the same folder and database. The jobs of a process that was killed are free at once.
   * @param change for this process and those after it
   */
  restart(change?: Pick<AppOptions, 'env' | 'args'>): Promise<void>;
  /** What all its processes logged, at every level. */
  log(): readonly LogLine[];
}

/** Where GitHub's webhooks go. */
export const webhooksPath = '/api/github/webhooks';

/**
 * Starts the App and points the stand-in's webhooks at it. When the test ends, or those that share it, it is killed, and
 * secrets of GitHub in its log are a failure.
 */
export async function startApp(github: GitHub, options: AppOptions = {}): Promise<App> {
  const databaseUrl = await emptyDatabase();
  const folder = scratchFolder();
  const dataFolder = join(folder, 'data');
  mkdirSync(dataFolder);
  const { env = {}, args = [], paced = false } = options;
  const runner = createRunner({ github, databaseUrl, folder, env, args, paced });
  const database = await openClocked(databaseUrl);
  whenOver(async (failed) => {
    await runner.current().kill();
    if (failed) console.error(telling(runner.log()));
    expect(secretsIn(runner.log(), github), 'secrets in the log').toEqual([]);
  });
  const app = createApp({ github, options, runner, database, databaseUrl });
  await app.restart();
  return { ...app, databaseUrl, dataFolder };
}

/** The tables are made here, so that the App finds them old enough to begin at once. */
async function openClocked(connectionString: string): Promise<Database> {
  await ownClock(connectionString);
  const database = await openDatabase({ connectionString, log: silent, poolSize: 2, supervise: false });
  whenOver(() => database.close());
  return database;
}

interface Parts {
  readonly github: GitHub;
  readonly options: AppOptions;
  readonly runner: Runner;
  readonly database: Database;
  readonly databaseUrl: string;
}

function createApp(parts: Parts): Omit<App, 'databaseUrl' | 'dataFolder'> {
  const { github, options, runner, database, databaseUrl } = parts;
  const queue = createQueue(database);
  const url = (): string => `http://127.0.0.1:${runner.current().port()}`;
  const deadLetters = () => queue.list({ states: ['dead'] });
  const later = (interval: string) => moveClock(databaseUrl, interval);
  return {
    url,
    queue,
    later,
    deadLetters,
    async idle(idling = {}) {
      const now = () => timeOf(database);
      await untilIdle({ github, queue, now, later, check: () => refuseEnded(runner) }, idling);
      if (options.deadLetters === true) return;
      const dead = await deadLetters();
      if (dead.length > 0) throw new Error(`Laid aside: ${JSON.stringify(dead, undefined, 2)}`);
    },
    stop: () => runner.current().stop(),
    kill: () => runner.current().kill(),
    async restart(change) {
      // The leases of whoever worked before are over, and it is noticed.
      await moveClock(databaseUrl, '1 minute', 'over');
      await database.run((boss) => boss.supervise());
      await runner.begin(change);
      github.deliverTo(`${url()}${webhooksPath}`);
    },
    log: () => runner.log(),
  };
}

function refuseEnded(runner: Runner): void {
  if (runner.current().exitCode() !== undefined) throw new Error('The App is not running.');
}

async function timeOf(database: Database): Promise<number> {
  const [row] = await database.query('SELECT now() AS now');
  return z.object({ now: z.date() }).parse(row).now.getTime();
}

/** @returns where GitHub's keys and tokens were found, without saying them. */
function secretsIn(log: readonly LogLine[], { app, state }: GitHub): readonly string[] {
  const keyLines = app.privateKey.split('\n').filter((line) => line.length > 40);
  const secrets = [...state.installationTokens.keys(), ...keyLines, app.webhook.secret];
  return log.flatMap((line) => {
    const text = JSON.stringify(line);
    return secrets.some((secret) => text.includes(secret)) ? [line.msg] : [];
  });
}

/** What went wrong, and what was done. */
function telling(log: readonly LogLine[]): string {
  const lines = log.filter(
    ({ level, msg }) => msg === 'job ended' || ['warn', 'error', 'fatal'].includes(level),
  );
  return lines
    .slice(-60)
    .map((line) => JSON.stringify(line))
    .join('\n');
}
