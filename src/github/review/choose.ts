/** Leaves proposals of the open dream out and takes them back in, however that was asked for. */
import type { Journal } from '../../core/dream/journal.ts';
import { proposalSchema } from '../../core/dream/proposal.ts';
import { listed } from '../../core/review/wording.ts';
import { openReview, requireKnown, requireSomething } from '../../open-review.ts';
import { requireStanding, type OpenReview } from '../../render-again.ts';
import { inComments } from '../../review-advice.ts';
import { changeProposals, chosen, reject } from '../../review.ts';
import { appendedTip, appendSigned } from './append.ts';
import { answered, record, reviewOptions, type Asked, type Conversation } from './conversation.ts';

export interface Choice {
  readonly action: 'drop' | 'restore';
  readonly numbers: readonly number[];
  /** Without secrets. */
  readonly reason?: string;
}

/**
 * The choice and its answer are on the ledger then. To leave all of it out is to say no to it.
 * @throws {DreamkeeperError} `usage` and `conflict`, when it cannot be done.
 */
export async function choose(talk: Conversation, asked: Asked, choice: Choice): Promise<void> {
  const options = reviewOptions(talk, asked.person);
  const review = await openReview(options);
  const { journal } = review;
  requireKnown(journal, choice.numbers, inComments);
  const dropped = droppedAfter(review, choice);
  const answer = {
    verb: choice.action,
    outcome: 'done',
    words: wordsOf(journal, dropped),
    dream: journal.id,
  } as const;
  if (review.others) return chooseOnTheirs(talk, asked, { review, choice, dropped, answer });
  const also = [answered(talk, asked, answer)];
  if (journal.proposals.every(({ number }) => dropped.has(number)))
    await reject(options, choice.reason, also);
  else await changeProposals(options, { ...choice, also: () => also }, talk.guard);
}

function droppedAfter({ dropped }: OpenReview, { action, numbers }: Choice): ReadonlySet<number> {
  const after = new Set(dropped);
  for (const number of numbers)
    if (action === 'drop') after.add(number);
    else after.delete(number);
  return after;
}

function wordsOf({ proposals }: Journal, dropped: ReadonlySet<number>): string {
  const numbers = proposals.map(({ number }) => number).sort((a, b) => a - b);
  const named = (chosen: readonly number[]): string => listed(chosen.map(String));
  const [out, kept] = [
    numbers.filter((number) => dropped.has(number)),
    numbers.filter((number) => !dropped.has(number)),
  ];
  if (kept.length === 0)
    return 'All of it is left out, so the pull request is closed. It comes back only with new evidence.';
  return out.length === 0 ? 'Nothing is left out.' : `Left out: ${named(out)}. Still in: ${named(kept)}.`;
}

/** What people committed stays: the change is made on top of it, by the next step of the job or by the next job. */
async function chooseOnTheirs(
  talk: Conversation,
  asked: Asked,
  {
    review,
    choice,
    dropped,
    answer,
  }: {
    readonly review: OpenReview;
    readonly choice: Choice;
    readonly dropped: ReadonlySet<number>;
    readonly answer: Parameters<typeof record>[2];
  },
): Promise<void> {
  await tipWithout(talk, review, dropped);
  const { journal } = review;
  await record(talk, asked, answer, [chosen(reviewOptions(talk, asked.person), journal.id, choice)]);
}

async function tipWithout(
  { place, now, guard }: Conversation,
  review: OpenReview,
  dropped: ReadonlySet<number>,
): Promise<string | undefined> {
  const { journal, tip } = review;
  const kept = journal.proposals.filter(({ number }) => !dropped.has(number));
  requireSomething(kept, inComments);
  const { store, cleared, withheld } = await guard(
    review,
    kept.map((proposal) => proposalSchema.strip().parse(proposal)),
  );
  requireStanding(withheld, inComments);
  return tip === undefined
    ? undefined
    : appendedTip(place, { journal, tip, dropped, at: now, store, cleared });
}

/**
 * Brings a branch that people have committed to to where the ledger has it. A lost race is left to the next job.
 * @returns whether it was moved.
 */
export async function appendToTheirs(talk: Conversation): Promise<boolean> {
  const { place } = talk;
  const review = await openReview(reviewOptions(talk));
  const { journal, dropped, tip: expected, others } = review;
  if (!others || expected === undefined) return false;
  const to = await tipWithout(talk, review, dropped);
  if (to === undefined || to === expected) return false;
  const ref = `refs/heads/${journal.branch}`;
  if (place.config.commits === 'verified') {
    await appendSigned(place, { branch: journal.branch, from: expected, to });
    await place.copy.refresh(ref);
    return true;
  }
  return (await place.copy.push({ ref, to, expected })) === 'pushed';
}
