/** What `dreamkeeper serve` is made of: composed, started, and stopped in the order in which nothing is lost. */
import { diskCheck } from './http/disk-check.ts';
import type { RequestHandler } from './http/handler.ts';
import { listen, type Listening } from './http/listen.ts';
import { operationsHandler } from './http/operations.ts';
import { createAsk } from './jobs/ask.ts';
import { createClaims } from './jobs/boss-claims.ts';
import { createQueue } from './jobs/boss-queue.ts';
import { openDatabase, type Database } from './jobs/database.ts';
import type { Queue } from './jobs/queue.ts';
import { ledgersHook } from './jobs/reconcile.ts';
import { createRepositoryStates } from './jobs/repository-state.ts';
import { startTurns } from './jobs/turns.ts';
import type { EndedJob } from './jobs/run-job.ts';
import { startWorker } from './jobs/worker.ts';
import { createRedactor } from './core/sessions/redact.ts';
import { startDatabase } from './server-database.ts';
import type { Requests, Served } from './served.ts';
import type { Settings } from './settings.ts';
import type { Logging } from './telemetry/log.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';
import { noTracing, startTracing, type Tracing } from './telemetry/trace.ts';

export const roles = ['web', 'worker', 'all'] as const;
export type Role = (typeof roles)[number];

export interface ServerOptions {
  readonly settings: Settings;
  readonly version: string;
  readonly logging: Logging;
  readonly role: Role;
  /** What it works for; counts in these metrics. */
  readonly serve: (metrics: Metrics) => Served;
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
  /** Undefined: listens nowhere. */
  readonly port: number | undefined;
  /** It cannot go on, and had better be stopped. */
  readonly onFailure: (error: Error) => void;
}

export interface Server {
  /** Where it listens. */
  readonly port: number | undefined;
  /** Lets jobs finish or hands them back, then closes the database: within about 20 seconds. */
  stop(): Promise<void>;
}

/** Seconds between two reconciliations. */
const hour = 3_600;
/** GitHub waits for ten seconds, and Probot says that all is well after nine, whatever comes of it. */
const askSeconds = 8;

/** @throws {DreamkeeperError} when the database or the port cannot be had; nothing is left running then. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { settings, logging, role, version } = options;
  const { log } = logging;
  const ends: (() => Promise<void>)[] = [];
  // Last come, first gone: requests, then jobs, then the database.
  const stopAll = async (): Promise<void> => {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
  };
  let stopping = false;
  try {
    const tracing = settings.traces
      ? await startTracing({ version, redactor: createRedactor(), onError: logError(options) })
      : noTracing;
    ends.push(() => tracing.stop());
    let depth: Queue['depth'] = () => Promise.resolve([]);
    const metrics = createMetrics({ version, depth: () => depth() });
    const server = await startDatabase(settings, logging, {
      onCrash: () => metrics.databaseRestarted(),
      onFailure: options.onFailure,
    });
    ends.push(() => server.stop());
    const database = await openQueueDatabase(options, server.connectionString);
    ends.push(() => database.close());
    const queue = createQueue(database);
    depth = () => queue.depth();
    const served = options.serve(metrics);
    const parts = { database, queue, metrics, tracing, served, own: server.own };
    if (role !== 'web') ends.push(startWork(options, parts));
    const requests = await startRequests(options, parts);
    if (requests !== undefined) ends.push(() => requests.close());
    const listening = await startListening(options, parts, requests?.handlers ?? [], () => stopping);
    if (listening !== undefined) ends.push(() => listening.close());
    log.info({ role, port: listening?.port }, 'serving');
    return {
      port: listening?.port,
      async stop() {
        stopping = true;
        log.info('stopping');
        await stopAll();
        log.info('stopped');
      },
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

function openQueueDatabase(options: ServerOptions, connectionString: string): Promise<Database> {
  const { logging, leaseSeconds, pool, role } = options;
  return openDatabase({
    connectionString,
    log: logging.log,
    poolSize: pool,
    leaseSeconds,
    superviseSeconds: Math.ceil(leaseSeconds / 2),
    supervise: role !== 'web',
  });
}

interface Parts {
  readonly database: Database;
  readonly queue: Queue;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly served: Served;
  /** The database is this process's alone. */
  readonly own: boolean;
}

/** Worker and turns. @returns what ends both. */
function startWork(options: ServerOptions, parts: Parts): () => Promise<void> {
  const { logging, leaseSeconds, sweepSeconds } = options;
  const { database, queue, metrics, tracing, served } = parts;
  const { log } = logging;
  const states = createRepositoryStates(database);
  const { source, staleSeconds } = served;
  const hooks = [
    ledgersHook({ source, states, queue, staleSeconds }),
    ...(served.hooks?.({ states, queue }) ?? []),
  ];
  const redactor = createRedactor();
  const worker = startWorker({
    claims: createClaims(database, {
      dreamsPerInstallation: options.dreamsPerInstallation,
      // Nobody else can work with a database that only this process knows.
      settleSeconds: parts.own ? 0 : leaseSeconds,
    }),
    handlers: served.handlers({ states, queue, hooks, spread: sweepSeconds }),
    log,
    clean: async (texts) => (await redactor.redact(texts)).map(({ text }) => text),
    slots: { quick: options.jobs, slow: options.dreams },
    recoverSeconds: leaseSeconds / 2,
    span: (name, attributes, work) => tracing.span(name, attributes, work),
    onEnd: (job) => count(job, metrics),
  });
  const turns = startTurns({ queue, log, sweepSeconds, reconcileSeconds: hour });
  const quiet = database.onRebuilt(() => void turns.reconcile('rebuilt'));
  return async () => {
    quiet();
    turns.stop();
    await worker.stop();
  };
}

function count({ claim, end, seconds, result }: EndedJob, metrics: Metrics): void {
  const { kind } = claim.payload;
  metrics.jobEnded({ kind, end, seconds });
  if (kind === 'dream' && result !== undefined)
    metrics.dreamEnded({ outcome: result.outcome, reason: result.reason ?? '' });
  const dream = result?.dream;
  if (dream === undefined) return;
  for (const proposal of dream.proposed) metrics.proposals('proposed', proposal);
  for (const proposal of dream.withheld) metrics.proposals('withheld', proposal);
  if (dream.usage === undefined) return;
  metrics.tokens(dream.dreamer, 'input', dream.usage.inputTokens);
  metrics.tokens(dream.dreamer, 'output', dream.usage.outputTokens);
  metrics.cost(dream.dreamer, dream.usage.usd);
}

/** Workers answer nobody but those who look after them. */
async function startRequests(
  { port, role }: ServerOptions,
  { served, queue }: Pick<Parts, 'served' | 'queue'>,
): Promise<Requests | undefined> {
  if (port === undefined || role === 'worker') return undefined;
  return served.requests?.(createAsk(queue, askSeconds));
}

async function startListening(
  options: ServerOptions,
  { database, metrics, served }: Pick<Parts, 'database' | 'metrics' | 'served'>,
  others: readonly RequestHandler[],
  stopping: () => boolean,
): Promise<Listening | undefined> {
  const { port, settings } = options;
  if (port === undefined) return undefined;
  const onError = logError(options);
  const operations = operationsHandler({
    registry: metrics.registry,
    checks: {
      database: () => database.query('SELECT 1'),
      disk: diskCheck(served.folder),
      ...served.checks,
    },
    stopping,
    onError,
  });
  return listen({ port, host: settings.host, handlers: [operations, ...others], onError });
}

function logError({ logging }: ServerOptions): (error: unknown, check?: string) => void {
  return (error, check) => logging.log.warn({ err: error, check }, 'something beside the jobs failed');
}
