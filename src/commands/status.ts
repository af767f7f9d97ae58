/** `dreamkeeper status`: what waits, what is open, and why it would or would not dream now. */
import type { Command } from 'commander';
import { openWorkplace } from '../compose.ts';
import { status, type Status } from '../status.ts';
import { addVerb, answer, time, type CommonOptions, type Shell } from './verb.ts';

export function addStatus(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'status',
    examples: [['dreamkeeper status'], ['dreamkeeper status --json']],
  })
    .option('--now <time>', 'judge as of this time', time)
    .action(async (options: CommonOptions & { now?: string }) => {
      const { repository, ledger, config } = await openWorkplace(options.repo, shell.settings);
      const found = await status(repository, ledger, config, options.now ?? shell.now());
      answer(shell, options, found, () => text(found));
    });
}

function text(found: Status): string {
  const { lastDream, openDream } = found;
  const rows: [string, string][] = [
    ['Sessions', `${found.sessions} on the ledger, ${found.waiting} waiting for a dream`],
    ['Last dream', lastDream === null ? 'never' : `${lastDream.id}: ${lastDream.outcome}`],
    ['Open dream', openDream === null ? 'none' : openText(openDream)],
    ['Now', `${found.due ? 'would dream' : 'would not dream'}: ${found.message}`],
    ...found.problems.map((problem): [string, string] => ['Problem', problem]),
  ];
  return rows.map(([name, value]) => `${name.padEnd(12)}${value}`).join('\n');
}

function openText(open: NonNullable<Status['openDream']>): string {
  const out = open.dropped.length === 0 ? '' : `, ${open.dropped.length} left out`;
  const onto = open.onto === null ? '' : ` onto ${open.onto}`;
  return `${open.id}: ${open.proposals.length} proposals${out}, branch ${open.branch}${onto}`;
}
