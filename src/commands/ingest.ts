/** `dreamkeeper ingest`: take transcripts in, redacted, onto the ledger. */
import { Option, type Command } from 'commander';
import { openPublishedLedger, openWorkplace, requireOwnLedger, type Workplace } from '../compose.ts';
import { extractorVersion, gather } from '../core/dream/gather/gather.ts';
import { DreamkeeperError } from '../core/error.ts';
import { visible } from '../core/review/visible.ts';
import type { Detail } from '../core/sessions/condense.ts';
import { formats } from '../core/sessions/detect.ts';
import { openSources } from '../files.ts';
import { ingest, type IngestReport } from '../ingest.ts';
import type { TerminalStyle } from '../core/review/terminal.ts';
import { publishSessions, type Publication } from '../ledger/publish.ts';
import { keepHeapSmall } from '../small-heap.ts';
import { addVerb, answer, type CommonOptions, type Shell } from './verb.ts';

interface IngestVerbOptions extends CommonOptions {
  readonly by?: string;
  readonly detail?: Detail;
  readonly dryRun?: true;
  /** Besides, or instead of, what is named. */
  readonly managed?: true;
  /** The name of a remote; true: the usual one. */
  readonly push?: string | true;
}

/** What became of the sessions at the remote. */
interface Pushed extends Publication {
  readonly remote: string;
}

export function addIngest(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'ingest',
    examples: [
      ['dreamkeeper ingest ~/.claude/projects/-home-me-code-shop', 'a folder, with all below it'],
      ['dreamkeeper ingest session.jsonl .specstory/history'],
      ['dreamkeeper ingest --by "Mara Lindqvist" transcripts/', 'for somebody else'],
      ['dreamkeeper ingest --dry-run transcripts/'],
      ['dreamkeeper ingest transcripts/ --push', 'and hand them on to the team'],
      ['dreamkeeper ingest --managed', 'from Anthropic, as managed in the config says'],
    ],
  })
    .argument('[path...]', 'files and folders; what they are is told from their content')
    .addOption(new Option('--managed', 'Managed Agents sessions that are new at Anthropic').conflicts('by'))
    .option('--by <person>', 'whose sessions these are (default: the name git knows)')
    .addOption(
      new Option('--detail <detail>', 'how much is kept (default: what the config says)').choices([
        'signals',
        'condensed',
        'full',
      ]),
    )
    .addOption(new Option('--dry-run', 'write nothing').conflicts('push'))
    .option('--push [remote]', 'push the sessions with your own Git credentials (default: origin)')
    .addHelpText('after', `\nFormats:\n${formats.map((format) => `  ${format.about}`).join('\n')}`)
    .action(async (paths: readonly string[], options: IngestVerbOptions) => {
      keepHeapSmall();
      const workplace = await openWorkplace(options.repo, shell.settings);
      if (options.push !== undefined) requireOwnLedger(workplace);
      const report =
        options.managed === true
          ? await takeManaged(workplace, options, paths, shell)
          : await takeFiles(workplace, options, paths, shell);
      const pushed = options.push === undefined ? undefined : await push(workplace, options.push, shell);
      const whole = pushed === undefined ? report : { ...report, pushed };
      answer(shell, options, whole, () => text(report, pushed, shell.terminal.style));
      if (report.ingested + report.unchanged === 0 && options.managed !== true) shell.fail();
    });
}

async function takeFiles(
  { ledger, config, redactor, person }: Workplace,
  options: IngestVerbOptions,
  paths: readonly string[],
  shell: Shell,
): Promise<IngestReport> {
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
  return report;
}

/** Nothing new is no failure: it is what a schedule finds most of the time. */
async function takeManaged(
  { agents }: Workplace,
  { dryRun, detail }: IngestVerbOptions,
  paths: readonly string[],
  shell: Shell,
): Promise<IngestReport> {
  if (paths.length > 0 || detail !== undefined)
    throw new DreamkeeperError('usage', '--managed goes with no paths and no --detail');
  if (agents?.hasSessions !== true)
    throw new DreamkeeperError('usage', 'there is nowhere to take Managed Agents sessions from', {
      remedy: 'Set ANTHROPIC_API_KEY, and say managed.agent, .deployment or .store in the config.',
    });
  const onProgress = (step: string): void => shell.terminal.progress(step);
  return agents.takeIn(shell.now(), { signal: shell.signal, dryRun: dryRun === true, onProgress });
}

/** After the ledger here was written: what cannot be pushed now is pushed by the next run. */
async function push(workplace: Workplace, asked: string | true, shell: Shell): Promise<Pushed> {
  shell.terminal.progress('pushing the ledger');
  const { remote, ledger } = await openPublishedLedger(workplace, asked === true ? undefined : asked);
  return { remote, ...(await publishSessions(workplace.ledger, ledger)) };
}

function requireAnything(report: IngestReport, paths: readonly string[]): void {
  if (report.sessions.length + report.refused.length > 0) return;
  if (paths.length === 0)
    throw new DreamkeeperError('usage', 'there is nothing to take in', {
      remedy: 'Name files and folders, or say --managed.',
    });
  throw new DreamkeeperError('usage', `there is no transcript in ${paths.join(', ')}`, {
    remedy: 'Name files, or folders that hold some.',
  });
}

const listed = 20;

function text(
  { ingested, unchanged, refused, sessions }: IngestReport,
  pushed: Pushed | undefined,
  style: TerminalStyle,
): string {
  const redactions = sessions.reduce((sum, session) => sum + session.redactions, 0);
  const skipped = sessions.reduce((sum, session) => sum + session.skippedLines, 0);
  const lines = refused
    .slice(0, listed)
    .map(({ path, reason }) => `  ${style.yellow('refused')} ${visible(path)}: ${visible(reason)}`);
  const kept = (pushed?.refused ?? [])
    .slice(0, listed)
    .map(({ id, reason }) => `  ${style.yellow('not pushed')} ${visible(id)}: ${visible(reason)}`);
  return [
    `${ingested} taken in, ${unchanged} unchanged, ${refused.length} refused`,
    ...(redactions === 0 ? [] : [`  ${redactions} secrets redacted`]),
    ...(skipped === 0 ? [] : [`  ${skipped} malformed lines skipped`]),
    ...lines,
    ...(refused.length > listed ? [`  … and ${refused.length - listed} more: add --json`] : []),
    ...(pushed === undefined
      ? []
      : [
          `${pushed.sessions.length} pushed to ${visible(pushed.remote)}, ${pushed.refused.length} not`,
          ...kept,
        ]),
  ].join('\n');
}
