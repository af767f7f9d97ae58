/** Waits until an App has nothing left to do: no webhook under way, no job that waits or runs, and nothing due. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from '../../../src/jobs/queue.ts';
import type { GitHub } from '../forge/start.ts';

export interface Idling {
  readonly github: GitHub;
  readonly queue: Queue;
  /** Milliseconds since 1970, by the database. */
  readonly now: () => Promise<number>;
  /** Lets time pass, as PostgreSQL reads it. */
  readonly later: (interval: string) => Promise<void>;
  /** Throws when the App has died. */
  readonly check: () => void;
}

export interface IdleOptions {
  /** False: a job that waits to be tried again is waited for in real time; otherwise time passes at once. */
  readonly hurry?: boolean;
  /** Milliseconds; two minutes unless said otherwise. */
  readonly atMost?: number;
}

/** What starts within so many milliseconds is waited for. */
const soon = 5_000;
let sweeps = 0;

/** @throws when it takes too long, with what is still to be done. */
export async function untilIdle(
  idling: Idling,
  { hurry = true, atMost = 120_000 }: IdleOptions = {},
): Promise<void> {
  const { github, queue } = idling;
  const deadline = performance.now() + atMost;
  for (;;) {
    const heard = github.webhooks.list.length;
    await github.webhooks.settled();
    await untilDone(idling, hurry, deadline);
    // Whoever looks for what is due finds it now, and not in a second.
    sweeps += 1;
    await queue.send({ kind: 'sweep', slot: `test ${process.pid} ${sweeps}` });
    const others = await untilDone(idling, hurry, deadline);
    if (!others && github.webhooks.list.length === heard) return;
  }
}

/** @returns whether there was anything to do but sweeping. */
async function untilDone(idling: Idling, hurry: boolean, deadline: number): Promise<boolean> {
  const { queue } = idling;
  for (let others = false; ; await sleep(20)) {
    idling.check();
    const [jobs, now] = await Promise.all([
      queue.list({ states: ['waiting', 'running', 'retrying'], limit: 1_000 }),
      idling.now(),
    ]);
    const pending = jobs.filter(
      ({ state, startAfter }) =>
        state === 'retrying' || startAfter === null || Date.parse(startAfter) < now + soon,
    );
    if (pending.length === 0) return others;
    others ||= pending.some(({ kind }) => kind !== 'sweep');
    if (performance.now() > deadline)
      throw new Error(`The App is still busy: ${JSON.stringify(pending, undefined, 2)}`);
    const starts = pending.map(({ startAfter }) => (startAfter === null ? 0 : Date.parse(startAfter) - now));
    const wait = Math.min(...starts);
    // Everything that is left waits for its time.
    if (hurry && wait > 0) await idling.later(`${Math.ceil(wait)} milliseconds`);
  }
}
