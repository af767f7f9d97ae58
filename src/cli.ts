#!/usr/bin/env node
/** Entry of the command: reads the process, runs a verb, turns failures into words and an exit code. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';
import { addAccept } from './commands/accept.ts';
import { addDemo } from './commands/demo.ts';
import { addDream } from './commands/dream.ts';
import { addDrop } from './commands/drop.ts';
import { callableName } from './commands/callable-name.ts';
import { failureJson, failureOf, failureText } from './commands/failure.ts';
import { addForget } from './commands/forget.ts';
import { addIngest } from './commands/ingest.ts';
import { addInit } from './commands/init.ts';
import { addLint } from './commands/lint.ts';
import { addReject } from './commands/reject.ts';
import { addRestore } from './commands/restore.ts';
import { addShow } from './commands/show.ts';
import { addStatus } from './commands/status.ts';
import { createTerminal } from './commands/terminal.ts';
import type { Shell } from './commands/verb.ts';
import { addWhy } from './commands/why.ts';
import { readSettings } from './settings.ts';

const verbs = [
  addInit,
  addIngest,
  addDream,
  addShow,
  addDrop,
  addAccept,
  addReject,
  addStatus,
  addWhy,
  addRestore,
  addForget,
  addLint,
  addDemo,
];

function createProgram(shell: Shell): Command {
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
  for (const add of verbs) add(program, shell);
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
    await createProgram(shell).parseAsync(process.argv);
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
