/** Brings the branch of the open dream on GitHub to where its journal has it, unless somebody else has committed to it. */
import type { Journal } from '../../core/dream/journal.ts';
import { DreamkeeperError } from '../../core/error.ts';
import { guardAgain } from '../../guard-again.ts';
import { renderAgain, type OpenReview } from '../../render-again.ts';
import { inComments } from '../../review-advice.ts';
import type { PullRequestParts } from './parts.ts';
import { tipOf } from './tip.ts';
import { isWritten, removeTemporary, writeVerified } from './verified.ts';

export interface Brought {
  readonly journal: OpenReview['journal'];
  /** Where the branch is on GitHub now. */
  readonly tip: string;
  /** People have committed to it. */
  readonly theirs: boolean;
  /** It was moved just now. */
  readonly pushed: boolean;
}

/** What is kept does not pass the guard any more, so that it cannot be rendered: why, and what to do. */
export interface Blocked {
  readonly blocked: string;
}

/** A person who pushes at the same moment is seen the next time. */
const mostAttempts = 3;

/** @throws {DreamkeeperError | RetryLaterError} when GitHub refuses it. */
export async function bringBranch(
  parts: PullRequestParts,
  review: Omit<OpenReview, 'tip' | 'others'>,
): Promise<Brought | Blocked> {
  const { copy, publication } = parts;
  const ref = `refs/heads/${review.journal.branch}`;
  let { journal } = review;
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const tip = await tipOf(parts, journal);
    if (tip.whose === 'theirs') return { journal, tip: tip.commit, theirs: true, pushed: false };
    if (tip.whose === 'ours' && tip.head === journal.head)
      return { journal, tip: tip.commit, theirs: false, pushed: false };
    if (!isWritten(parts, journal)) {
      const again = await renderedOrBlocked(parts, { ...review, journal });
      if ('blocked' in again) return again;
      journal = again;
    }
    await publication.mayPush();
    const result = await copy.push({ ref, to: journal.head, expected: tip.commit });
    if (result === 'pushed') {
      await removeTemporary(parts, journal);
      return { journal, tip: journal.head, theirs: false, pushed: true };
    }
    await copy.refresh(ref);
  }
  throw new DreamkeeperError(
    'conflict',
    `the branch ${journal.branch} on GitHub is being moved by somebody else`,
    { remedy: 'Their commits are kept; the next look takes them into account.', retryable: true },
  );
}

async function renderedOrBlocked(
  parts: PullRequestParts,
  review: Omit<OpenReview, 'tip' | 'others'>,
): Promise<OpenReview['journal'] | Blocked> {
  try {
    return await rendered(parts, review);
  } catch (error) {
    if (!(error instanceof DreamkeeperError) || error.code !== 'conflict' || error.retryable) throw error;
    return { blocked: [error.message, error.remedy ?? ''].join('. ') };
  }
}

/**
 * A job that ended between the ledger and the push has left no branch here: it is rendered from the journal, which gives
 * the same commits; where it does not, the journal is told.
 */
async function rendered(
  parts: PullRequestParts,
  review: Omit<OpenReview, 'tip' | 'others'>,
): Promise<OpenReview['journal']> {
  const { repository, ledger, config } = parts;
  const { journal, dropped } = review;
  const isVerified = config.commits === 'verified';
  const tip = await repository.resolve(`refs/heads/${journal.branch}`);
  if (tip === journal.head) return isVerified ? writeVerified(parts, journal) : journal;
  const kept = journal.proposals.filter(({ number }) => !dropped.has(number));
  const again = await renderAgain(
    { repository, pullRequests: inPullRequests, advice: inComments },
    { ...review, tip, others: false },
    kept,
    guardAgain(parts),
  );
  const { branch, head = journal.head } = again;
  const found = { ...again, branch: branch ?? journal.branch, head };
  if (isVerified) return writeVerified(parts, found);
  if (head !== journal.head) await writeJournal(ledger, found);
  return found;
}

/** Rendering asks only whether dreams are reviewed in pull requests. */
const inPullRequests = {
  fateOf: () => Promise.resolve({ state: 'open' as const }),
  isTouched: () => Promise.resolve(false),
};

async function writeJournal(ledger: PullRequestParts['ledger'], journal: Journal): Promise<void> {
  await ledger.write(`Note the commits of dream ${journal.id}`, () =>
    Promise.resolve({ journals: [journal] }),
  );
}
