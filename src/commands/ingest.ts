/** `dreamkeeper ingest`: take transcripts in, redacted, onto the ledger. */
import { Option, type Command } from 'commander';
import { openWorkplace } from '../compose.ts';
import { extractorVersion, gather } from '../core/dream/gather/gather.ts';
import { DreamkeeperError } from '../core/error.ts';
import { visible } from '../core/review/visible.ts';
import type { Detail } from '../core/sessions/condense.ts';
import { formats } from '../core/sessions/detect.ts';
import { openSources } from '../files.ts';
import { ingest, type IngestReport } from '../ingest.ts';
import type { TerminalStyle } from '../core/review/terminal.ts';
import { keepHeapSmall } from '../small-heap.ts';
import { addVerb, answer, type CommonOptions, type Shell } from './verb.ts';

interface IngestVerbOptions extends CommonOptions {
  readonly by?: string;
  readonly detail?: Detail;
  readonly dryRun?: true;
}

export function addIngest(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'ingest',
    examples: [
      ['dreamkeeper ingest ~/.claude/projects/-home-me-code-shop', 'a folder, with all below it'],
      ['dreamkeeper ingest session.jsonl .specstory/history'],
      ['dreamkeeper ingest --by "Mara Lindqvist" transcripts/', 'for somebody else'],
      ['dreamkeeper ingest --dry-run transcripts/'],
    ],
  })
    .argument('<path...>', 'files and folders; what they are is told from their content')
    .option('--by <person>', 'whose sessions these are (default: the name git knows)')
    .addOption(
      new Option('--detail <detail>', 'how much is kept (default: what the config says)').choices([
        'signals',
        'condensed',
        'full',
      ]),
    )
    .option('--dry-run', 'write nothing')
    .addHelpText('after', `\nFormats:\n${formats.map((format) => `  ${format.about}`).join('\n')}`)
    .action(async (paths: readonly string[], options: IngestVerbOptions) => {
      keepHeapSmall();
      const { ledger, config, redactor, person } = await openWorkplace(options.repo, shell.settings);
      const report = await ingest({
        sources: openSources(paths, shell.cwd),
        ledger,
        redactor,
        detail: options.detail ?? config.ledger.detail,
        submittedBy: options.by ?? person,
        extractor: { version: extractorVersion, gather },
        dryRun: options.dryRun === true,
        onProgress: (step) => shell.terminal.progress(step),
      });
      requireAnything(report, paths);
      answer(shell, options, report, () => text(report, shell.terminal.style));
      if (report.ingested + report.unchanged === 0) shell.fail();
    });
}

function requireAnything(report: IngestReport, paths: readonly string[]): void {
  if (report.sessions.length + report.refused.length > 0) return;
  throw new DreamkeeperError('usage', `there is no transcript in ${paths.join(', ')}`, {
    remedy: 'Name files, or folders that hold some.',
  });
}

const listed = 20;

function text({ ingested, unchanged, refused, sessions }: IngestReport, style: TerminalStyle): string {
  const redactions = sessions.reduce((sum, session) => sum + session.redactions, 0);
  const skipped = sessions.reduce((sum, session) => sum + session.skippedLines, 0);
  const lines = refused
    .slice(0, listed)
    .map(({ path, reason }) => `  ${style.yellow('refused')} ${visible(path)}: ${visible(reason)}`);
  return [
    `${ingested} taken in, ${unchanged} unchanged, ${refused.length} refused`,
    ...(redactions === 0 ? [] : [`  ${redactions} secrets redacted`]),
    ...(skipped === 0 ? [] : [`  ${skipped} malformed lines skipped`]),
    ...lines,
    ...(refused.length > listed ? [`  … and ${refused.length - listed} more: add --json`] : []),
  ].join('\n');
}
