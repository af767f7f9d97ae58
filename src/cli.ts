#!/usr/bin/env node
/** Entry of the command: reads the process, runs a verb, turns failures into words and an exit code. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';
import { callableName } from './commands/callable-name.ts';
import { failureJson, failureOf, failureText } from './commands/failure.ts';
import { createTerminal } from './commands/terminal.ts';
import type { Shell } from './commands/verb.ts';
import { askedVerb, verbs, type VerbName } from './commands/verbs.ts';
import { readSettings } from './settings.ts';

type AddVerb = (program: Command, shell: Shell) => void;

/** Only the verb that is asked for is loaded: reading the code of all takes longer than most of them work. */
const load: Readonly<Record<VerbName, () => Promise<AddVerb>>> = {
  init: async () => (await import('./commands/init.ts')).addInit,
  ingest: async () => (await import('./commands/ingest.ts')).addIngest,
  dream: async () => (await import('./commands/dream.ts')).addDream,
  show: async () => (await import('./commands/show.ts')).addShow,
  drop: async () => (await import('./commands/drop.ts')).addDrop,
  accept: async () => (await import('./commands/accept.ts')).addAccept,
  reject: async () => (await import('./commands/reject.ts')).addReject,
  status: async () => (await import('./commands/status.ts')).addStatus,
  why: async () => (await import('./commands/why.ts')).addWhy,
  restore: async () => (await import('./commands/restore.ts')).addRestore,
  forget: async () => (await import('./commands/forget.ts')).addForget,
  lint: async () => (await import('./commands/lint.ts')).addLint,
  serve: async () => (await import('./commands/serve.ts')).addServe,
  jobs: async () => (await import('./commands/jobs.ts')).addJobs,
  demo: async () => (await import('./commands/demo.ts')).addDemo,
};

async function createProgram(shell: Shell, asked: VerbName | undefined): Promise<Command> {
  const program = new Command('dreamkeeper')
    .description('Keeps the memory of AI agents as Markdown in Git, and improves it by pull request.')
    .version(version())
    .showSuggestionAfterError()
    .helpCommand(false)
    .exitOverride()
    // Failures are written by failure.ts, in one form whoever noticed them.
    .configureOutput({ outputError: () => undefined })
    .addHelpText(
      'after',
      '\nStart with:\n  $ dreamkeeper demo              # see a dream on an invented team\n  $ dreamkeeper init              # in your own repository',
    );
  for (const [name, about] of Object.entries(verbs))
    if (name === asked) (await load[asked]())(program, shell);
    else program.command(name).description(about);
  return program;
}

/** The package's, which lies one folder above this file, compiled or not. */
function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

async function main(): Promise<void> {
  const settings = readSettings();
  const terminal = createTerminal(process.stdout, process.stderr, settings.colour);
  const interruption = new AbortController();
  const shell: Shell = {
    settings,
    terminal,
    cwd: process.cwd(),
    self: callableName(process.argv[1] ?? '', process.cwd()),
    now: () => new Date().toISOString(),
    signal: interruption.signal,
    fail: () => {
      process.exitCode = 1;
    },
  };
  // `dreamkeeper show | head` closes the pipe early; that is no failure.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  // Git and the ledger are left whole by a kill at any point, so there is nothing to wait for.
  process.once('SIGINT', () => {
    interruption.abort();
    terminal.quiet();
    process.exit(130);
  });
  try {
    const program = await createProgram(shell, askedVerb(process.argv.slice(2)));
    await program.parseAsync(process.argv);
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) return;
    process.exitCode = failure.exitCode;
    if (process.argv.includes('--json')) terminal.print(failureJson(failure));
    else terminal.note(failureText(failure, terminal.noteStyle));
    if (settings.debug && error instanceof Error) terminal.note(error.stack ?? '');
  } finally {
    terminal.quiet();
  }
}

await main();
