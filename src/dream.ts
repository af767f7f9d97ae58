/** One dream from start to end: orient, gather, consolidate, guard, render, remember (DESIGN section 2). */
import type { Config } from './core/config.ts';
import { choose } from './core/dream/choose.ts';
import type { Dreamer, DreamDraft, DreamInput } from './core/dream/dreamer.ts';
import { entryRecords } from './core/dream/entry-records.ts';
import { extractorVersion } from './core/dream/gather/gather.ts';
import { identify } from './core/dream/identity.ts';
import type { Decision, Journal, Outcome } from './core/dream/journal.ts';
import type { Ledger } from './core/dream/ledger.ts';
import { standing } from './core/dream/decisions.ts';
import { closedSignals } from './core/dream/open-signals.ts';
import { applied, renderCommits } from './core/dream/render-commits.ts';
import {
  count,
  type DreamReport,
  idle,
  outcomeMessage,
  recordProposal,
  reportOf,
} from './core/dream/report.ts';
import type { Draft, Proposal } from './core/dream/proposal.ts';
import type { PullRequests } from './core/dream/pull-requests.ts';
import { spentOf, type Purse } from './core/dream/purse.ts';
import type { Repository } from './core/dream/repository.ts';
import { dreamDue, isPaused, lastDream } from './core/dream/triggers.ts';
import { DreamkeeperError } from './core/error.ts';
import { clearProposals, type Guarded } from './core/guard/check.ts';
import type { Finding, Withheld } from './core/guard/finding.ts';
import { takesAway } from './core/guard/loss.ts';
import { memoryMatcher } from './core/memory/memory-paths.ts';
import { parseStore } from './core/memory/parse.ts';
import { renderProposals } from './core/memory/render.ts';
import { sizeOf } from './core/memory/size.ts';
import type { Redactor } from './core/sessions/redact.ts';
import { readExtracts, waitingObjects } from './extracts.ts';
import { openMeans, type Means, type Sharing } from './means.ts';
import { orient } from './orient.ts';
import { settle } from './settle.ts';

export interface DreamOptions {
  readonly repository: Repository;
  readonly ledger: Ledger;
  readonly dreamer: Dreamer;
  readonly redactor: Redactor;
  readonly config: Config;
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** Most proposals; default from the config. */
  readonly limit?: number;
  /** Where several repositories share a budget. */
  readonly sharing?: Sharing;
  /** Where dreams are reviewed; without it, on their branches. */
  readonly pullRequests?: Pick<PullRequests, 'fateOf' | 'isTouched'>;
  /** Proposes removals and corrections only, beyond what a dream may take away, each for a person to review. */
  readonly cleanUp?: boolean;
  /** Writes nothing. */
  readonly dryRun?: boolean;
  /** Dreams only when the triggers of the config say so. */
  readonly ifDue?: boolean;
  readonly onProgress?: (step: string) => void;
  readonly signal?: AbortSignal;
}

/** The JSON of the command, and the journal that a review is rendered from; it is missing when no dream ran. */
export interface DreamResult extends DreamReport {
  readonly journal?: Journal;
}

/**
 * Runs one dream. What it may end in is a value; it throws only when it cannot work at all.
 * @throws {DreamkeeperError} `repository` when there is no commit to dream on.
 */
export async function dream(options: DreamOptions): Promise<DreamResult> {
  const { repository, ledger, config, now, cleanUp = false } = options;
  const progress = options.onProgress ?? (() => undefined);

  // 1. Where do we stand: what became of the last dream, and what is the base?
  const { view, open } = await settle(options, options.dryRun !== true);
  const base = await repository.resolve('HEAD');
  if (base === undefined) {
    throw new DreamkeeperError('repository', 'the repository has no commit yet', {
      remedy: 'Commit the memory files first; a dream proposes changes to what is committed.',
    });
  }
  const past = { journals: await view.journals(), decisions: standing(await view.decisions()) };

  // 2. May we: nobody is reviewing the open dream, and, if asked, the triggers say so.
  if (open !== undefined && (await held(options, open, past.decisions))) {
    return idle('deferred', 'open-dream', `dream ${open.id} is being reviewed; accept or reject it first`);
  }
  const waiting = waitingObjects(view, past.journals);
  if (options.ifDue === true) {
    const last = lastDream(past.journals)?.at;
    const paused = isPaused(past.decisions, now);
    const due = dreamDue({
      config,
      now,
      waiting: waiting.size,
      paused,
      ...(last === undefined ? {} : { lastDream: last }),
    });
    if (!due.due) return idle(due.reason === 'nothing-new' ? 'nothing' : 'deferred', due.reason, due.message);
  }

  // 3. Orient: has anything changed since the last dream, and what do we remember? The base stands for all its files.
  const closed = closedSignals(past.journals, past.decisions);
  const rejections = past.decisions.filter((decision) => decision.type === 'rejected');
  const limit = options.limit ?? config.dream.proposals;
  const identity = identify(
    [
      extractorVersion,
      options.dreamer.name,
      config,
      limit,
      base,
      [...view.objects],
      [...closed].sort(),
      rejections.length,
      ...(cleanUp ? ['clean-up'] : []),
    ],
    now,
    config.dream.zone,
  );
  if (lastDream(past.journals)?.digest === identity.digest) {
    return idle(
      'nothing',
      'nothing-new',
      open === undefined
        ? 'nothing is new since the last dream'
        : `nothing is new; dream ${open.id} waits for review`,
    );
  }
  const files = await repository.readFiles(base, memoryMatcher(config.memory));
  const store = parseStore(files);

  // 4. Gather: the signals of all retained sessions, read from the ledger or taken now.
  const { extracts, fresh } = await readExtracts(view, waiting, progress);
  const known = await orient(options, { store, base, view, extracts, decisions: past.decisions });
  const guard: Guard = (proposals) =>
    clearProposals({ store, proposals, input: known, past, redactor: options.redactor, cleanUp });

  // 5. Consolidate: the dreamer turns store and signals into drafts; each needs a signal that is still open.
  progress(
    `dreaming over ${count(extracts.length, 'session')} and ${count(store.entries.size, 'entry', 'entries')}`,
  );
  const means = await openMeans(options, identity.id, view);
  if ('refused' in means)
    return idle('deferred', 'budget', `${means.refused}; it says so under budget in the config`);
  const draft = await dreamWithin(options, means, {
    ...known,
    purse: means.purse,
    notes: means.notes,
    objects: new Map(extracts.map(({ session, object }) => [session.id, object])),
    closed,
    urgent: options.ifDue !== true,
    check: (drafts) => findingsOf(guard, drafts),
    progress,
  });
  if (draft.waiting !== undefined) {
    await recordSpending(options, identity.id, means.close());
    return idle('deferred', 'waiting', draft.waiting);
  }
  const drafts = draft.proposals.filter(
    (candidate) => candidate.signals.some((id) => !closed.has(id)) && (!cleanUp || takesAway(candidate)),
  );

  // 6. Guard: each draft, then the dream; the best that pass, in the order a reviewer reads.
  progress(`checking ${count(drafts.length, 'proposal')}`);
  const { cleared, withheld: blocked, deferred } = await choose(drafts, limit, guard);
  const withheld = [...blocked, ...heldBack(draft, cleared.length + blocked.length)];

  // 7. Render: one commit per proposal, by code.
  const commits = renderCommits(store, cleared, identity.id, options.pullRequests !== undefined);
  const outcome: Outcome = cleared.length > 0 ? 'proposed' : withheld.length > 0 ? 'withheld' : 'nothing';
  const reason = outcome === 'proposed' ? 'proposed' : outcome === 'withheld' ? 'guard' : 'nothing-to-change';
  // The pull request of an open dream stays where it is: it is of that branch.
  const kept = options.pullRequests === undefined ? undefined : open?.branch;
  const branch = kept ?? `dream/${identity.id}`;
  const heads =
    options.dryRun === true || commits.length === 0
      ? []
      : await repository.writeBranch({
          branch,
          base,
          commits: commits.map((commit) => commit.commit),
          at: now,
          ...(await expected(repository, branch)),
        });

  // 8. Remember: the journal, the extracts, and what became of a dream this one replaces.
  const commitOf = new Map(commits.map((commit, at) => [commit.number, heads[at]]));
  const onto = await repository.currentBranch();
  const usage = usageOf(means.purse);
  const journal: Journal = {
    version: 1,
    id: identity.id,
    at: now,
    dreamer: options.dreamer.name,
    base,
    digest: identity.digest,
    ...(onto === undefined ? {} : { onto }),
    ...(outcome === 'proposed' ? { branch, head: heads.at(-1) ?? base } : {}),
    ...(outcome === 'proposed' && kept !== undefined && open !== undefined ? goingOn(open) : {}),
    ...(cleanUp ? { cleanUp: true as const } : {}),
    outcome,
    reason,
    inputs: extracts.map((extract) => ({
      session: extract.session.id,
      events: extract.session.eventCount,
      object: extract.object,
    })),
    proposals: cleared.map((proposal) =>
      recordProposal(store, proposal, commits, commitOf.get(proposal.number)),
    ),
    withheld: withheld.map((proposal) => recordProposal(store, proposal, [], undefined)),
    questions: [...draft.questions],
    leads: [...draft.leads, ...deferred],
    before: sizeOf(store),
    after: sizeOf(parseStore(applied(files, renderProposals(store, cleared)))),
    ...(usage === undefined ? {} : { usage }),
    ...(draft.remarks === undefined || draft.remarks.length === 0 ? {} : { remarks: [...draft.remarks] }),
    ...(draft.agents === undefined || draft.agents.length === 0 ? {} : { agents: [...draft.agents] }),
  };
  if (options.dryRun !== true) {
    progress('writing the journal');
    await ledger.write(`Dream ${identity.id}`, () =>
      Promise.resolve({
        journals: [journal],
        extracts: fresh,
        decisions: [...superseded(open, journal, now), ...means.close()],
        entries: entryRecords(store, known.signals, known.repository),
        ...(draft.notes === undefined ? {} : { notes: draft.notes }),
      }),
    );
    // A pull request is closed with a word, not by taking its branch away.
    if (options.pullRequests === undefined && open?.branch !== undefined && open.head !== undefined) {
      if (open.branch !== branch) await repository.deleteBranch(open.branch, open.head);
    }
  }
  return { ...reportOf(journal, outcomeMessage(journal, deferred.length)), journal };
}

type Guard = (proposals: readonly Proposal[]) => Promise<Guarded>;

/** What was spent is recorded also when it was for nothing. */
async function dreamWithin(options: DreamOptions, means: Means, input: DreamInput): Promise<DreamDraft> {
  try {
    return await options.dreamer.dream(input);
  } catch (error) {
    await recordSpending(options, 'that failed', means.close());
    throw error;
  }
}

async function recordSpending(
  { ledger, dryRun }: DreamOptions,
  dream: string,
  decisions: readonly Decision[],
): Promise<void> {
  if (dryRun === true || decisions.length === 0) return;
  await ledger.write(`Record what dream ${dream} spent`, () => Promise.resolve({ decisions }));
}

/** What the guard says of drafts, in their order. */
async function findingsOf(guard: Guard, drafts: readonly Draft[]): Promise<(readonly Finding[])[]> {
  const { cleared, withheld } = await guard(drafts.map((draft, at) => ({ ...draft, number: at + 1 })));
  const found = new Map([...cleared, ...withheld].map(({ number, findings }) => [number, findings]));
  return drafts.map((_, at) => found.get(at + 1) ?? []);
}

/** What the dreamer would not stand for itself, numbered after all others. */
function heldBack({ withheld = [] }: DreamDraft, before: number): Withheld[] {
  return withheld.map((draft, at) => ({ ...draft, number: before + at + 1 }));
}

function usageOf(purse: Purse): Journal['usage'] {
  const bills = purse.bills();
  if (bills.length === 0) return undefined;
  const sum = (of: (bill: (typeof bills)[number]) => number): number =>
    bills.reduce((total, bill) => total + of(bill), 0);
  return {
    inputTokens: sum((bill) => bill.inputTokens + bill.cacheReadTokens + bill.cacheWriteTokens),
    outputTokens: sum((bill) => bill.outputTokens),
    usd: spentOf(bills).usd,
    bills: bills.map((bill) => ({ ...bill })),
  };
}

function held(
  { repository, pullRequests }: DreamOptions,
  open: Journal,
  decisions: readonly Decision[],
): Promise<boolean> {
  return pullRequests?.isTouched(open, decisions) ?? isTouched(repository, open, decisions);
}

/** What a dream takes over from the one whose pull request it goes on with. */
function goingOn({ head, heads = [], pullRequest }: Journal): Pick<Journal, 'heads' | 'pullRequest'> {
  return {
    heads: [...heads, ...(head === undefined ? [] : [head])],
    ...(pullRequest === undefined ? {} : { pullRequest }),
  };
}

/** A reviewer has begun, or works on the branch: then it is no longer ours to replace. */
export async function isTouched(
  repository: Repository,
  open: Journal,
  decisions: readonly Decision[],
): Promise<boolean> {
  const judged = decisions.some(
    (decision) => (decision.type === 'dropped' || decision.type === 'restored') && decision.dream === open.id,
  );
  if (judged || open.branch === undefined) return judged;
  const head = await repository.resolve(`refs/heads/${open.branch}`);
  return (head !== undefined && head !== open.head) || (await repository.currentBranch()) === open.branch;
}

/** A branch of this name that no journal knows was left by a dream that died: it is ours to replace. */
async function expected(repository: Repository, branch: string): Promise<{ expected?: string }> {
  const head = await repository.resolve(`refs/heads/${branch}`);
  return head === undefined ? {} : { expected: head };
}

function superseded(open: Journal | undefined, journal: Journal, now: string): Decision[] {
  if (open === undefined || open.id === journal.id) return [];
  return [{ type: 'withdrawn', at: now, dream: open.id, reason: `replaced by dream ${journal.id}` }];
}
