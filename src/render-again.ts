/** Renders an open dream anew: without what was left out, or on a newer base. */
import type { Journal, JournalProposal } from './core/dream/journal.ts';
import type { Ledger, LedgerView } from './core/dream/ledger.ts';
import { proposalSchema, type Proposal } from './core/dream/proposal.ts';
import type { PullRequests } from './core/dream/pull-requests.ts';
import { applied, renderCommits, type NumberedCommit } from './core/dream/render-commits.ts';
import type { RenderedCommit, Repository } from './core/dream/repository.ts';
import { DreamkeeperError } from './core/error.ts';
import { atTerminal, type Advice } from './review-advice.ts';
import type { Cleared, Withheld } from './core/guard/finding.ts';
import type { Store } from './core/memory/entry.ts';
import { parseStore } from './core/memory/parse.ts';
import { renderProposals } from './core/memory/render.ts';
import { sizeOf } from './core/memory/size.ts';

export interface ReviewOptions {
  readonly repository: Repository;
  readonly ledger: Ledger;
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** Who decides. */
  readonly person?: string;
  /** Where dreams are reviewed; without it, on their branches. */
  readonly pullRequests?: Pick<PullRequests, 'fateOf' | 'isTouched'>;
  /** Whether people have committed to the branch; told by its tip where nobody knows better. */
  readonly hasOthers?: (journal: Journal) => Promise<boolean>;
  /** Where they read what went wrong; at a terminal unless said otherwise. */
  readonly advice?: Advice;
}

export interface OpenReview {
  readonly view: LedgerView;
  readonly journal: Journal & { readonly branch: string; readonly head: string };
  readonly dropped: ReadonlySet<number>;
  /** Where the dream branch is now; it has none while no proposal in it changes memory. */
  readonly tip: string | undefined;
  /** People have committed to it: it is not rendered over what they did. */
  readonly others: boolean;
}

/** Reads the store at the dream's base and guards some of its proposals again. */
export type GuardAgain = (
  review: OpenReview,
  proposals: readonly Proposal[],
) => Promise<{
  readonly store: Store;
  readonly cleared: readonly Cleared[];
  readonly withheld: readonly Withheld[];
}>;

/**
 * Guards what is kept again and renders the branch anew, on the base that the journal of the review names.
 * @param kept as they shall be from now on; others of the journal stay as they are.
 * @returns the journal with the new commits; the branch is written, the journal is not.
 * @throws {DreamkeeperError} `conflict` when what is left does not pass the guard, or the branch was moved meanwhile.
 */
export async function renderAgain(
  options: Pick<ReviewOptions, 'repository' | 'pullRequests' | 'advice'>,
  review: OpenReview,
  kept: readonly JournalProposal[],
  guard: GuardAgain,
): Promise<Journal> {
  const { journal } = review;
  const { store, cleared, withheld } = await guard(
    review,
    kept.map((proposal) => proposalSchema.strip().parse(proposal)),
  );
  requireStanding(withheld, options.advice);
  const commits = renderCommits(store, cleared, journal.id, options.pullRequests !== undefined);
  const written = await writeAgain(
    options.repository,
    review,
    commits.map(({ commit }) => commit),
  );
  const commitOf = new Map(commits.map(({ number }, at) => [number, written[at]]));
  const wanted = new Map(kept.map((proposal) => [proposal.number, proposal]));
  const guarded = new Map(cleared.map((proposal) => [proposal.number, recordedOf(proposal, commits)]));
  const proposals = journal.proposals.map((proposal) => ({
    ...withCommit(wanted.get(proposal.number) ?? proposal, commitOf.get(proposal.number)),
    ...guarded.get(proposal.number),
  }));
  const after = sizeOf(parseStore(applied(store.files, renderProposals(store, cleared))));
  const head = written.at(-1) ?? journal.base;
  const heads =
    head === journal.head
      ? journal.heads
      : [...(journal.heads ?? []).filter((each) => each !== head), journal.head];
  return { ...journal, proposals, after, head, ...(heads === undefined ? {} : { heads }) };
}

/** What guarding and rendering it again found out about a proposal. */
function recordedOf(
  { number, findings }: Cleared,
  commits: readonly NumberedCommit[],
): Pick<JournalProposal, 'findings' | 'added'> {
  const added = commits.find((commit) => commit.number === number)?.added ?? [];
  return { findings: [...findings], added };
}

/** @throws {DreamkeeperError} `conflict` when the guard withholds a proposal. */
export function requireStanding([blocked]: readonly Withheld[], advice = atTerminal): void {
  if (blocked === undefined) return;
  const why = blocked.findings.find(({ severity }) => severity === 'block')?.message ?? 'the guard blocks it';
  throw new DreamkeeperError('conflict', `proposal ${blocked.number} cannot stand: ${why}`, {
    remedy: advice.leaveOutAsWell(blocked.number),
  });
}

async function writeAgain(
  repository: Repository,
  { journal, tip }: OpenReview,
  commits: readonly RenderedCommit[],
): Promise<readonly string[]> {
  if (commits.length > 0)
    return repository.writeBranch({
      branch: journal.branch,
      base: journal.base,
      commits,
      at: journal.at,
      ...(tip === undefined ? {} : { expected: tip }),
    });
  if (tip !== undefined) await repository.deleteBranch(journal.branch, tip);
  return [];
}

/** A proposal that is left out has no commit. */
function withCommit(proposal: JournalProposal, commit: string | undefined): JournalProposal {
  const { commit: before, ...rest } = proposal;
  if (commit === undefined) return rest;
  return commit === before ? proposal : { ...rest, commit };
}
