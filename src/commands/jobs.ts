/** `dreamkeeper jobs`: what a `serve` has to do, did, and laid aside. */
import { readFile } from 'node:fs/promises';
import { Argument, Option, type Command } from 'commander';
import { pino } from 'pino';
import { DreamkeeperError } from '../core/error.ts';
import type { TerminalStyle } from '../core/review/terminal.ts';
import { createQueue } from '../jobs/boss-queue.ts';
import { openDatabase } from '../jobs/database.ts';
import { jobKinds, type JobKind } from '../jobs/job.ts';
import { jobStates, type JobDetails, type JobState, type JobSummary, type Queue } from '../jobs/queue.ts';
import { connectionFile } from '../jobs/connection-file.ts';
import type { Settings } from '../settings.ts';
import { addVerb, answer, positiveInteger, type Shell } from './verb.ts';

const actions = ['list', 'show', 'retry', 'cancel'] as const;

interface JobsOptions {
  readonly json?: true;
  readonly repo: string;
  readonly state?: JobState;
  readonly kind?: JobKind;
  readonly repository?: string;
  readonly limit: number;
}

export function addJobs(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'jobs',
    anywhere: true,
    examples: [
      ['dreamkeeper jobs', 'the newest, and how many wait'],
      ['dreamkeeper jobs --state dead', 'what was laid aside, and why'],
      ['dreamkeeper jobs show 1f0c…'],
      ['dreamkeeper jobs retry 1f0c…', 'run a dead letter once more'],
      ['dreamkeeper jobs cancel 1f0c…', 'stop it, or never begin it'],
      ['DATABASE_URL=postgresql://… dreamkeeper jobs', 'where it is not a database of its own'],
    ],
  })
    .addArgument(
      new Argument(
        '[action]',
        'what to do with them; retry is for dead ones, and for those that wait to be tried again',
      )
        .choices(actions)
        .default('list'),
    )
    .argument('[id...]', 'which jobs: ids from the list')
    .addOption(
      new Option('--state <state>', 'list only those in this state; dead: laid aside').choices(jobStates),
    )
    .addOption(new Option('--kind <kind>', 'list only those of this kind').choices(jobKinds))
    .option(
      '--repository <id>',
      'list only those of this repository: the name of its folder, or its number on GitHub',
    )
    .option('--limit <n>', 'most jobs to list', positiveInteger, 20)
    .action(async (action: (typeof actions)[number], ids: readonly string[], options: JobsOptions) => {
      if (action !== 'list' && ids.length === 0)
        throw new DreamkeeperError('usage', `which job? ${action} takes ids`, {
          remedy: 'See them with: dreamkeeper jobs list',
        });
      await withQueue(shell.settings, async (queue) => {
        if (action === 'list') await list(queue, options, shell);
        else if (action === 'show') await show(queue, ids, options, shell);
        else await change(queue, action, ids, options, shell);
      });
    });
}

/** Only looks and asks: the housekeeping is left to who works. */
async function withQueue(settings: Settings, work: (queue: Queue) => Promise<void>): Promise<void> {
  const database = await openDatabase({
    connectionString: await connectionOf(settings),
    log: pino({ level: 'silent' }),
    poolSize: 2,
    supervise: false,
  });
  try {
    await work(createQueue(database));
  } finally {
    await database.close();
  }
}

async function connectionOf({ databaseUrl, dataFolder }: Settings): Promise<string> {
  if (databaseUrl !== undefined) return databaseUrl;
  try {
    return await readFile(connectionFile(dataFolder), 'utf8');
  } catch (error) {
    throw new DreamkeeperError('database', 'there is no queue to look at', {
      remedy:
        'Set DATABASE_URL, or run this as the user and on the machine of a running "dreamkeeper serve".',
      cause: error,
    });
  }
}

async function list(queue: Queue, options: JobsOptions, shell: Shell): Promise<void> {
  const { state, kind, repository, limit } = options;
  const [jobs, depth] = await Promise.all([
    queue.list({
      limit,
      ...(state === undefined ? {} : { states: [state] }),
      ...(kind === undefined ? {} : { kind }),
      ...(repository === undefined ? {} : { repository }),
    }),
    queue.depth(),
  ]);
  answer(shell, options, { jobs: jobs.map(summary), depth }, () => {
    const waiting = depth.map(
      (each) => `${each.jobs} ${each.state} (${each.kind}, ${age(each.oldestSeconds)})`,
    );
    return [
      ...jobs.map((job) => line(job, shell.terminal.style)),
      jobs.length === 0 ? 'No such jobs.' : '',
      waiting.length === 0 ? 'Nothing waits.' : waiting.join(', '),
    ]
      .filter((text) => text !== '')
      .join('\n');
  });
}

/** `list` tells no more of a job than `show` would, and not what it was asked for. */
function summary(job: JobSummary): JobSummary {
  const { id, state, kind, repository, attempts, createdAt, startedAt, endedAt, startAfter, error } = job;
  return { id, state, kind, repository, attempts, createdAt, startedAt, endedAt, startAfter, error };
}

async function show(queue: Queue, ids: readonly string[], options: JobsOptions, shell: Shell): Promise<void> {
  const found: JobDetails[] = [];
  for (const id of ids) {
    const job = await queue.show(id);
    if (job === undefined) throw unknownJob(id);
    found.push(job);
  }
  answer(shell, options, { jobs: found }, () =>
    found.map((job) => details(job, shell.terminal.style)).join('\n\n'),
  );
}

async function change(
  queue: Queue,
  action: 'retry' | 'cancel',
  ids: readonly string[],
  options: JobsOptions,
  shell: Shell,
): Promise<void> {
  const changed: { readonly id: string; readonly result: string; readonly runsAs?: string }[] = [];
  for (const id of ids) {
    const result = action === 'cancel' ? await queue.cancel(id) : await queue.retry(id);
    if (result === 'unknown') throw unknownJob(id);
    if (typeof result === 'string') changed.push({ id, result });
    else changed.push({ id, result: 'retried', runsAs: result.id });
  }
  answer(shell, options, { jobs: changed }, () =>
    changed
      .map(
        ({ id, result, runsAs }) =>
          `${id} ${words[result] ?? result}${runsAs === undefined || runsAs === id ? '' : ` as ${runsAs}`}`,
      )
      .join('\n'),
  );
  // Asked for something that cannot be done: scripts should notice.
  if (changed.some(({ result }) => result === 'over' || result === 'not-needed')) shell.fail();
}

const words: Readonly<Record<string, string>> = {
  cancelled: 'is cancelled',
  stopping: 'is being stopped',
  over: 'is over; there is nothing to cancel',
  'not-needed': 'was not laid aside; there is nothing to run again',
  retried: 'runs again',
};

function unknownJob(id: string): DreamkeeperError {
  return new DreamkeeperError('usage', `there is no job ${id}`, {
    remedy: 'Done jobs are forgotten after a week. See the others with: dreamkeeper jobs list',
  });
}

function line(job: JobSummary, style: TerminalStyle): string {
  const state = job.state === 'dead' ? style.red(job.state.padEnd(9)) : job.state.padEnd(9);
  const error = job.error === null ? '' : `  ${job.error.message.split('\n', 1)[0] ?? ''}`;
  return `${job.id}  ${state}  ${job.kind.padEnd(9)}  ${job.repository ?? ''}${error}`;
}

function details(job: JobDetails, style: TerminalStyle): string {
  const rows: readonly (readonly [string, string | null])[] = [
    ['Job', job.id],
    ['State', job.state],
    ['Asked for', JSON.stringify(job.payload)],
    ['Created', job.createdAt],
    ['Begun', job.startedAt === null ? null : `${job.startedAt}, ${job.attempts} times`],
    ['Not before', job.startAfter],
    ['Ended', job.endedAt],
    ['Error', job.error === null ? null : style.red(`${job.error.code}: ${job.error.message}`)],
    ['What to do', job.error?.remedy ?? null],
    ['Run again', job.state === 'dead' ? `dreamkeeper jobs retry ${job.id}` : null],
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(12)}${value}`])).join('\n');
}

function age(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
