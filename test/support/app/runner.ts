/** The processes of one App, one after the other: each with the same folder, database and environment. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GitHub } from '../forge/start.ts';
import { startServe, type LogLine, type ServeProcess } from '../serve-process.ts';

export interface RunnerOptions {
  readonly github: GitHub;
  readonly databaseUrl: string;
  /** Logs go here, and what the App keeps. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly paced: boolean;
}

export interface Runner {
  /** Starts one and waits until it listens. @throws when it ends instead, with what it said */
  begin(change?: Partial<Pick<RunnerOptions, 'env' | 'args'>>): Promise<void>;
  current(): ServeProcess;
  /** Of all of them. */
  log(): readonly LogLine[];
}

/** Quick to notice what is due, and that a process died; quicker than that a server may not be told to be. */
const quick = ['--port', '0', '--sweep', '1', '--lease', '10', '--pool', '6'];
const unpaced = ['--import', join(import.meta.dirname, 'unpaced.ts')];

export function createRunner(options: RunnerOptions): Runner {
  const { github, databaseUrl, folder, paced } = options;
  const processes: ServeProcess[] = [];
  let { env, args } = options;
  return {
    async begin(change = {}) {
      env = { ...env, ...change.env };
      args = change.args ?? args;
      const started = startServe({
        logs: folder,
        databaseUrl,
        args: [...quick, ...args],
        node: paced ? [] : unpaced,
        env: { ...environmentFor(github), ...env },
      });
      processes.push(started);
      await untilServing(started);
    },
    current() {
      const last = processes.at(-1);
      if (last === undefined) throw new Error('The App was not started.');
      return last;
    },
    log: () => processes.flatMap((one) => one.log()),
  };
}

/** As its administrator would set it up for an Enterprise Server. */
function environmentFor({ app, origin }: GitHub): Record<string, string> {
  return {
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: app.webhook.secret,
    GHE_HOST: new URL(origin).host,
    GHE_PROTOCOL: 'http',
  };
}

async function untilServing(started: ServeProcess): Promise<void> {
  while (started.port() === 0) {
    const code = started.exitCode();
    if (code !== undefined) throw new Error(`The App ended with ${String(code)}:\n${started.output()}`);
    await sleep(20);
  }
}
