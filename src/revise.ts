/** Gives a proposal of the open dream the words that a reviewer wants; the guard looks at them like at any others. */
import type { Decision } from './core/dream/journal.ts';
import { DreamkeeperError } from './core/error.ts';
import { revised, textOf, type Comment } from './core/review/revised.ts';
import { isRedacted } from './core/sessions/redact.ts';
import { openReview, requireKnown, requireUntouched } from './open-review.ts';
import { renderAgain, type GuardAgain, type ReviewOptions } from './render-again.ts';
import { atTerminal } from './review-advice.ts';

export interface Revision {
  readonly number: number;
  /** What the proposal shall say, as Markdown without a list marker; its secrets are taken out. */
  readonly text: string;
  /** Where a reviewer said so. */
  readonly comment: Comment;
  /** Recorded with it. */
  readonly also?: readonly Decision[];
}

/**
 * @throws {DreamkeeperError} `usage` for a proposal that the dream does not have, that is left out, that writes no text or
 * several, and for a text with a secret in it; `conflict` when people have committed to the branch, or the guard blocks it.
 */
export async function reviseProposal(
  options: ReviewOptions,
  { number, text, comment, also = [] }: Revision,
  guard: GuardAgain,
): Promise<void> {
  const { advice = atTerminal } = options;
  const review = await openReview(options);
  const { journal, dropped } = review;
  requireKnown(journal, [number], advice);
  if (dropped.has(number))
    throw new DreamkeeperError('usage', `proposal ${number} is left out`, {
      remedy: advice.takeBackFirst(number),
    });
  requireUntouched(review, advice);
  const kept = journal.proposals
    .filter((proposal) => !dropped.has(proposal.number))
    .map((proposal) => {
      if (proposal.number !== number) return proposal;
      if (textOf(proposal) === undefined) throw saysNothing(number);
      return revised(proposal, requireClean(text), comment);
    });
  const rendered = await renderAgain(options, review, kept, guard);
  await options.ledger.write(`Revise a proposal of dream ${journal.id}`, () =>
    Promise.resolve({ journals: [rendered], decisions: also }),
  );
}

function saysNothing(number: number): DreamkeeperError {
  return new DreamkeeperError(
    'usage',
    `proposal ${number} does not write one text that words could replace`,
    {
      remedy: 'Leave it out, and edit the file yourself or ask for what it should say in a session.',
    },
  );
}

function requireClean(text: string): string {
  if (!isRedacted(text)) return text;
  throw new DreamkeeperError('usage', 'these words hold what looks like a secret', {
    remedy: 'Say it without the secret, and delete the comment that has it.',
  });
}
