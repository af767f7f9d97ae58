/** `dreamkeeper demo`: a whole dream on an invented team, in a scratch repository. */
import { mkdtemp, readdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { openWorkplace } from '../compose.ts';
import type { DreamReport } from '../core/dream/report.ts';
import { DreamkeeperError } from '../core/error.ts';
import { renderTerminal } from '../core/review/terminal.ts';
import { buildDemoRepository, demoNow, demoSessions } from '../demo.ts';
import { dream } from '../dream.ts';
import { openSources } from '../files.ts';
import { ingest } from '../ingest.ts';
import { reviewInput } from './review-text.ts';
import { addVerb, answer, type CommonOptions, type Shell } from './verb.ts';

export function addDemo(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'demo',
    examples: [['dreamkeeper demo'], ['dreamkeeper demo --dir /tmp/sailings', 'in a folder of your choice']],
  })
    .addOption(new Option('--dir <dir>', 'an empty folder to use').default(undefined, 'a new temporary one'))
    .action(async (options: CommonOptions & { dir?: string }) => {
      const folder = await emptyFolder(shell, options.dir);
      shell.terminal.progress('making the repository');
      await buildDemoRepository(folder, shell.settings.git);
      // The demo costs nothing, whoever has a key.
      const workplace = await openWorkplace(folder, { ...shell.settings, anthropic: () => undefined });
      let taken = 0;
      for (const { person, folder: sessions } of demoSessions) {
        const report = await ingest({
          ...workplace,
          sources: openSources([sessions]),
          detail: 'condensed',
          submittedBy: person,
          onProgress: (step) => shell.terminal.progress(step),
        });
        taken += report.ingested;
      }
      const { journal, ...report } = await dream({
        ...workplace,
        now: demoNow,
        onProgress: (step) => shell.terminal.progress(step),
        signal: shell.signal,
      });
      if (journal === undefined)
        throw new DreamkeeperError('repository', `the demo did not dream: ${report.message}`);
      const review = await reviewInput(await workplace.ledger.read(), journal);
      answer(shell, options, { folder, ingested: taken, ...report }, () =>
        [
          `${taken} sessions of two people, in four formats, are on the ledger of ${folder}.\n`,
          renderTerminal(review, shell.terminal.style, shell.terminal.width),
          nextSteps(folder, report, shell),
        ].join('\n'),
      );
    });
}

async function emptyFolder(shell: Shell, dir: string | undefined): Promise<string> {
  if (dir === undefined) return realpath(await mkdtemp(join(tmpdir(), 'dreamkeeper-demo-')));
  const folder = resolve(shell.cwd, dir);
  const names = await readdir(folder).catch(() => []);
  if (names.length > 0)
    throw new DreamkeeperError('usage', `${folder} is not empty`, {
      remedy: 'Name a new or an empty folder.',
    });
  return folder;
}

/** What a curious person types next, ready to be copied. */
function nextSteps(folder: string, report: Pick<DreamReport, 'proposals'>, shell: Shell): string {
  const { bold, dim } = shell.terminal.style;
  const changed = report.proposals.flatMap(({ operations }) =>
    operations.flatMap((operation) => (operation.op === 'revise' ? [operation.entry] : [])),
  );
  const line = changed[0] === undefined ? 'CLAUDE.md:1' : `${changed[0].file}:${changed[0].lines[0]}`;
  const steps: [string, string][] = [
    ['show --diff', 'the change as a diff'],
    [`drop ${report.proposals.at(-1)?.number ?? 1}`, 'leave one out'],
    ['accept', 'merge the rest into main'],
    [`why ${line}`, 'then ask of any line why it is there'],
  ];
  const commands = steps.map(([verb]) => `${shell.self} ${verb} --repo ${folder}`);
  const width = Math.max(...commands.map((command) => command.length));
  return [
    bold('Try next:'),
    ...steps.map(([, meaning], at) => `  ${(commands[at] ?? '').padEnd(width)}  ${dim(`# ${meaning}`)}`),
  ].join('\n');
}
