/** What each command does. Its effect and the answer are on the ledger when it is done. */
import type { Command } from '../../core/review/command.ts';
import { helpText } from '../../core/review/help.ts';
import type { Journal } from '../../core/dream/journal.ts';
import { isPaused } from '../../core/dream/triggers.ts';
import { DreamkeeperError } from '../../core/error.ts';
import { renderOpen } from '../../review.ts';
import { choose } from './choose.ts';
import { answered, readNow, record, reviewOptions } from './conversation.ts';
import type { Answer, Asked, Conversation } from './conversation.ts';
import { explain, revise } from './by-dreamer.ts';
import { forgetAsAsked } from './forgetting.ts';

/** What is said under the pull request of the open dream alone. */
const aboutDream = new Set(['drop', 'restore', 'revise', 'explain', 'retry']);

/**
 * @throws {DreamkeeperError} `usage` and `conflict` when it cannot be done: then nothing was written.
 */
export async function carryOut(talk: Conversation, asked: Asked, command: Command): Promise<void> {
  const { open } = await readNow(talk);
  if (aboutDream.has(command.verb)) requireItsPull(command.verb, open, asked);
  const here = open !== undefined && isOf(open, asked) ? { dream: open.id } : {};
  const done = (words: string): Answer => ({ verb: command.verb, outcome: 'done', words, ...here });
  switch (command.verb) {
    case 'drop':
    case 'restore':
      return choose(talk, asked, await withoutSecrets(talk, command));
    case 'revise':
      return revise(talk, asked, command, open);
    case 'explain':
      return explain(talk, asked, command);
    case 'retry':
      return renderOpen(reviewOptions(talk, asked.person), talk.guard, [
        answered(talk, asked, done('Checked and rendered again.')),
      ]);
    case 'now':
      return dreamNow(talk, asked, done);
    case 'pause':
      return pause(talk, asked, command.until, done);
    case 'resume':
      return resume(talk, asked, done);
    case 'manual':
      return manual(talk, asked, done);
    case 'forget':
      return forgetAsAsked(talk, asked, command.what, here);
    case 'help':
      return record(talk, asked, done(helpText));
  }
}

function requireItsPull(verb: Command['verb'], open: Journal | undefined, asked: Asked): void {
  if (open !== undefined && isOf(open, asked)) return;
  const where = open?.pullRequest === undefined ? 'None is open.' : `That is number ${open.pullRequest}.`;
  const message = `\`/dream ${verb}\` is for the pull request of the open dream`;
  throw new DreamkeeperError('usage', message, { remedy: where });
}

const isOf = ({ pullRequest }: Journal, { number }: Asked): boolean =>
  pullRequest !== undefined && pullRequest === number;

type Done = (words: string) => Answer;

async function withoutSecrets(
  { place }: Conversation,
  command: Extract<Command, { verb: 'drop' | 'restore' }>,
): Promise<Parameters<typeof choose>[2]> {
  const { verb: action, numbers, reason } = command;
  if (reason === undefined) return { action, numbers };
  const [safe] = await place.redactor.redact([reason]);
  return { action, numbers, ...(safe === undefined ? {} : { reason: safe.text }) };
}

/**
 * Asked for before it is recorded: what was asked for twice is one dream.
 * @throws {DreamkeeperError} `conflict` while people review the open one.
 */
export async function dreamNow(talk: Conversation, asked: Asked, done: Done): Promise<void> {
  const { open, decisions } = await readNow(talk);
  if (open !== undefined && (await talk.place.pullRequests.isTouched(open, decisions)))
    throw new DreamkeeperError(
      'conflict',
      `dream ${open.id} is being reviewed or may be merged at any moment`,
      {
        remedy: 'It is not replaced: merge or close its pull request. What is new waits until then.',
      },
    );
  await talk.dreamNow(asked.event);
  const words = 'It dreams now. Where nothing is worth changing there will be no pull request.';
  await record(talk, asked, done(words));
}

async function pause(talk: Conversation, asked: Asked, until: string | undefined, done: Done): Promise<void> {
  if (until !== undefined && until <= talk.now)
    throw new DreamkeeperError('usage', `${until} has begun already`, {
      remedy: 'Name a later day: `/dream pause until 2026-12-24`.',
    });
  await pauseUntil(talk, asked, until, done);
}

/** @param until ISO 8601; without it, until somebody resumes. */
export async function pauseUntil(
  talk: Conversation,
  asked: Asked,
  until: string | undefined,
  done: Done,
): Promise<void> {
  const when = until === undefined ? 'until somebody says `/dream resume`' : `until ${until.slice(0, 10)}`;
  const paused = { ...by(talk, asked), type: 'paused', ...(until === undefined ? {} : { until }) } as const;
  await record(talk, asked, done(`No dream begins by itself ${when}.`), [paused]);
}

async function resume(talk: Conversation, asked: Asked, done: Done): Promise<void> {
  const { decisions } = await readNow(talk);
  if (!isPaused(decisions, talk.now)) return record(talk, asked, done('Dreams were not paused.'));
  const words = 'Dreams begin again when they are due.';
  return record(talk, asked, done(words), [{ ...by(talk, asked), type: 'resumed' }]);
}

async function manual(talk: Conversation, asked: Asked, done: Done): Promise<void> {
  const words =
    talk.place.config.mode === 'auto'
      ? 'From now on people merge. To let dreams merge themselves again, change the config.'
      : 'People merge, as before.';
  await record(talk, asked, done(words), [{ ...by(talk, asked), type: 'mode', mode: 'manual' }]);
}

function by({ now }: Conversation, { person }: Asked): { readonly at: string; readonly person?: string } {
  return { at: now, ...(person === undefined ? {} : { person }) };
}
