/** pg-boss and its connection: opened, opened anew when the database was lost, and closed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PgBoss, type Db } from 'pg-boss';
import type { Logger } from 'pino';
import { DreamkeeperError } from '../core/error.ts';
import { isDisconnected, isMissing } from './database-error.ts';
import { listen } from './listen.ts';
import { createTables } from './tables.ts';

export const schema = 'dreamkeeper';
/** Its jobs are told apart by repository; there is no other queue with jobs that run. */
export const mainQueue = 'repository';
export const deadQueue = 'dead';

export interface DatabaseOptions {
  /** `postgres://…`; `sslmode` and certificates are part of it. */
  readonly connectionString: string;
  readonly log: Logger;
  /** Most connections of this process, besides one that listens. */
  readonly poolSize?: number;
  /** Seconds after which a job whose worker is silent is given to another; 10 at least. */
  readonly leaseSeconds?: number;
  /** How often dead workers are looked for, in seconds. */
  readonly superviseSeconds?: number;
  /** Days that done and cancelled jobs are remembered, so that requests for the same are known. */
  readonly keepDays?: number;
  /** Housekeeping; who only sends leaves it to workers. */
  readonly supervise?: boolean;
}

export interface Database {
  /** Calls pg-boss; over a lost connection again, and when the database was emptied, on tables made anew. */
  run<T>(work: (boss: PgBoss) => Promise<T>, patienceSeconds?: number): Promise<T>;
  /** Rows of one statement, with the same patience. */
  query(text: string, values?: readonly unknown[]): Promise<readonly unknown[]>;
  /** All of it, or nothing. */
  transaction<T>(work: (boss: PgBoss, db: Db) => Promise<T>): Promise<T>;
  /** Wakes all processes that listen. Nobody waits for it, and it may be lost: who listens polls too. */
  notify(): void;
  onNotify(callback: () => void): () => void;
  /** Called after the tables were found missing and were made anew. */
  onRebuilt(callback: () => void): () => void;
  readonly leaseSeconds: number;
  close(): Promise<void>;
}

const day = 86_400;
const defaults = { poolSize: 10, leaseSeconds: 20, superviseSeconds: 10, keepDays: 7 };
/** A webhook is answered within ten seconds, so a request gives up before. */
const patience = 5;

/** @throws {DreamkeeperError} `database` when it cannot be reached, or does not let us in. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { log, leaseSeconds = defaults.leaseSeconds } = options;
  const rebuilt = new Set<() => void>();
  let boss = createBoss(options);
  let rebuilding: Promise<void> | undefined;

  const rebuild = async (broken: PgBoss): Promise<void> => {
    if (broken !== boss) return;
    log.warn('the tables of the queue are gone; making them anew');
    const next = createBoss(options);
    try {
      await start(next, options);
    } catch (error) {
      await stop(next);
      throw error;
    }
    boss = next;
    await stop(broken);
    for (const callback of rebuilt) callback();
  };

  const run: Database['run'] = async (work, patienceSeconds = patience) => {
    const deadline = performance.now() + patienceSeconds * 1_000;
    for (;;) {
      const mine = boss;
      try {
        return await work(mine);
      } catch (error) {
        if (!isDisconnected(error) && !isMissing(error)) throw error;
        if (performance.now() > deadline) throw unreachable(error);
        if (isMissing(error))
          await (rebuilding ??= rebuild(mine).finally(() => (rebuilding = undefined))).catch(() => undefined);
        await sleep(100 + 200 * Math.random());
      }
    }
  };

  await run((mine) => start(mine, options), 10).catch(async (error: unknown) => {
    await stop(boss);
    throw error instanceof DreamkeeperError ? error : unusable(error);
  });
  const listener = listen(() => boss.getDb(), log);

  return {
    run,
    leaseSeconds,
    async query(text, values = []) {
      const answer: { readonly rows: readonly unknown[] } = await run((mine) =>
        mine.getDb().executeSql(text, [...values]),
      );
      return answer.rows;
    },
    transaction: (work) => run((mine) => inTransaction(mine, work)),
    notify: listener.notify,
    onNotify: listener.onNotify,
    onRebuilt(callback) {
      rebuilt.add(callback);
      return () => rebuilt.delete(callback);
    },
    async close() {
      await listener.close();
      await stop(boss);
    },
  };
}

function createBoss(options: DatabaseOptions): PgBoss {
  const { superviseSeconds = defaults.superviseSeconds } = options;
  const boss = new PgBoss({
    connectionString: options.connectionString,
    application_name: 'dreamkeeper',
    schema,
    max: options.poolSize ?? defaults.poolSize,
    connectionTimeoutMillis: 5_000,
    supervise: options.supervise ?? true,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    // Our sweep is one job per turn; what is due is decided by core's triggers.
    schedule: false,
  });
  // Every call tells its own failure; these are the ones of housekeeping.
  boss.on('error', (error) => options.log.warn({ err: error }, 'the database of the queue'));
  boss.on('warning', (warning) => options.log.warn({ warning }, 'the queue'));
  return boss;
}

async function start(boss: PgBoss, options: DatabaseOptions): Promise<void> {
  await boss.start();
  const keep = (options.keepDays ?? defaults.keepDays) * day;
  const main = {
    // Jobs that died together come back further and further apart: what kills its worker dies alone in the end.
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    // What waits is never thrown away; a year is the longest that anybody would want it back.
    retentionSeconds: 365 * day,
    deleteAfterSeconds: keep,
    heartbeatSeconds: options.leaseSeconds ?? defaults.leaseSeconds,
  };
  await boss.createQueue(mainQueue, { policy: 'key_strict_fifo', ...main });
  await boss.updateQueue(mainQueue, main);
  await boss.createQueue(deadQueue, { retentionSeconds: 90 * day });
  await boss.getDb().executeSql(createTables(schema));
}

async function stop(boss: PgBoss): Promise<void> {
  await boss.stop({ graceful: false, close: true }).catch(() => undefined);
}

async function inTransaction<T>(boss: PgBoss, work: (boss: PgBoss, db: Db) => Promise<T>): Promise<T> {
  const transaction = await boss.getDb().beginTransaction?.();
  if (transaction === undefined) throw new Error('pg-boss runs on a database without transactions');
  try {
    const result = await work(boss, transaction.db);
    await transaction.commit();
    return result;
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}

function unreachable(cause: unknown): DreamkeeperError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new DreamkeeperError('database', `the database of the queue cannot be reached: ${why}`, {
    remedy: 'Check DATABASE_URL and that the server runs; nothing was lost.',
    retryable: true,
    cause,
  });
}

/** It answers, and what it says will not change by itself: a password, a certificate, rights. */
function unusable(cause: unknown): DreamkeeperError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new DreamkeeperError('database', `the database of the queue cannot be used: ${why}`, {
    remedy:
      'Check DATABASE_URL: user and password, sslmode and sslrootcert, and that its user may create a schema.',
    cause,
  });
}
