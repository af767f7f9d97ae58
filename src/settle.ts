/** Brings the ledger up to date with what became of the open dream in Git: merged by anyone, or its branch gone. */
import type { Decision, Journal } from './core/dream/journal.ts';
import type { Ledger, LedgerView } from './core/dream/ledger.ts';
import type { Repository } from './core/dream/repository.ts';
import { rejectionOf } from './core/dream/rejection.ts';
import { openDream } from './core/dream/triggers.ts';
import { droppedFrom } from './core/review/state.ts';

export interface Settled {
  readonly view: LedgerView;
  /** The dream that still waits for review. */
  readonly open: Journal | undefined;
}

/** Merged by whatever method keeps the commits, without what was left out; a lost branch rejects nothing. */
async function outcomeOf(
  repository: Repository,
  open: Journal,
  view: LedgerView,
  now: string,
): Promise<readonly Decision[]> {
  const { branch, head } = open;
  // A dream that only suggests checks has no commit, and so no branch that could be merged or lost.
  if (branch === undefined || head === undefined || head === open.base) return [];
  const into = (await repository.resolve(open.onto ?? 'HEAD')) ?? open.base;
  if (into !== open.base && (await repository.isAncestor(head, into))) {
    const dropped = droppedFrom(open.id, await view.decisions());
    return mergedDecisions(open, dropped, { at: now, commit: into });
  }
  if ((await repository.resolve(`refs/heads/${branch}`)) === undefined) {
    return [{ type: 'withdrawn', at: now, dream: open.id, reason: 'its branch is gone' }];
  }
  return [];
}

/** What is recorded of a merged dream: what was left out of it counts as rejected. */
export function mergedDecisions(
  journal: Journal,
  dropped: ReadonlySet<number>,
  by: { readonly at: string; readonly commit: string; readonly person?: string },
): readonly Decision[] {
  const who = { at: by.at, ...(by.person === undefined ? {} : { person: by.person }) };
  const [left, kept] = [
    journal.proposals.filter(({ number }) => dropped.has(number)),
    journal.proposals.filter(({ number }) => !dropped.has(number)),
  ];
  const proposals = kept.map(({ number }) => number);
  return [
    { type: 'merged', ...who, dream: journal.id, proposals, commit: by.commit },
    ...left.map((proposal) => rejectionOf(proposal, { dream: journal.id, ...who })),
  ];
}

/** @param write false looks only: nothing is recorded, but what would be is taken into account. */
export async function settle(
  repository: Repository,
  ledger: Ledger,
  now: string,
  write = true,
): Promise<Settled> {
  const view = await ledger.read();
  const open = openDream(await view.journals(), await view.decisions());
  const decisions = open === undefined ? [] : await outcomeOf(repository, open, view, now);
  const [first] = decisions;
  if (first === undefined) return { view, open };
  if (!write) return { view, open: undefined };
  const settled = await ledger.write(`Record that dream ${open?.id ?? ''} is ${first.type}`, () =>
    Promise.resolve({ decisions }),
  );
  return { view: settled, open: undefined };
}
