/** `dreamkeeper accept`: merge the open dream into the branch it started from. */
import type { Command } from 'commander';
import { openWorkplace } from '../compose.ts';
import { mergeBranch } from '../git/merge.ts';
import { accept } from '../review.ts';
import { addVerb, answer, type CommonOptions, type Shell } from './verb.ts';

export function addAccept(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'accept',
    examples: [['dreamkeeper accept'], ['dreamkeeper accept --json']],
  }).action(async (options: CommonOptions) => {
    const workplace = await openWorkplace(options.repo, shell.settings);
    const accepted = await accept({ ...workplace, now: shell.now() }, (merge) =>
      mergeBranch(workplace.repository, merge),
    );
    answer(shell, options, accepted, () => {
      const out = accepted.rejected.length === 0 ? '' : `; rejected: ${accepted.rejected.join(', ')}`;
      return [
        `Merged dream ${accepted.dream} into ${accepted.onto} (${accepted.commit.slice(0, 10)}): ${accepted.merged.join(', ')}${out}.`,
        'Ask of any line why it is there: dreamkeeper why <file>:<line>',
      ].join('\n');
    });
  });
}
