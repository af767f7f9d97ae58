/** Asks for the queue's own jobs, turn by turn: each turn is one job, however many processes ask for it. */
import type { Logger } from 'pino';
import type { Queue } from './queue.ts';

export interface TurnOptions {
  readonly queue: Pick<Queue, 'send'>;
  readonly log: Logger;
  /** Seconds between two sweeps. */
  readonly sweepSeconds: number;
  /** Seconds between two reconciliations. */
  readonly reconcileSeconds: number;
  /** Milliseconds; the process's clock. A wrong one asks for a turn early or late, never twice. */
  readonly now?: () => number;
}

export interface Turns {
  /** Asks for a reconciliation at once, beside the turns. */
  reconcile(why: string): Promise<void>;
  stop(): void;
}

/** Begins with a reconciliation: what happened while nobody looked is found first. */
export function startTurns(options: TurnOptions): Turns {
  const { queue, log, sweepSeconds, reconcileSeconds, now = Date.now } = options;
  const slotOf = (seconds: number): string =>
    new Date(Math.floor(now() / 1_000 / seconds) * seconds * 1_000).toISOString();
  // The start stands for the turn it falls in.
  const first = slotOf(reconcileSeconds);
  const ask = async (): Promise<void> => {
    try {
      const slot = slotOf(reconcileSeconds);
      if (slot !== first) await queue.send({ kind: 'reconcile', slot });
      await queue.send({ kind: 'sweep', slot: slotOf(sweepSeconds) });
    } catch (error) {
      log.warn({ err: error }, 'the next sweep could not be asked for; trying again');
    }
  };
  const reconcile = async (why: string): Promise<void> => {
    // Several processes that start or lose the database together look once.
    await queue
      .send({ kind: 'reconcile', slot: `${why} ${slotOf(10)}` })
      .catch((error: unknown) => log.warn({ err: error }, 'a reconciliation could not be asked for'));
  };
  void reconcile('start').then(ask);
  const timer = setInterval(() => void ask(), Math.max(1, Math.min(sweepSeconds / 4, 60)) * 1_000);
  return { reconcile, stop: () => clearInterval(timer) };
}
