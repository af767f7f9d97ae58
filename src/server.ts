/** What `dreamkeeper serve` is made of: composed, started, and stopped in the order in which nothing is lost. */
import type { Logger } from 'pino';
import { openWorkplace } from './compose.ts';
import { DreamkeeperError } from './core/error.ts';
import { createRedactor } from './core/sessions/redact.ts';
import { createClaims } from './jobs/boss-claims.ts';
import { createQueue } from './jobs/boss-queue.ts';
import { openDatabase, type Database } from './jobs/database.ts';
import { createHandlers } from './jobs/handlers.ts';
import { localRepositories } from './jobs/local-repositories.ts';
import type { RepositorySource } from './jobs/place.ts';
import type { Queue } from './jobs/queue.ts';
import { ledgersHook } from './jobs/reconcile.ts';
import { createRepositoryStates } from './jobs/repository-state.ts';
import { startTurns } from './jobs/turns.ts';
import { startWorker } from './jobs/worker.ts';
import { applyRetention } from './ledger/retention.ts';
import type { Settings } from './settings.ts';

export const roles = ['web', 'worker', 'all'] as const;
export type Role = (typeof roles)[number];

export interface ServerOptions {
  readonly settings: Settings;
  readonly log: Logger;
  readonly role: Role;
  /** The folder whose Git repositories are served. */
  readonly repos: string;
  /** Most jobs at once in this process, besides dreams. */
  readonly jobs: number;
  /** Most dreams at once in this process. */
  readonly dreams: number;
  /** Most dreams at once of one installation, over all processes. */
  readonly dreamsPerInstallation: number;
  /** Seconds between two looks at what is due. */
  readonly sweepSeconds: number;
  /** Most connections to the database. */
  readonly pool: number;
  /** Seconds after which the jobs of a process that fell silent are given to another. */
  readonly leaseSeconds: number;
}

export interface Server {
  readonly queue: Queue;
  /** Lets jobs finish or hands them back, then closes the database: within about 20 seconds. */
  stop(): Promise<void>;
}

/** Seconds between two reconciliations, and after which a repository is looked at anew. */
const hour = 3_600;

export async function startServer(options: ServerOptions): Promise<Server> {
  const { settings, log, role, leaseSeconds } = options;
  const postgres = startDatabase(settings);
  const database = await openDatabase({
    connectionString: postgres.connectionString,
    log,
    poolSize: options.pool,
    leaseSeconds,
    superviseSeconds: leaseSeconds / 2,
    supervise: role !== 'web',
  }).catch(async (error: unknown) => {
    await postgres.stop();
    throw error;
  });
  const queue = createQueue(database);
  const stopWork = role === 'web' ? undefined : startWork(database, queue, options, postgres.own);
  log.info({ role, repos: options.repos }, 'serving');
  return {
    queue,
    async stop() {
      log.info('stopping');
      await stopWork?.();
      await database.close();
      await postgres.stop();
    },
  };
}

/** Worker and turns; both end before the database does. */
function startWork(database: Database, queue: Queue, options: ServerOptions, ownDatabase: boolean) {
  const { log, settings, leaseSeconds } = options;
  const states = createRepositoryStates(database);
  const source = repositoriesOf(options, settings);
  const hooks = [ledgersHook({ source, states, queue, staleSeconds: hour })];
  const redactor = createRedactor();
  const worker = startWorker({
    claims: createClaims(database, {
      dreamsPerInstallation: options.dreamsPerInstallation,
      // Nobody else can work with a database that only this process knows.
      settleSeconds: ownDatabase ? 0 : leaseSeconds,
    }),
    handlers: createHandlers({ source, states, queue, hooks, spread: options.sweepSeconds }),
    log,
    clean: async (texts) => (await redactor.redact(texts)).map(({ text }) => text),
    slots: { quick: options.jobs, slow: options.dreams },
    recoverSeconds: leaseSeconds / 2,
  });
  const turns = startTurns({ queue, log, sweepSeconds: options.sweepSeconds, reconcileSeconds: hour });
  database.onRebuilt(() => void turns.reconcile('rebuilt'));
  return async (): Promise<void> => {
    turns.stop();
    await worker.stop();
  };
}

function repositoriesOf(options: ServerOptions, settings: Settings): RepositorySource {
  return localRepositories({
    folder: options.repos,
    async open(folder, signal) {
      const { repository, ledger, config, redactor, dreamer, person } = await openWorkplace(
        folder,
        settings,
        signal,
      );
      const retain = (now: string) => applyRetention(ledger, config.ledger.retention, now);
      return { repository, ledger, config, redactor, dreamer, person, retain };
    },
  });
}

interface StartedDatabase {
  readonly connectionString: string;
  /** Started by us, for us alone. */
  readonly own: boolean;
  stop(): Promise<void>;
}

function startDatabase(settings: Settings): StartedDatabase {
  if (settings.databaseUrl !== undefined)
    return { connectionString: settings.databaseUrl, own: false, stop: () => Promise.resolve() };
  throw new DreamkeeperError('usage', 'DATABASE_URL is not set', {
    remedy: 'Set it to the URL of a PostgreSQL database.',
  });
}
