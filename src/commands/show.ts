/** `dreamkeeper show`: the pull request text of a dream, and its diff. */
import { Option, type Command } from 'commander';
import { openWorkplace, type Workplace } from '../compose.ts';
import { reportOf } from '../core/dream/report.ts';
import type { Journal } from '../core/dream/journal.ts';
import { renderReview } from '../core/review/render.ts';
import { reviewTitle } from '../core/review/title.ts';
import { stateOf, type DreamState } from '../core/review/state.ts';
import { renderTerminal, type TerminalStyle } from '../core/review/terminal.ts';
import { visible } from '../core/review/visible.ts';
import { readDiff } from '../git/diff.ts';
import { findDream, reviewInput } from './review-text.ts';
import { addVerb, answer, type CommonOptions, type Shell } from './verb.ts';

interface ShowOptions extends CommonOptions {
  readonly markdown?: true;
  readonly diff?: boolean;
}

export function addShow(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'show',
    examples: [
      ['dreamkeeper show', 'the open dream, else the last one'],
      ['dreamkeeper show 2026-11-20', 'by the beginning of its id'],
      ['dreamkeeper show --markdown', 'as it stands in a pull request'],
      ['dreamkeeper show --diff', 'the diff alone'],
    ],
  })
    .argument('[dream]', 'id of a dream')
    .addOption(new Option('--markdown', 'print Markdown, as in the pull request').conflicts('diff'))
    .option('--diff', 'print the diff alone')
    .option('--no-diff', 'leave the diff out')
    .action(async (id: string | undefined, options: ShowOptions) => {
      const workplace = await openWorkplace(options.repo, shell.settings);
      const view = await workplace.ledger.read();
      const journal = await findDream(view, id);
      const input = await reviewInput(view, journal);
      const markdown = renderReview(input);
      const diff = await diffOf(workplace, journal);
      const report = {
        ...reportOf(journal, journal.reason),
        state: stateOf(journal, await view.decisions()),
        dropped: [...input.dropped].sort((a, b) => a - b),
        title: reviewTitle(input),
        markdown,
        diff,
      };
      answer(shell, options, report, () => {
        if (options.markdown === true) return markdown;
        const shown = painted(diff, shell.terminal.style);
        if (options.diff === true) return diff === '' ? 'This dream changes no file.' : shown;
        const text = renderTerminal(input, shell.terminal.style, shell.terminal.width);
        const state = report.state === 'open' ? '' : `${stateText[report.state]}\n\n`;
        return options.diff === false || diff === '' ? `${state}${text}` : `${state}${text}\n${shown}`;
      });
    });
}

const stateText: Readonly<Record<DreamState, string>> = {
  open: '',
  merged: 'This dream is merged.',
  rejected: 'This dream was rejected.',
  withdrawn: 'This dream was withdrawn.',
  'proposed nothing': 'This dream proposed nothing.',
};

/** The colours are ours; sequences that stand in the memory itself are taken out. */
function painted(diff: string, style: TerminalStyle): string {
  const paint = (line: string): string => {
    if (/^(?:diff --git|index|---|\+\+\+|new file|deleted file) /.test(line)) return style.bold(line);
    if (line.startsWith('@@')) return style.yellow(line);
    return line.startsWith('+') ? style.green(line) : line.startsWith('-') ? style.red(line) : line;
  };
  return visible(diff).split('\n').map(paint).join('\n');
}

/** Of the commits as they were rendered, so that a merged dream can still be read. */
async function diffOf({ repository }: Workplace, journal: Journal): Promise<string> {
  const { base, head } = journal;
  if (head === undefined || head === base) return '';
  const [from, to] = await Promise.all([repository.resolve(base), repository.resolve(head)]);
  // A rejected dream's commits are removed by git in time.
  return from === undefined || to === undefined ? '' : readDiff(repository.site, from, to);
}
