/** Brings the ledger up to date with what became of the open dream in Git: merged by anyone, or its branch gone. */
import type { Decision, Journal } from './core/dream/journal.ts';
import type { Ledger, LedgerView } from './core/dream/ledger.ts';
import type { Repository } from './core/dream/repository.ts';
import { openDream } from './core/dream/triggers.ts';

export interface Settled {
  readonly view: LedgerView;
  /** The dream that still waits for review. */
  readonly open: Journal | undefined;
}

/** Merged by whatever method keeps the commits; a lost branch rejects nothing. */
async function outcomeOf(repository: Repository, open: Journal, now: string): Promise<Decision | undefined> {
  const { branch, head } = open;
  if (branch === undefined || head === undefined) return undefined;
  const into = (await repository.resolve(open.onto ?? 'HEAD')) ?? open.base;
  if (into !== open.base && (await repository.isAncestor(head, into))) {
    const proposals = open.proposals.map((proposal) => proposal.number);
    return { type: 'merged', at: now, dream: open.id, proposals, commit: into };
  }
  if ((await repository.resolve(`refs/heads/${branch}`)) === undefined) {
    return { type: 'withdrawn', at: now, dream: open.id, reason: 'its branch is gone' };
  }
  return undefined;
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
  const decision = open === undefined ? undefined : await outcomeOf(repository, open, now);
  if (decision === undefined) return { view, open };
  if (!write) return { view, open: undefined };
  const settled = await ledger.write(`Record that dream ${open?.id ?? ''} is ${decision.type}`, () =>
    Promise.resolve({ decisions: [decision] }),
  );
  return { view: settled, open: undefined };
}
