/** `dreamkeeper show`: the pull request text of a dream, and its diff. */
import { Option, type Command } from 'commander';
import { openWorkplace, type Workplace } from '../compose.ts';
import { reportOf } from '../core/dream/report.ts';
import type { Journal } from '../core/dream/journal.ts';
import { renderReview } from '../core/review/render.ts';
import { stateOf, type DreamState } from '../core/review/state.ts';
import { renderTerminal } from '../core/review/terminal.ts';
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
    about: 'Print what a dream proposes: the text of its pull request, and the diff.',
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
      const coloured = options.json !== true && shell.terminal.style.red('') !== '';
      const diff = await diffOf(workplace, journal, coloured);
      const report = {
        ...reportOf(journal, journal.reason),
        state: stateOf(journal, await view.decisions()),
        dropped: [...input.dropped].sort((a, b) => a - b),
        markdown,
        diff,
      };
      answer(shell, options, report, () => {
        if (options.markdown === true) return markdown;
        if (options.diff === true) return diff === '' ? 'This dream changes no file.' : diff;
        const text = renderTerminal(input, shell.terminal.style, shell.terminal.width);
        const state = report.state === 'open' ? '' : `${stateText[report.state]}\n\n`;
        return options.diff === false || diff === '' ? `${state}${text}` : `${state}${text}\n${diff}`;
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

/** Of the commits as they were rendered, so that a merged dream can still be read. */
async function diffOf({ repository }: Workplace, journal: Journal, coloured: boolean): Promise<string> {
  const { base, head } = journal;
  if (head === undefined || head === base) return '';
  const [from, to] = await Promise.all([repository.resolve(base), repository.resolve(head)]);
  // A rejected dream's commits are removed by git in time.
  return from === undefined || to === undefined ? '' : readDiff(repository.site, from, to, coloured);
}
