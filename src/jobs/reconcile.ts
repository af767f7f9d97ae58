/**
 * Finds what should have been asked for and was not: while nobody ran, or because the database was lost. Each hook looks
 * at one place where the truth is, and asks for what is missing; asking twice is harmless.
 */
import type { Logger } from 'pino';
import type { Queue } from './queue.ts';
import type { RepositorySource } from './place.ts';
import type { RepositoryStates } from './repository-state.ts';

/** In the order in which they run. Those that look at GitHub are the App's. */
export const reconciliationNames = ['missed-deliveries', 'open-dreams', 'ledgers'] as const;

export interface ReconciliationContext {
  /** Names this turn. */
  readonly slot: string;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

export interface ReconciliationHook {
  readonly name: (typeof reconciliationNames)[number];
  /** @returns how many jobs it asked for. */
  run(context: ReconciliationContext): Promise<number>;
}

/**
 * Runs all hooks; one that fails keeps none of the others from running.
 * @returns how many jobs were asked for.
 * @throws {AggregateError} what failed, after all have run.
 */
export async function reconcile(
  hooks: readonly ReconciliationHook[],
  context: ReconciliationContext,
): Promise<number> {
  let sent = 0;
  const errors: unknown[] = [];
  const ordered = [...hooks].sort(
    (a, b) => reconciliationNames.indexOf(a.name) - reconciliationNames.indexOf(b.name),
  );
  for (const hook of ordered) {
    context.signal.throwIfAborted();
    try {
      const found = await hook.run(context);
      if (found > 0) context.log.info({ hook: hook.name, found }, 'asked for what was missing');
      sent += found;
    } catch (error) {
      context.log.warn({ err: error, hook: hook.name }, 'a reconciliation failed');
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} reconciliations failed`);
  return sent;
}

/** How many requests go in one insert. */
const pageSize = 1_000;

/** Has every repository looked at that was not for so long, and forgets those that are gone. */
export function ledgersHook(options: {
  readonly source: Pick<RepositorySource, 'list'>;
  readonly states: Pick<RepositoryStates, 'all' | 'forget'>;
  readonly queue: Pick<Queue, 'sendAll'>;
  /** Seconds after which what was seen is looked at anew. */
  readonly staleSeconds: number;
}): ReconciliationHook {
  const { source, states, queue, staleSeconds } = options;
  return {
    name: 'ledgers',
    async run({ signal }) {
      const { now, states: all } = await states.all();
      // Every start looks here: one that is asked to look already is not asked again.
      const slot = turnOf(now, staleSeconds);
      const fresh = new Set(
        all
          .filter(({ seenAt }) => Date.parse(now) - Date.parse(seenAt) < staleSeconds * 1_000)
          .map(({ id }) => id),
      );
      const gone = new Set(all.map(({ id }) => id));
      let sent = 0;
      let page: Parameters<Queue['sendAll']>[0][number][] = [];
      const flush = async (): Promise<void> => {
        sent += await queue.sendAll(page);
        page = [];
      };
      for await (const { id, installation } of source.list(signal)) {
        gone.delete(id);
        if (fresh.has(id)) continue;
        const whose = installation === undefined ? {} : { installation };
        page.push({ payload: { kind: 'sync', repository: id, ...whose, slot } });
        if (page.length >= pageSize) await flush();
      }
      await flush();
      if (gone.size > 0) await states.forget([...gone]);
      return sent;
    },
  };
}

/**
 * Has every open dream looked at now and then: a command whose job was laid aside, a wait that is over, a pull request that
 * says something else than the ledger.
 */
export function openDreamsHook(options: {
  readonly states: Pick<RepositoryStates, 'all'>;
  readonly queue: Pick<Queue, 'sendAll'>;
  /** Seconds between two looks at one. */
  readonly everySeconds: number;
}): ReconciliationHook {
  const { states, queue, everySeconds } = options;
  return {
    name: 'open-dreams',
    async run() {
      const { now, states: all } = await states.all();
      const slot = `open ${turnOf(now, everySeconds)}`;
      const open = all.filter(({ seen }) => seen.open === true && seen.problem === undefined);
      return queue.sendAll(
        open.map(({ id, installation }) => ({
          payload: {
            kind: 'review',
            repository: id,
            ...(installation === undefined ? {} : { installation }),
            slot,
          } as const,
        })),
      );
    },
  };
}

/** The same for all times of one stretch of so many seconds. */
function turnOf(now: string, seconds: number): string {
  const length = seconds * 1_000;
  return new Date(Math.floor(Date.parse(now) / length) * length).toISOString();
}
