/** `dreamkeeper forget`: remove a session, or a text wherever it stands, from the ledger and its history. */
import { Option, type Command } from 'commander';
import { openWorkplace } from '../compose.ts';
import type { LedgerView } from '../core/dream/ledger.ts';
import { DreamkeeperError } from '../core/error.ts';
import { visible } from '../core/review/visible.ts';
import { forget, type ForgetWhat, type Forgotten } from '../ledger/forget.ts';
import { addVerb, answer, type CommonOptions, type Shell } from './verb.ts';

export function addForget(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'forget',
    examples: [
      [
        'dreamkeeper forget 0f3c9a12-5d3e-4b7a-9c1d-2e8f7a6b5c4d',
        'a session, by its id or the beginning of it',
      ],
      ['dreamkeeper forget "the words to forget"', 'a text, in all sessions, dreams and decisions'],
    ],
  })
    .argument('<session|text>', 'id of a session, or words')
    .addOption(
      new Option('--session', 'it is the id of a session, though the ledger may not have it').conflicts(
        'text',
      ),
    )
    .option('--text', 'it is a text, though a session may have it as its id')
    .action(async (wanted: string, options: CommonOptions & { session?: true; text?: true }) => {
      const { ledger, person } = await openWorkplace(options.repo, shell.settings);
      const what = await whatToForget(await ledger.read(), wanted, options);
      const forgotten = await forget(ledger, what, { now: shell.now(), person });
      answer(shell, options, forgotten, () => text(what, forgotten));
    });
}

/** A session when the ledger has one with this id, or one whose id begins so; else a text. */
async function whatToForget(
  view: LedgerView,
  wanted: string,
  options: { session?: true; text?: true },
): Promise<ForgetWhat> {
  if (options.text === true) return { text: wanted };
  const ids = (await view.sessions()).map(({ summary }): string => summary.id);
  if (ids.includes(wanted)) return { session: wanted };
  const begun = wanted.length < 6 ? [] : ids.filter((id) => id.startsWith(wanted));
  const [only, second] = begun;
  if (second !== undefined)
    throw new DreamkeeperError('usage', `"${wanted}" is the beginning of ${begun.length} session ids`, {
      remedy: begun.slice(0, 10).join('\n'),
    });
  if (only !== undefined) return { session: only };
  return options.session === true ? { session: wanted } : { text: wanted };
}

function text(what: ForgetWhat, { sessions, dreams, remains }: Forgotten): string {
  const count = (list: readonly string[], name: string): string =>
    `${list.length} ${name}${list.length === 1 ? '' : 's'}`;
  const done =
    'session' in what
      ? sessions.length === 0
        ? `The ledger does not have ${visible(what.session)}; from now on it is not taken in.`
        : `Forgot ${visible(what.session)}, and what ${count(dreams, 'dream')} had of it.`
      : sessions.length + dreams.length === 0
        ? 'The ledger does not have this text.'
        : `Took the text out of ${count(sessions, 'session')} and ${count(dreams, 'dream')}.`;
  return [done, 'What remains:', ...remains.map((line) => `  ${visible(line)}`)].join('\n');
}
