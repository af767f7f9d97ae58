/** Watches a server and starts it again when it ends by itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DreamkeeperError } from '../../core/error.ts';
import type { PostgresEvent } from './events.ts';
import type { Exit, Running } from './launch.ts';

export interface Supervised {
  /** Ends the server, or the attempts to start it. */
  stop(): Promise<void>;
}

export interface Patience {
  /** Most ends within the window; the next one is the last. */
  readonly crashes: number;
  readonly windowMilliseconds: number;
  /** Before the second attempt in a row; doubles each time. The first is made at once. */
  readonly firstPause: number;
  readonly longestPause: number;
}

/** A server that is killed for want of memory every minute is given time; one that ends at once is not, for long. */
const defaults: Patience = {
  crashes: 6,
  windowMilliseconds: 300_000,
  firstPause: 250,
  longestPause: 10_000,
};

/**
 * @param first runs already.
 * @param start brings the next one to where it takes connections.
 * @param tell hears of every crash, and in the end that we gave up, with a {@link DreamkeeperError} `database`.
 */
export function superviseServer(
  first: Running,
  start: () => Promise<Running>,
  tell: (event: PostgresEvent) => void,
  patience: Patience = defaults,
): Supervised {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let running = first;
  let crashes: number[] = [];

  const again = async (exit: Exit): Promise<Running | undefined> => {
    let cause: unknown = new Error(`it ended with ${nameOf(exit)}`);
    for (;;) {
      const now = performance.now();
      crashes = [...crashes.filter((at) => at > now - patience.windowMilliseconds), now];
      if (crashes.length > patience.crashes) {
        tell({ kind: 'gave-up', error: tooOften(cause) });
        return undefined;
      }
      await pause(crashes.length, patience, stopping.signal);
      if (isStopping()) return undefined;
      try {
        return await start();
      } catch (error) {
        cause = error;
      }
    }
  };

  const watch = async (): Promise<void> => {
    while (!isStopping()) {
      const exit = await running.exit;
      if (isStopping()) return;
      tell({ kind: 'crashed', ...exit });
      const next = await again(exit);
      if (next === undefined) return;
      running = next;
    }
  };

  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await running.stop();
      await watching;
      // Another one may have been on its way while we asked.
      await running.stop();
    },
  };
}

async function pause(crashes: number, patience: Patience, signal: AbortSignal): Promise<void> {
  if (crashes === 1) return;
  const milliseconds = Math.min(patience.firstPause * 2 ** (crashes - 2), patience.longestPause);
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

function nameOf({ code, signal }: Exit): string {
  return signal ?? `exit code ${code ?? 'unknown'}`;
}

function tooOften(cause: unknown): DreamkeeperError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const remedy = cause instanceof DreamkeeperError ? cause.remedy : undefined;
  return new DreamkeeperError('database', `PostgreSQL ends again and again, last because: ${why}`, {
    remedy: remedy ?? 'The log has what it said; no memory and no accepted work is in it alone.',
    cause,
  });
}
