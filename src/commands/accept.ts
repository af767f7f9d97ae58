/** `dreamkeeper accept`: merge the open dream into the branch it started from. */
import type { Command } from 'commander';
import { openWorkplace, type Workplace } from '../compose.ts';
import type { Synced } from '../core/dream/agent-service.ts';
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
    const brought = await bring(workplace, accepted.commit, shell);
    answer(shell, options, { ...accepted, ...brought }, () => {
      const out = accepted.rejected.length === 0 ? '' : `; rejected: ${accepted.rejected.join(', ')}`;
      return [
        `Merged dream ${accepted.dream} into ${accepted.onto} (${accepted.commit.slice(0, 10)}): ${accepted.merged.join(', ')}${out}.`,
        ...('failed' in brought ? [brought.failed] : []),
        'Ask of any line why it is there: dreamkeeper why <file>:<line>',
      ].join('\n');
    });
  });
}

/** What is merged is merged, whether or not it reaches the agents now. */
async function bring(
  { agents }: Workplace,
  commit: string,
  shell: Shell,
): Promise<{ readonly synced?: Synced } | { readonly failed: string }> {
  if (agents === undefined) return {};
  shell.terminal.progress('bringing the memory to the agents');
  try {
    return { synced: await agents.sync(commit, shell.signal) };
  } catch (error) {
    shell.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    return { failed: `The agents do not have it yet: ${reason}. The next accept tries again.` };
  }
}
