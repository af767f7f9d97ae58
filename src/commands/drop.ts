/** `dreamkeeper drop`: leave proposals out of the open dream. */
import type { Command } from 'commander';
import { openWorkplace } from '../compose.ts';
import { changeProposals, type Changed } from '../review.ts';
import { guardAgain } from '../guard-again.ts';
import { withReason } from './reason.ts';
import { addVerb, answer, numbers, type CommonOptions, type Shell } from './verb.ts';

export function addDrop(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'drop',
    examples: [
      ['dreamkeeper drop 2'],
      ['dreamkeeper drop 1 3-4 --reason "we settled this differently"'],
      ['dreamkeeper restore 2', 'takes it back in'],
    ],
  })
    .argument('<n...>', 'numbers of proposals, as "dreamkeeper show" prints them', numbers)
    .option('--reason <words>', 'why, for those who read it later')
    .action(async (chosen: readonly number[], options: CommonOptions & { reason?: string }) => {
      const workplace = await openWorkplace(options.repo, shell.settings);
      const changed = await changeProposals(
        { ...workplace, now: shell.now() },
        {
          action: 'drop',
          numbers: chosen,
          ...(await withReason(workplace.redactor, options.reason)),
        },
        guardAgain(workplace),
      );
      answer(shell, options, changed, () => changedText(changed));
    });
}

export function changedText({ dream, branch, dropped, kept }: Changed): string {
  const out = dropped.length === 0 ? 'nothing is left out' : `left out: ${dropped.join(', ')}`;
  return [
    `Dream ${dream} keeps ${kept.join(', ')}; ${out}.`,
    `The branch ${branch} is rendered anew. "dreamkeeper accept" merges it.`,
  ].join('\n');
}
