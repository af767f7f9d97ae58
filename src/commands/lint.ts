/** `dreamkeeper lint`: what is wrong with the memory, without any session. */
import type { Command } from 'commander';
import { openWorkplace } from '../compose.ts';
import { lintMemory } from '../lint-memory.ts';
import { visible } from '../core/review/visible.ts';
import { addVerb, answer, type CommonOptions, type Shell } from './verb.ts';

export function addLint(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'lint',
    examples: [['dreamkeeper lint'], ['dreamkeeper lint --strict', 'for CI: exit 1 when there are findings']],
  })
    .option('--strict', 'exit 1 when there are findings')
    .action(async (options: CommonOptions & { strict?: true }) => {
      const workplace = await openWorkplace(options.repo, shell.settings);
      const { findings, files } = await lintMemory(workplace);
      answer(shell, options, { findings }, () => {
        const { style } = shell.terminal;
        const lines = findings.map(
          ({ check, file, line, message }) =>
            `${visible(file)}:${line}  ${style.yellow(check)}  ${visible(message)}`,
        );
        const total = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'} in ${files} memory ${files === 1 ? 'file' : 'files'}`;
        return [...lines, ...(lines.length === 0 ? [] : ['']), total].join('\n');
      });
      if (options.strict === true && findings.length > 0) shell.fail();
    });
}
