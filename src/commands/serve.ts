/** `dreamkeeper serve`: takes in and dreams by itself, for every repository of a folder. */
import { resolve } from 'node:path';
import { mkdirSync, statSync } from 'node:fs';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { dreamerOf } from '../compose-dreamers.ts';
import { openWorkplace } from '../compose.ts';
import { serveApp } from '../compose-app.ts';
import { anthropicDoor } from '../compose-webhooks.ts';
import { DreamkeeperError } from '../core/error.ts';
import { createRedactor } from '../core/sessions/redact.ts';
import { createHandlers } from '../jobs/handlers.ts';
import { localRepositories } from '../jobs/local-repositories.ts';
import { applyRetention } from '../ledger/retention.ts';
import type { Served } from '../served.ts';
import { roles, startServer, type Role, type ServerOptions } from '../server.ts';
import { setUpApp } from '../set-up.ts';
import type { Settings } from '../settings.ts';
import { createLog, type Logging } from '../telemetry/log.ts';
import { addVerb, positiveInteger, type Shell } from './verb.ts';

interface ServeOptions {
  readonly repos?: string;
  readonly role: Role;
  readonly jobs: number;
  readonly dreams: number;
  readonly dreamsPerInstallation: number;
  readonly sweep: number;
  readonly pool: number;
  readonly lease: number;
  readonly port?: number;
}

const defaultPort = 3_000;

export function addServe(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'serve',
    anywhere: true,
    examples: [
      ['dreamkeeper serve --repos /srv/memory', 'its own database, all in one process'],
      ['DATABASE_URL=postgres://… dreamkeeper serve --role worker --repos /srv/memory', 'one of several'],
    ],
  })
    .option(
      '--repos <folder>',
      'serve every Git repository directly in this folder (default: those of the GitHub App)',
    )
    .addOption(new Option('--role <role>', 'what this process does').choices(roles).default('all'))
    .option('--jobs <n>', 'most jobs at once, besides dreams', positiveInteger, 4)
    .option('--dreams <n>', 'most dreams at once', positiveInteger, 2)
    .option(
      '--dreams-per-installation <n>',
      'most dreams at once of one installation, over all processes',
      positiveInteger,
      2,
    )
    .option('--sweep <seconds>', 'how often is looked for what is due', positiveInteger, 600)
    .option('--pool <n>', 'most connections to the database', positiveInteger, 10)
    .option('--lease <seconds>', 'when the jobs of a process that fell silent go to another', lease, 20)
    .option(
      '--port <n>',
      'listen here for webhooks, probes and metrics; 0: any free one (default: PORT, else 3000; a worker: nowhere)',
      port,
    )
    .action((options: ServeOptions) => serve(options, program.version() ?? '', shell));
}

async function serve(options: ServeOptions, version: string, { settings, cwd }: Shell): Promise<void> {
  const logging = createLog({
    level: settings.logLevel,
    redactor: createRedactor(),
    write: (lines) => process.stdout.write(lines),
  });
  const failed = Promise.withResolvers<never>();
  const stopAsked = signalled();
  const port = options.port ?? settings.port() ?? (options.role === 'worker' ? undefined : defaultPort);
  if (options.repos === undefined && port !== undefined && options.role !== 'worker') {
    const goesOn =
      settings.github() !== undefined || (await setUpApp({ settings, port, logging, stopAsked }));
    if (!goesOn) return logging.flush();
  }
  const serveWhat = servedBy(options.repos, { settings, cwd }, logging);
  // Who asks to stop while it starts is heard when it has started.
  const server = await startServer({
    settings,
    version,
    logging,
    role: options.role,
    serve: serveWhat,
    jobs: options.jobs,
    dreams: options.dreams,
    dreamsPerInstallation: options.dreamsPerInstallation,
    sweepSeconds: options.sweep,
    pool: options.pool,
    leaseSeconds: options.lease,
    port,
    onFailure: failed.reject,
  });
  try {
    await Promise.race([stopAsked, failed.promise]);
  } finally {
    await server.stop();
    await logging.flush();
  }
}

/** Resolves when the process is asked to stop. The command ends at once on Ctrl-C; a server lets its jobs finish. */
function signalled(): Promise<void> {
  process.removeAllListeners('SIGINT');
  return new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop());
  });
}

/** @throws {DreamkeeperError} `usage` when there is neither a folder nor an App. */
function servedBy(
  folder: string | undefined,
  { settings, cwd }: Pick<Shell, 'settings' | 'cwd'>,
  logging: Logging,
): ServerOptions['serve'] {
  if (folder !== undefined) {
    const served = serveFolder(resolve(cwd, folder), settings, logging);
    return () => served;
  }
  const github = settings.github();
  if (github === undefined)
    throw new DreamkeeperError('usage', 'there is nothing to serve', {
      remedy:
        'Name the folder that holds the memory repositories with --repos, or set APP_ID of a GitHub App.',
    });
  mkdirSync(settings.dataFolder, { recursive: true, mode: 0o700 });
  return (metrics) => serveApp(settings, github, logging, metrics);
}

function serveFolder(folder: string, settings: Settings, logging: Logging): Served {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new DreamkeeperError('usage', `there is no folder ${folder}`, {
      remedy: 'Name the folder that holds the memory repositories, with --repos.',
    });
  const { apiKey } = settings.anthropic() ?? {};
  if (apiKey !== undefined) logging.hide(apiKey);
  const source = localRepositories({
    folder,
    async open(path, signal) {
      const place = await openWorkplace(path, settings, signal);
      const { repository, ledger, config } = place;
      // What is missing is missing for all that this server would do here.
      const dreamer = dreamerOf(config, settings, repository);
      return { ...place, dreamer, retain: (now) => applyRetention(ledger, config.ledger.retention, now) };
    },
  });
  return {
    source,
    folder,
    // Looking costs nothing here, and nobody says that something happened.
    staleSeconds: 3_600,
    handlers: (parts) => createHandlers({ ...parts, source }),
    async requests(ask) {
      return { handlers: await anthropicDoor(settings, logging, ask), close: () => Promise.resolve() };
    },
  };
}

function lease(text: string): number {
  const seconds = positiveInteger(text);
  if (seconds < 10) throw new InvalidArgumentError('It must be 10 seconds at least.');
  return seconds;
}

function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return Number(text);
}
