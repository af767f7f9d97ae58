/** `dreamkeeper dream`: one dream over the memory and all sessions on the ledger. */
import type { Command } from 'commander';
import { openWorkplace, type Workplace } from '../compose.ts';
import { DreamkeeperError } from '../core/error.ts';
import type { DreamReport } from '../core/dream/report.ts';
import type { ReviewInput } from '../core/review/input.ts';
import { renderTerminal } from '../core/review/terminal.ts';
import { dream } from '../dream.ts';
import { applyRetention } from '../ledger/retention.ts';
import { reviewInput } from './review-text.ts';
import { addVerb, answer, positiveInteger, time, type CommonOptions, type Shell } from './verb.ts';

interface DreamVerbOptions extends CommonOptions {
  readonly dryRun?: true;
  readonly proposals?: number;
  readonly now?: string;
  readonly ifDue?: true;
  readonly cleanUp?: true;
}

export function addDream(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'dream',
    examples: [
      ['dreamkeeper dream'],
      ['dreamkeeper dream --dry-run', 'show what it would propose, write nothing'],
      ['dreamkeeper dream --if-due', 'for cron: only when the config says it is time'],
      ['dreamkeeper dream --proposals 10'],
      ['dreamkeeper dream --clean-up', 'only removals and corrections, more than a dream may take away'],
    ],
  })
    .option('--dry-run', 'write nothing')
    .option('--proposals <n>', 'most proposals (default: what the config says, else 5)', positiveInteger)
    .option('--now <time>', 'dream as of this time', time)
    .option('--if-due', 'do nothing unless the triggers of the config say that it is time')
    .option('--clean-up', 'propose what the guard withholds because it removes too much at once, and no more')
    .option('--force', 'dream though it is not due (this is the default; undoes --if-due)')
    .action(async (options: DreamVerbOptions & { force?: true }) => {
      const workplace = await openWorkplace(options.repo, shell.settings);
      const now = options.now ?? shell.now();
      if (options.dryRun === true) requireDryDreamer(workplace);
      else await takeFromAgents(workplace, now, shell);
      const { journal, ...report } = await dream({
        ...workplace,
        now,
        dryRun: options.dryRun === true,
        cleanUp: options.cleanUp === true,
        ifDue: options.ifDue === true && options.force !== true,
        onProgress: (step) => shell.terminal.progress(step),
        signal: shell.signal,
        ...(options.proposals === undefined ? {} : { limit: options.proposals }),
      });
      // The nightly run keeps house; who dreams by hand may have taken old sessions in on purpose.
      if (options.ifDue === true && options.dryRun !== true)
        await applyRetention(workplace.ledger, workplace.config.ledger.retention, now);
      const review =
        journal === undefined ? undefined : await reviewInput(await workplace.ledger.read(), journal);
      answer(shell, options, report, () => text(report, review, options.dryRun === true, shell));
    });
}

/** What is begun at Anthropic costs as much, and would be lost with what it made there. */
function requireDryDreamer({ dreamer: { name } }: Workplace): void {
  if (name !== 'managed') return;
  throw new DreamkeeperError(
    'usage',
    'a dream at Anthropic cannot be dry: it would be paid for and thrown away',
    {
      remedy: 'Leave --dry-run out: it only proposes; reject takes it back.',
    },
  );
}

/** A dream over what is here is better than none, unless the one who dreams is not to be had either. */
async function takeFromAgents({ agents, dreamer }: Workplace, now: string, shell: Shell): Promise<void> {
  try {
    await agents?.takeIn(now, { signal: shell.signal });
  } catch (error) {
    if (shell.signal.aborted || dreamer.name === 'managed') throw error;
    const reason = error instanceof Error ? error.message : String(error);
    shell.terminal.progress(`sessions at Anthropic were not taken in: ${reason}`);
  }
}

function text(report: DreamReport, review: ReviewInput | undefined, dryRun: boolean, shell: Shell): string {
  const noticed = report.questions.length + report.leads.length > 0;
  if (review === undefined || (report.outcome === 'nothing' && !noticed)) {
    return `No dream: ${report.message}.`;
  }
  const { style, width } = shell.terminal;
  const next = dryRun
    ? 'Nothing was written (--dry-run).'
    : 'Next: dreamkeeper show --diff, drop <n…>, accept, reject';
  return [
    renderTerminal(review, style, width),
    `${report.message}.`,
    ...(report.outcome === 'proposed' ? [next] : []),
  ].join('\n');
}
