/** `dreamkeeper serve`: takes in and dreams by itself, for every repository of a folder. */
import { resolve } from 'node:path';
import { statSync } from 'node:fs';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { pino } from 'pino';
import { DreamkeeperError } from '../core/error.ts';
import { roles, startServer, type Role } from '../server.ts';
import { addVerb, positiveInteger, type Shell } from './verb.ts';

interface ServeOptions {
  readonly repos: string;
  readonly role: Role;
  readonly jobs: number;
  readonly dreams: number;
  readonly dreamsPerInstallation: number;
  readonly sweep: number;
  readonly pool: number;
  readonly lease: number;
}

export function addServe(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'serve',
    anywhere: true,
    examples: [
      ['dreamkeeper serve --repos /srv/memory', 'its own database, all in one process'],
      ['DATABASE_URL=postgres://… dreamkeeper serve --role worker --repos /srv/memory', 'one of several'],
    ],
  })
    .requiredOption('--repos <folder>', 'serve every Git repository directly in this folder')
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
    .action((options: ServeOptions) => serve(options, shell));
}

async function serve(options: ServeOptions, shell: Shell): Promise<void> {
  const repos = resolve(shell.cwd, options.repos);
  if (statSync(repos, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new DreamkeeperError('usage', `there is no folder ${repos}`, {
      remedy: 'Name the folder that holds the memory repositories, with --repos.',
    });
  const log = pino({ level: shell.settings.logLevel, base: null });
  const stopAsked = new Promise<void>((stop) => {
    // The command ends at once on Ctrl-C; a server lets its jobs finish.
    process.removeAllListeners('SIGINT');
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop());
  });
  const server = await startServer({
    settings: shell.settings,
    log,
    role: options.role,
    repos,
    jobs: options.jobs,
    dreams: options.dreams,
    dreamsPerInstallation: options.dreamsPerInstallation,
    sweepSeconds: options.sweep,
    pool: options.pool,
    leaseSeconds: options.lease,
  });
  await stopAsked;
  await server.stop();
}

function lease(text: string): number {
  const seconds = positiveInteger(text);
  if (seconds < 10) throw new InvalidArgumentError('It must be 10 seconds at least.');
  return seconds;
}
