/** What GitHub tells once: ticks, buttons, and that a pull request was opened again. Each is answered once. */
import { isHandled } from '../../core/dream/decisions.ts';
import type { Journal } from '../../core/dream/journal.ts';
import { lastDream } from '../../core/dream/triggers.ts';
import { DreamkeeperError } from '../../core/error.ts';
import { buttonOf } from '../../core/review/buttons.ts';
import { removesText } from '../../core/review/change.ts';
import { droppedFrom, stateOf } from '../../core/review/state.ts';
import type { JobOf, Told } from '../../jobs/job.ts';
import { asking, statusOf } from '../failure.ts';
import { isBotLogin, mayWrite, permissionOf } from '../people.ts';
import { choose } from './choose.ts';
import { readNow, record, type Answer, type Asked, type Conversation } from './conversation.ts';
import { orRefused, refuse } from './refusal.ts';
import { foldTicks, tickBack } from './ticks.ts';
import { dreamNow, pauseUntil } from './verbs.ts';

/** Of those who may write; what others do is left unanswered. */
export async function takeTold(talk: Conversation, payload: JobOf<'review'>): Promise<void> {
  const { told, delivery = talk.now, number } = payload;
  // That it was closed, GitHub tells when it is asked.
  if (told === undefined || told.what === 'closed') return;
  const asked: Asked = { event: `${told.what}-${delivery}`, number, person: told.by };
  const { decisions } = await readNow(talk);
  const isDone = isHandled(decisions, asked.event);
  if (told.what === 'reopened') return reopen(talk, asked, told, isDone);
  if (isDone) return;
  const may = !isBotLogin(told.by) && mayWrite(await permissionOf(talk.place.hosted, told.by));
  // The text does not say who edited it: what must not count is ticked back before anybody reads it as a person's.
  if (!may) return told.what === 'ticks' ? tickBack(talk, told.boxes) : undefined;
  if (told.what === 'button') await press(talk, asked, told);
  else if ('boxes' in told && (await foldTicks(talk, told.boxes, asked)) === 'refused')
    await tickBack(talk, told.boxes);
}

const weekMilliseconds = 7 * 86_400_000;

/** A button of a commit that is not the dream's any more is not pressed. */
async function press(
  talk: Conversation,
  asked: Asked,
  { action, head }: Extract<Told, { what: 'button' }>,
): Promise<void> {
  const button = buttonOf(action);
  const { open } = await readNow(talk);
  if (button === undefined || open === undefined) return;
  const on = { ...asked, number: open.pullRequest };
  const done = (words: string): Answer => ({ verb: button, outcome: 'done', words });
  await orRefused(talk, on, button, async () => {
    const tip = (await talk.place.pullRequests.tipOf(open)).commit ?? open.head;
    if (head !== tip)
      throw new DreamkeeperError('conflict', 'the dream has moved on since', {
        remedy: 'Look at it, and press the button again.',
      });
    if (button === 'again') return dreamNow(talk, on, done);
    if (button === 'drop-removals') return dropRemovals(talk, on);
    const until = new Date(Date.parse(talk.now) + weekMilliseconds).toISOString();
    return pauseUntil(talk, on, until, done);
  });
}

async function dropRemovals(talk: Conversation, asked: Asked): Promise<void> {
  const { open, decisions } = await readNow(talk);
  if (open === undefined) return;
  const dropped = droppedFrom(open.id, decisions);
  const numbers = open.proposals
    .filter((proposal) => !dropped.has(proposal.number) && removesText(proposal))
    .map(({ number }) => number);
  if (numbers.length > 0) return choose(talk, asked, { action: 'drop', numbers });
  const words = 'Nothing in it removes text.';
  return record(talk, asked, { verb: 'drop-removals', outcome: 'done', words, dream: open.id });
}

/** What cannot be opened again is closed again, with a word. */
async function reopen(
  talk: Conversation,
  asked: Asked,
  { bot }: Extract<Told, { what: 'closed' | 'reopened' }>,
  isDone: boolean,
): Promise<void> {
  const now = await readNow(talk);
  const { number } = asked;
  const journal = now.journals.findLast(
    ({ pullRequest }) => pullRequest !== undefined && pullRequest === number,
  );
  if (journal === undefined || number === undefined || now.open?.id === journal.id) return;
  const against = bot ? 'A program opened it again; only people can.' : await whyNotOpen(talk, journal, now);
  if (against !== undefined) {
    if (!isDone) await refuse(talk, asked, 'reopen', against);
    return closeAgain(talk, number);
  }
  if (isDone) return;
  const person = asked.person === undefined ? {} : { person: asked.person };
  const words = 'It is open again, and nothing of it counts as rejected.';
  await record(talk, asked, { verb: 'reopen', outcome: 'done', words, dream: journal.id }, [
    { type: 'reopened', at: talk.now, dream: journal.id, ...person },
  ]);
}

/** @returns what stands against its being open again; undefined when nothing does. */
async function whyNotOpen(
  { place }: Conversation,
  journal: Journal,
  { journals, decisions, open }: Awaited<ReturnType<typeof readNow>>,
): Promise<string | undefined> {
  if (stateOf(journal, decisions) === 'merged') return 'It was merged.';
  if (open !== undefined) return `Another dream is open: ${open.id}.`;
  const newest = lastDream(journals.filter(({ outcome }) => outcome === 'proposed'));
  if (newest?.id !== journal.id) return 'There was a newer dream since.';
  const base = await place.repository.resolve(journal.base);
  return base === undefined ? 'What it was made from is gone.' : undefined;
}

async function closeAgain({ place }: Conversation, number: number): Promise<void> {
  const { octokit, owner, name } = place.hosted;
  await asking('closing the pull request', async () => {
    try {
      const at = { owner, repo: name, pull_number: number };
      const { data } = await octokit.rest.pulls.get(at);
      if (data.state === 'open') await octokit.rest.pulls.update({ ...at, state: 'closed' });
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
    }
  });
}
