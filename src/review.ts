/** What a reviewer does to the open dream: leave proposals out, take them back in, accept the rest, reject all. */
import type { Decision, Journal, JournalProposal } from './core/dream/journal.ts';
import { DreamkeeperError } from './core/error.ts';
import { droppedFrom } from './core/review/state.ts';
import { renderAgain, type GuardAgain, type OpenReview, type ReviewOptions } from './render-again.ts';
import { closedDecisions, mergedDecisions, settle } from './settle.ts';

/** @throws {DreamkeeperError} `repository` when no dream waits for review. */
export async function openReview(options: ReviewOptions): Promise<OpenReview> {
  const { repository } = options;
  const { view, open } = await settle(options);
  if (open?.branch === undefined || open.head === undefined) {
    throw new DreamkeeperError('repository', 'no dream is open', {
      remedy: '"dreamkeeper dream" starts one; "dreamkeeper status" says how things are.',
    });
  }
  const journal = { ...open, branch: open.branch, head: open.head };
  const tip = await repository.resolve(`refs/heads/${journal.branch}`);
  return { view, journal, dropped: droppedFrom(journal.id, await view.decisions()), tip };
}

export interface Changed {
  readonly dream: string;
  readonly branch: string;
  readonly head: string;
  /** Numbers that are out after the change. */
  readonly dropped: readonly number[];
  /** Numbers that are in. */
  readonly kept: readonly number[];
}

/**
 * Takes proposals out of the open dream, or back in, and renders its branch anew.
 * @throws {DreamkeeperError} `usage` for numbers the dream does not have or when none would be left; `conflict` when
 * somebody has committed to the branch, or when what is left does not pass the guard.
 */
export async function changeProposals(
  options: ReviewOptions,
  change: {
    readonly action: 'drop' | 'restore';
    readonly numbers: readonly number[];
    readonly reason?: string;
  },
  guard: GuardAgain,
): Promise<Changed> {
  const review = await openReview(options);
  const { journal } = review;
  requireKnown(journal, change.numbers);
  requireUntouched(review);
  const dropped = new Set(review.dropped);
  for (const number of change.numbers)
    if (change.action === 'drop') dropped.add(number);
    else dropped.delete(number);
  const kept = journal.proposals.filter(({ number }) => !dropped.has(number));
  requireSomething(kept);
  const rendered = await renderAgain(options, review, kept, guard);
  const said = { ...decider(options), dream: journal.id, proposals: [...change.numbers] };
  const because = change.reason === undefined ? {} : { reason: change.reason };
  const decision: Decision =
    change.action === 'drop' ? { type: 'dropped', ...said, ...because } : { type: 'restored', ...said };
  const verb = change.action === 'drop' ? 'Leave out' : 'Take back';
  await options.ledger.write(`${verb} proposals of dream ${journal.id}`, () =>
    Promise.resolve({ journals: [rendered], decisions: [decision] }),
  );
  return {
    dream: journal.id,
    branch: journal.branch,
    head: rendered.head ?? journal.head,
    dropped: [...dropped].sort((a, b) => a - b),
    kept: kept.map(({ number }) => number),
  };
}

export interface Accepted {
  readonly dream: string;
  readonly onto: string;
  /** The commit that the branch is at now. */
  readonly commit: string;
  readonly merged: readonly number[];
  readonly rejected: readonly number[];
}

/** Merges a branch that is at `head` into another. @returns the commit the other is at then. */
export type Merge = (merge: {
  readonly branch: string;
  readonly head: string;
  readonly onto: string;
  readonly message: string;
}) => Promise<string>;

/**
 * Merges the open dream into the branch it started from; what was left out counts as rejected.
 * @throws {DreamkeeperError} `repository` when it started on no branch; what `merge` throws.
 */
export async function accept(options: ReviewOptions, merge: Merge): Promise<Accepted> {
  const review = await openReview(options);
  const { journal, dropped, tip } = review;
  if (journal.onto === undefined) {
    throw new DreamkeeperError('repository', `dream ${journal.id} started from a detached HEAD`, {
      remedy: `Merge it where you want it: git merge ${journal.branch}`,
    });
  }
  const merged = journal.proposals.filter(({ number }) => !dropped.has(number));
  const commit =
    tip === undefined
      ? journal.base
      : await merge({
          branch: journal.branch,
          head: tip,
          onto: journal.onto,
          message: `Merge dream ${journal.id}\n\nDream: ${journal.id}\n`,
        });
  const before = await review.view.decisions();
  const decisions = mergedDecisions(journal, before, { ...decider(options), commit });
  await options.ledger.write(`Record that dream ${journal.id} is merged`, () =>
    Promise.resolve({ decisions }),
  );
  if (tip !== undefined) await options.repository.deleteBranch(journal.branch, tip);
  return {
    dream: journal.id,
    onto: journal.onto,
    commit,
    merged: merged.map(({ number }) => number),
    rejected: decisions.flatMap((decision) => (decision.type === 'rejected' ? [decision.number] : [])),
  };
}

/** Closes the open dream and remembers that none of its proposals was wanted. */
export async function reject(
  options: ReviewOptions,
  reason?: string,
): Promise<{ readonly dream: string; readonly branch: string; readonly rejected: readonly number[] }> {
  const { journal, tip, view } = await openReview(options);
  const by = { ...decider(options), ...(reason === undefined ? {} : { reason }) };
  const decisions = closedDecisions(journal, await view.decisions(), by);
  await options.ledger.write(`Record that dream ${journal.id} is rejected`, () =>
    Promise.resolve({ decisions }),
  );
  if (tip !== undefined) await options.repository.deleteBranch(journal.branch, tip);
  return {
    dream: journal.id,
    branch: journal.branch,
    rejected: decisions.flatMap((decision) => (decision.type === 'rejected' ? [decision.number] : [])),
  };
}

const decider = ({ now, person }: ReviewOptions): { at: string; person?: string } => ({
  at: now,
  ...(person === undefined ? {} : { person }),
});

function requireKnown(journal: Journal, numbers: readonly number[]): void {
  const known = journal.proposals.map(({ number }) => number);
  const unknown = numbers.filter((number) => !known.includes(number));
  if (unknown.length === 0) return;
  throw new DreamkeeperError('usage', `dream ${journal.id} has no proposal ${unknown.join(', ')}`, {
    remedy: `It has ${known.join(', ')}; "dreamkeeper show" prints them.`,
  });
}

/** What others committed is theirs: the branch is not rendered over it. */
function requireUntouched({ journal, tip }: OpenReview): void {
  if (tip === undefined || tip === journal.head) return;
  throw new DreamkeeperError('conflict', `somebody has committed to ${journal.branch}`, {
    remedy: 'Revert the proposals you do not want there with "git revert", then accept.',
  });
}

function requireSomething(kept: readonly JournalProposal[]): void {
  if (kept.length > 0) return;
  throw new DreamkeeperError('usage', 'no proposal would be left', {
    remedy: '"dreamkeeper reject" closes the dream and remembers why.',
  });
}
