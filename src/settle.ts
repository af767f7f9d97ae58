/** Brings the ledger up to date with what became of the open dream: merged by anyone, closed, or its branch gone. */
import type { Decision, Journal } from './core/dream/journal.ts';
import type { Ledger, LedgerView } from './core/dream/ledger.ts';
import type { Fate, PullRequests } from './core/dream/pull-requests.ts';
import type { Repository } from './core/dream/repository.ts';
import { rejectionOf } from './core/dream/rejection.ts';
import { openDream } from './core/dream/triggers.ts';
import { vanishedFrom } from './core/dream/vanished.ts';
import { droppedFrom } from './core/review/state.ts';

export interface Settled {
  readonly view: LedgerView;
  /** The dream that still waits for review. */
  readonly open: Journal | undefined;
}

/** In Git alone: merged by whatever method keeps the commits; a lost branch rejects nothing. */
async function fateInGit(repository: Repository, open: Journal): Promise<Fate> {
  const { branch, head } = open;
  // A dream that only suggests checks has no commit, and so no branch that could be merged or lost.
  if (branch === undefined || head === undefined || head === open.base) return { state: 'open' };
  const into = (await repository.resolve(open.onto ?? 'HEAD')) ?? open.base;
  if (into !== open.base && (await repository.isAncestor(head, into)))
    return { state: 'merged', commit: into };
  const there = (await repository.resolve(`refs/heads/${branch}`)) !== undefined;
  return there ? { state: 'open' } : { state: 'gone', reason: 'its branch is gone' };
}

/** What is recorded of a fate: a merged dream rejects what was left out of it, a closed one all of it. */
function decisionsOf(
  open: Journal,
  fate: Fate,
  at: string,
  decisions: readonly Decision[],
): readonly Decision[] {
  switch (fate.state) {
    case 'open':
      return [];
    case 'merged': {
      const person = fate.person === undefined ? {} : { person: fate.person };
      return mergedDecisions(open, decisions, { at, commit: fate.commit, ...person });
    }
    case 'closed': {
      const { person, reason } = fate;
      return closedDecisions(open, decisions, { at, person, ...(reason === undefined ? {} : { reason }) });
    }
    case 'gone':
      return [{ type: 'withdrawn', at, dream: open.id, reason: fate.reason }];
  }
}

/** What is recorded of a merged dream: what was left out of it counts as rejected, unless memory had changed under it. */
export function mergedDecisions(
  journal: Journal,
  decisions: readonly Decision[],
  by: { readonly at: string; readonly commit: string; readonly person?: string },
): readonly Decision[] {
  const who = { at: by.at, ...(by.person === undefined ? {} : { person: by.person }) };
  const dropped = droppedFrom(journal.id, decisions);
  const vanished = vanishedFrom(journal.id, decisions);
  const left = journal.proposals.filter(({ number }) => dropped.has(number) && !vanished.has(number));
  const proposals = journal.proposals.map(({ number }) => number).filter((number) => !dropped.has(number));
  return [
    { type: 'merged', ...who, dream: journal.id, proposals, commit: by.commit },
    ...left.map((proposal) => rejectionOf(proposal, { dream: journal.id, ...who })),
  ];
}

/** What is recorded of a dream that a person closed: nobody said no to what had gone from it before. */
export function closedDecisions(
  journal: Journal,
  decisions: readonly Decision[],
  by: { readonly at: string; readonly person?: string; readonly reason?: string },
): readonly Decision[] {
  const vanished = vanishedFrom(journal.id, decisions);
  const left = journal.proposals.filter(({ number }) => !vanished.has(number));
  if (left.length === 0) {
    const reason = 'memory changed under all of its proposals';
    return [{ type: 'withdrawn', at: by.at, dream: journal.id, reason }];
  }
  return left.map((proposal) => rejectionOf(proposal, { dream: journal.id, ...by }));
}

export interface SettleOptions {
  readonly repository: Repository;
  readonly ledger: Ledger;
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** Where dreams are reviewed; without it, on their branches. */
  readonly pullRequests?: Pick<PullRequests, 'fateOf'>;
}

/** @param write false looks only: nothing is recorded, but what would be is taken into account. */
export async function settle(options: SettleOptions, write = true): Promise<Settled> {
  const { repository, ledger, now, pullRequests } = options;
  const view = await ledger.read();
  const open = openDream(await view.journals(), await view.decisions());
  if (open === undefined) return { view, open };
  const fate = await (pullRequests?.fateOf(open) ?? fateInGit(repository, open));
  const decisions = decisionsOf(open, fate, now, await view.decisions());
  const [first] = decisions;
  if (first === undefined) return { view, open };
  if (!write) return { view, open: undefined };
  const settled = await ledger.write(`Record that dream ${open.id} is ${first.type}`, () =>
    Promise.resolve({ decisions }),
  );
  return { view: settled, open: undefined };
}
