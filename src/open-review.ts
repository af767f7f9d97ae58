/** The dream that is under review, and what must hold before a reviewer may change it. */
import type { Journal, JournalProposal } from './core/dream/journal.ts';
import { DreamkeeperError } from './core/error.ts';
import { droppedFrom } from './core/review/state.ts';
import type { OpenReview, ReviewOptions } from './render-again.ts';
import { atTerminal } from './review-advice.ts';
import { settle } from './settle.ts';

/** @throws {DreamkeeperError} `repository` when no dream waits for review. */
export async function openReview(options: ReviewOptions): Promise<OpenReview> {
  const { repository, advice = atTerminal } = options;
  const { view, open } = await settle(options);
  if (open?.branch === undefined || open.head === undefined)
    throw new DreamkeeperError('repository', 'no dream is open', { remedy: advice.nothingOpen });
  const journal = { ...open, branch: open.branch, head: open.head };
  const tip = await repository.resolve(`refs/heads/${journal.branch}`);
  const others = (await options.hasOthers?.(journal)) ?? isOthers({ journal, tip });
  return { view, journal, dropped: droppedFrom(journal.id, await view.decisions()), tip, others };
}

/** Whether the branch is at a commit that no dream rendered. */
export function isOthers({ journal, tip }: Pick<OpenReview, 'journal' | 'tip'>): boolean {
  return tip !== undefined && tip !== journal.head && journal.heads?.includes(tip) !== true;
}

/** When something was decided and by whom. */
export function decider({ now, person }: Pick<ReviewOptions, 'now' | 'person'>): {
  readonly at: string;
  readonly person?: string;
} {
  return { at: now, ...(person === undefined ? {} : { person }) };
}

/** @throws {DreamkeeperError} `usage` for numbers the dream does not have. */
export function requireKnown(journal: Journal, numbers: readonly number[], advice = atTerminal): void {
  const known = journal.proposals.map(({ number }) => number);
  const unknown = numbers.filter((number) => !known.includes(number));
  if (unknown.length === 0) return;
  throw new DreamkeeperError('usage', `dream ${journal.id} has no proposal ${unknown.join(', ')}`, {
    remedy: advice.unknown(known.join(', ')),
  });
}

/**
 * What others committed is theirs: the branch is not rendered over it.
 * @throws {DreamkeeperError} `conflict` when somebody has.
 */
export function requireUntouched({ journal, others }: OpenReview, advice = atTerminal): void {
  if (!others) return;
  const { branch } = journal;
  throw new DreamkeeperError('conflict', `somebody has committed to ${branch}`, {
    remedy: advice.othersCommits,
  });
}

/** @throws {DreamkeeperError} `usage` when no proposal would be left. */
export function requireSomething(kept: readonly JournalProposal[], advice = atTerminal): void {
  if (kept.length > 0) return;
  throw new DreamkeeperError('usage', 'no proposal would be left', { remedy: advice.nothingLeft });
}
