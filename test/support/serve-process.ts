/** `dreamkeeper serve` as processes that can be killed, and what their logs tell of who worked on what and when. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileCache } from './compile-cache.ts';

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts');

export interface ServeOptions {
  /** Absent: those of the GitHub App. */
  readonly repos?: string;
  /** More of its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Absent: a server of its own. */
  readonly databaseUrl?: string;
  /** Logs go here. */
  readonly logs: string;
  readonly args?: readonly string[];
  /** Arguments of Node itself, such as a module to load first. */
  readonly node?: readonly string[];
  /** Milliseconds by which its clock is ahead of ours, which its log shows. */
  readonly ahead?: number;
}

export interface ServeProcess {
  readonly name: string;
  /** As `kill -9` does. */
  kill(): Promise<void>;
  /** As a supervisor does. @returns the exit code. */
  stop(): Promise<number | null>;
  /** Where it listens; 0 as long as it does not. */
  port(): number;
  /** Once it has ended; null after a signal. */
  exitCode(): number | null | undefined;
  /** All it printed, as it is. */
  output(): string;
  /** What it logged so far. */
  log(): readonly LogLine[];
  /** What each job did here; one that a kill cut off ended with the kill. */
  work(): readonly Work[];
}

export interface Work {
  readonly repository: string;
  readonly kind: string;
  readonly job: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly end: string;
}

let count = 0;

export function startServe(options: ServeOptions): ServeProcess {
  count += 1;
  const name = `serve-${process.pid}-${count}`;
  const file = join(options.logs, `${name}.log`);
  const log = openSync(file, 'a');
  const child = spawn(
    process.execPath,
    [
      ...(options.node ?? []),
      ...[cli, 'serve'],
      ...(options.repos === undefined ? [] : ['--repos', options.repos]),
      ...(options.args ?? []),
    ],
    {
      env: {
        PATH: process.env.PATH,
        HOME: options.logs,
        GIT_CONFIG_NOSYSTEM: '1',
        ...compileCache,
        ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
        DREAMKEEPER_DATA: join(options.logs, 'data'),
        LOG_LEVEL: 'debug',
        ...options.env,
      },
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  let ended: { readonly at: number; readonly code: number | null } | undefined;
  const exited = once(child, 'exit').then(([code]) => {
    ended = { at: Date.now(), code: typeof code === 'number' ? code : null };
    return ended.code;
  });
  const end = (signal: NodeJS.Signals) => {
    send(child, signal);
    return exited;
  };
  return {
    name,
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
    exitCode: () => ended?.code,
    output: () => readFileSync(file, 'utf8'),
    log: () => linesOf(file),
    port: () => linesOf(file).find(({ msg }) => msg === 'serving')?.port ?? 0,
    work: () => readWork(file, ended?.at ?? Date.now(), options.ahead ?? 0),
  };
}

function send(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
}

export interface LogLine {
  readonly time: string;
  readonly level: string;
  readonly msg: string;
  readonly job?: string;
  readonly kind?: string;
  readonly repository?: string;
  readonly end?: string;
  readonly seconds?: number;
  readonly port?: number;
  readonly [more: string]: unknown;
}

/** @param until when the process ended, or now. */
function readWork(file: string, until: number, ahead: number): readonly Work[] {
  const open = new Map<string, Work>();
  const done: Work[] = [];
  for (const line of linesOf(file)) {
    if (line.job === undefined || line.repository === undefined) continue;
    if (line.msg === 'job begins')
      open.set(line.job, {
        repository: line.repository,
        kind: line.kind ?? '',
        job: line.job,
        from: Date.parse(line.time) - ahead,
        to: until,
        end: 'killed',
      });
    const begun = open.get(line.job);
    if (line.msg !== 'job ended' || begun === undefined) continue;
    open.delete(line.job);
    done.push({ ...begun, to: begun.from + (line.seconds ?? 0) * 1_000, end: line.end ?? '' });
  }
  return [...done, ...open.values()];
}

function linesOf(file: string): readonly LogLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text) => {
      // A kill may cut a line off.
      try {
        return [JSON.parse(text) as LogLine];
      } catch {
        return [];
      }
    });
}

/** Pairs of jobs of one repository that ran at the same time; there must be none. */
export function overlaps(work: readonly Work[]): readonly (readonly [Work, Work])[] {
  const found: [Work, Work][] = [];
  const last = new Map<string, Work>();
  for (const each of [...work].sort((a, b) => a.from - b.from)) {
    const before = last.get(each.repository);
    if (before !== undefined && before.to > each.from) found.push([before, each]);
    if (before === undefined || each.to > before.to) last.set(each.repository, each);
  }
  return found;
}
