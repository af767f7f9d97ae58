/** One dream from start to end: orient, gather, consolidate, guard, render, remember (DESIGN section 2). */
import type { Config } from './core/config.ts';
import { choose } from './core/dream/choose.ts';
import type { Dreamer } from './core/dream/dreamer.ts';
import { entryRecords } from './core/dream/entry-records.ts';
import { extractorVersion } from './core/dream/gather/gather.ts';
import { identify } from './core/dream/identity.ts';
import { journalOf } from './core/dream/journal-of.ts';
import type { Decision, Journal } from './core/dream/journal.ts';
import type { Ledger } from './core/dream/ledger.ts';
import { standing } from './core/dream/decisions.ts';
import { closedSignals } from './core/dream/open-signals.ts';
import { renderCommits } from './core/dream/render-commits.ts';
import { count, type DreamReport, idle, outcomeMessage, reportOf } from './core/dream/report.ts';
import type { PullRequests } from './core/dream/pull-requests.ts';
import type { Repository } from './core/dream/repository.ts';
import { dreamDue, isPaused, lastDream } from './core/dream/triggers.ts';
import { DreamkeeperError } from './core/error.ts';
import { clearProposals } from './core/guard/check.ts';
import { takesAway } from './core/guard/loss.ts';
import { memoryMatcher } from './core/memory/memory-paths.ts';
import { parseStore } from './core/memory/parse.ts';
import type { Redactor } from './core/sessions/redact.ts';
import { readExtracts, waitingObjects } from './extracts.ts';
import { consolidate, type Guard } from './consolidate.ts';
import type { Sharing } from './means.ts';
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
  const consolidated = await consolidate(options, {
    dream: identity.id,
    view,
    known,
    extracts,
    closed,
    guard,
  });
  if ('deferred' in consolidated) return idle('deferred', consolidated.deferred, consolidated.message);
  const { draft, means } = consolidated;
  const drafts = draft.proposals.filter(
    (candidate) => candidate.signals.some((id) => !closed.has(id)) && (!cleanUp || takesAway(candidate)),
  );

  // 6. Guard: each draft, then the dream; the best that pass, in the order a reviewer reads.
  progress(`checking ${count(drafts.length, 'proposal')}`);
  const { cleared, withheld: blocked, deferred } = await choose(drafts, limit, guard);
  // What the dreamer would not stand for itself comes after all others.
  const heldBack = (draft.withheld ?? []).map((each, at) => ({
    ...each,
    number: cleared.length + blocked.length + at + 1,
  }));
  const withheld = [...blocked, ...heldBack];

  // 7. Render: one commit per proposal, by code.
  const commits = renderCommits(store, cleared, identity.id, options.pullRequests !== undefined);
  // The pull request of an open dream stays where it is: it is of that branch.
  const goesOn = options.pullRequests === undefined ? undefined : open;
  const branch = goesOn?.branch ?? `dream/${identity.id}`;
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
  const journal = journalOf({
    ...{
      identity,
      base,
      branch,
      heads,
      goesOn,
      store,
      files,
      extracts,
      commits,
      cleared,
      withheld,
      deferred,
    },
    ...{ draft, cleanUp, at: now, dreamer: options.dreamer.name, bills: means.purse.bills() },
    onto: await repository.currentBranch(),
  });
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

function held(
  { repository, pullRequests }: DreamOptions,
  open: Journal,
  decisions: readonly Decision[],
): Promise<boolean> {
  return pullRequests?.isTouched(open, decisions) ?? isTouched(repository, open, decisions);
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
