/** Worker processes of which one after the other is killed. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServe, type ServeProcess } from '../../test/support/serve-process.ts';

export interface FleetOptions {
  readonly repos: string;
  readonly databaseUrl: string;
  readonly logs: string;
  readonly workers: number;
  /** Seconds between two kills. */
  readonly killEvery: number;
}

export interface Fleet {
  /** Those that live and those that were killed. */
  readonly all: readonly ServeProcess[];
  readonly kills: () => number;
  /** @returns when the last kill is over. */
  readonly stopKilling: () => Promise<void>;
  readonly end: () => Promise<void>;
}

const wrongClock = {
  node: ['--import', join(import.meta.dirname, 'wrong-clock.ts')],
  ahead: 5 * 60_000,
};

/** The first worker's clock is five minutes off. */
export function startFleet({ workers, killEvery, ...where }: FleetOptions): Fleet {
  const args = ['--role', 'worker', '--lease', '10', '--sweep', '20', '--dreams-per-installation', '6'];
  const all: ServeProcess[] = [];
  const start = (slot: number): ServeProcess => {
    const serve = startServe({ ...where, args, ...(slot === 0 ? wrongClock : {}) });
    all.push(serve);
    return serve;
  };
  const running = Array.from({ length: workers }, (_, slot) => start(slot));
  const stopped = new AbortController();
  const killing = killInTurn(running, start, killEvery, stopped.signal);
  return {
    all,
    kills: () => all.length - running.length,
    async stopKilling() {
      stopped.abort();
      await killing;
    },
    async end() {
      await Promise.all(running.map((serve) => serve.stop()));
    },
  };
}

/** What a worker does in a third of its life where it has the machine for itself. */
const jobsBefore = 20;

/** On a machine so busy that starting takes as long as a life, nobody would get anything done: a worker works first. */
async function killInTurn(
  running: ServeProcess[],
  start: (slot: number) => ServeProcess,
  killEvery: number,
  signal: AbortSignal,
): Promise<void> {
  const pause = (seconds: number): Promise<unknown> =>
    sleep(seconds * 1_000, undefined, { signal }).catch(() => undefined);
  const isStopped = (): boolean => signal.aborted;
  for (let turn = 0; !isStopped(); turn += 1) {
    const slot = turn % running.length;
    const hasWorked = (): boolean =>
      (running[slot]?.work() ?? []).filter(({ end }) => end !== 'killed').length >= jobsBefore;
    await pause(killEvery);
    while (!isStopped() && !hasWorked()) await pause(1);
    if (isStopped()) return;
    await running[slot]?.kill();
    running[slot] = start(slot);
  }
}
