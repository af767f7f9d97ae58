/** `dreamkeeper reject`: close the open dream and remember that it was not wanted. */
import type { Command } from 'commander';
import { openWorkplace } from '../compose.ts';
import { reject } from '../review.ts';
import { withReason } from './reason.ts';
import { addVerb, answer, type CommonOptions, type Shell } from './verb.ts';

export function addReject(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'reject',
    examples: [
      ['dreamkeeper reject'],
      ['dreamkeeper reject --reason "too early"'],
      ['dreamkeeper drop 2', 'to leave out one proposal and keep the rest'],
    ],
  })
    .option('--reason <words>', 'why, for those who read it later')
    .action(async (options: CommonOptions & { reason?: string }) => {
      const workplace = await openWorkplace(options.repo, shell.settings);
      const { reason } = await withReason(workplace.redactor, options.reason);
      const rejected = await reject({ ...workplace, now: shell.now() }, reason);
      answer(
        shell,
        options,
        rejected,
        () =>
          `Rejected dream ${rejected.dream} (proposals ${rejected.rejected.join(', ')}) and removed ${rejected.branch}.`,
      );
    });
}
