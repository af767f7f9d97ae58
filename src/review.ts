/** What a reviewer does to the open dream: leave proposals out, take them back in, accept the rest, reject all. */
import type { Decision } from './core/dream/journal.ts';
import { DreamkeeperError } from './core/error.ts';
import { decider, openReview, requireKnown, requireSomething, requireUntouched } from './open-review.ts';
import { renderAgain, type GuardAgain, type ReviewOptions } from './render-again.ts';
import { closedDecisions, mergedDecisions } from './settle.ts';

/** What is recorded together with a change, so that a crash leaves both or neither. */
export type Also<Change> = (change: Change) => readonly Decision[];

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
    readonly also?: Also<Changed>;
  },
  guard: GuardAgain,
): Promise<Changed> {
  const review = await openReview(options);
  const { journal } = review;
  requireKnown(journal, change.numbers, options.advice);
  requireUntouched(review, options.advice);
  const dropped = new Set(review.dropped);
  for (const number of change.numbers)
    if (change.action === 'drop') dropped.add(number);
    else dropped.delete(number);
  const kept = journal.proposals.filter(({ number }) => !dropped.has(number));
  requireSomething(kept, options.advice);
  const rendered = await renderAgain(options, review, kept, guard);
  const changed: Changed = {
    dream: journal.id,
    branch: journal.branch,
    head: rendered.head ?? journal.head,
    dropped: [...dropped].sort((a, b) => a - b),
    kept: kept.map(({ number }) => number),
  };
  const decisions = [chosen(options, journal.id, change), ...(change.also?.(changed) ?? [])];
  const verb = change.action === 'drop' ? 'Leave out' : 'Take back';
  await options.ledger.write(`${verb} proposals of dream ${journal.id}`, () =>
    Promise.resolve({ journals: [rendered], decisions }),
  );
  return changed;
}

/** The decision to leave proposals out, or to take them back in. */
export function chosen(
  options: ReviewOptions,
  dream: string,
  {
    action,
    numbers,
    reason,
  }: {
    readonly action: 'drop' | 'restore';
    readonly numbers: readonly number[];
    readonly reason?: string;
  },
): Decision {
  const said = { ...decider(options), dream, proposals: [...numbers] };
  if (action === 'restore') return { type: 'restored', ...said };
  return { type: 'dropped', ...said, ...(reason === undefined ? {} : { reason }) };
}

/**
 * Guards and renders the open dream again, with what is in it.
 * @param also recorded with it.
 * @throws {DreamkeeperError} `conflict` when somebody has committed to the branch, or it does not pass the guard any more.
 */
export async function renderOpen(
  options: ReviewOptions,
  guard: GuardAgain,
  also: readonly Decision[] = [],
): Promise<void> {
  const review = await openReview(options);
  requireUntouched(review, options.advice);
  const kept = review.journal.proposals.filter(({ number }) => !review.dropped.has(number));
  const rendered = await renderAgain(options, review, kept, guard);
  await options.ledger.write(`Render dream ${review.journal.id} again`, () =>
    Promise.resolve({ journals: [rendered], decisions: also }),
  );
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

/**
 * Closes the open dream and remembers that none of its proposals was wanted.
 * @param also recorded with it.
 */
export async function reject(
  options: ReviewOptions,
  reason?: string,
  also: readonly Decision[] = [],
): Promise<{ readonly dream: string; readonly branch: string; readonly rejected: readonly number[] }> {
  const { journal, tip, view } = await openReview(options);
  const by = { ...decider(options), ...(reason === undefined ? {} : { reason }) };
  const closed = closedDecisions(journal, await view.decisions(), by);
  const decisions = [...closed, ...also];
  await options.ledger.write(`Record that dream ${journal.id} is rejected`, () =>
    Promise.resolve({ decisions }),
  );
  // A pull request is closed with a word, not by taking its branch away.
  if (tip !== undefined && options.pullRequests === undefined)
    await options.repository.deleteBranch(journal.branch, tip);
  return {
    dream: journal.id,
    branch: journal.branch,
    rejected: closed.flatMap((decision) => (decision.type === 'rejected' ? [decision.number] : [])),
  };
}
