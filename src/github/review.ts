/** What people do about a dream on GitHub: they tick, comment, press, close and open again. */
import type { Work } from '../jobs/work.ts';
import type { JobOf } from '../jobs/job.ts';
import type { Queue } from '../jobs/queue.ts';
import { settle } from '../settle.ts';
import { livingOn } from './life.ts';
import type { HostedPlace } from './repositories.ts';
import { appendToTheirs } from './review/choose.ts';
import { createConversation, readNow, reviewOptions, type Conversation } from './review/conversation.ts';
import { answerIn } from './review/elsewhere.ts';
import { dropForgotten } from './review/forgetting.ts';
import { listen } from './review/listen.ts';
import { foldTicksOnGitHub } from './review/ticks.ts';
import { takeTold } from './review/told.ts';

/**
 * Makes the ledger hold what people asked for, then GitHub show what the ledger holds. Everything is read anew, so that
 * doing it twice, or going on after a crash, changes nothing.
 * @param queue where a dream is asked for that a person wants now.
 */
export function reviewWork(queue: Pick<Queue, 'send'>): Work<HostedPlace, JobOf<'review'>> {
  return async (place, payload, now) => {
    const { repository, installation } = payload;
    const whose = { repository, ...(installation === undefined ? {} : { installation }) };
    const talk = createConversation(place, now, (slot) =>
      queue.send({ kind: 'dream', ...whose, asked: true, slot: slot.slice(0, 100) }),
    );
    // 1. What became of the dream; then what people told, in the order in which they could have known of each other.
    await settle(reviewOptions(talk));
    await takeTold(talk, payload);
    await foldTicksOnGitHub(talk);
    const { answered } = await listen(talk, payload.number);
    // 2. What follows by itself.
    await livingOn(place, now);
    await settleBranch(talk);
    // 3. GitHub shows it.
    await place.pullRequests.show(now);
    await answerElsewhere(talk, [...answered, ...(payload.number === undefined ? [] : [payload.number])]);
    return { outcome: answered.length > 0 || payload.told !== undefined ? 'answered' : 'looked' };
  };
}

/** What was forgotten leaves it, and what was left out leaves a branch that people have committed to. */
async function settleBranch(talk: Conversation): Promise<void> {
  const { open } = await readNow(talk);
  if (open?.head === undefined) return;
  await dropForgotten(talk, open);
  const left = (await readNow(talk)).open;
  if (left?.head !== undefined) await appendToTheirs(talk);
}

/** Under the pull request of the open dream, showing it answers. */
async function answerElsewhere(talk: Conversation, numbers: readonly number[]): Promise<void> {
  const { open, decisions } = await readNow(talk);
  for (const number of new Set(numbers))
    if (number !== open?.pullRequest) await answerIn(talk.place, number, decisions);
}
