/** Memory moved under an open dream: what it would change is dropped where it changed, and the rest follows. */
import type { Decision, Journal, JournalProposal } from './core/dream/journal.ts';
import { proposalSchema } from './core/dream/proposal.ts';
import { rejectionOf } from './core/dream/rejection.ts';
import { changedUnder, vanishedFrom, withLines } from './core/dream/vanished.ts';
import type { Withheld } from './core/guard/finding.ts';
import { sizeOf } from './core/memory/size.ts';
import { parseStore } from './core/memory/parse.ts';
import type { Gone } from './core/review/life-notes.ts';
import { droppedFrom } from './core/review/state.ts';
import { renderAgain, type GuardAgain, type OpenReview, type ReviewOptions } from './render-again.ts';

export interface BaseOptions extends Pick<ReviewOptions, 'repository' | 'ledger' | 'now' | 'pullRequests'> {
  readonly guard: GuardAgain;
  /** Which paths are memory. */
  readonly isMemory: (path: string) => boolean;
  /** Whether a person would have to merge two commits. */
  readonly conflicts: (ours: string, theirs: string) => Promise<boolean>;
  /** The commits that changed a file, oldest first. */
  readonly changesOf: (
    path: string,
    range: { readonly after: string; readonly to: string },
  ) => Promise<readonly string[]>;
}

/** What it takes to see what a new base does to a dream. */
export type Looking = Pick<BaseOptions, 'repository' | 'isMemory' | 'conflicts' | 'changesOf'>;

export interface BaseMoved {
  readonly base: string;
  readonly gone: readonly Gone[];
  /** Git cannot merge the two by itself. */
  readonly conflicting: boolean;
}

/** @returns undefined when the base is where it was, or the repository has no commit any more. */
export async function lookAtBase(
  options: Looking,
  { journal, dropped, tip }: Pick<OpenReview, 'journal' | 'dropped' | 'tip'>,
): Promise<BaseMoved | undefined> {
  const { repository, isMemory } = options;
  const base = await repository.resolve('HEAD');
  if (base === undefined || base === journal.base) return undefined;
  const store = parseStore(await repository.readFiles(base, isMemory));
  const gone: Gone[] = [];
  for (const proposal of journal.proposals) {
    if (dropped.has(proposal.number) || changedUnder(proposal, store) === undefined) continue;
    gone.push({ number: proposal.number, reason: await whyGone(options, proposal, journal, base) });
  }
  return { base, gone, conflicting: await isApart(options, journal, base, tip) };
}

/** History that was rewritten counts as well: the pull request would bring the old one back. */
async function isApart(
  { repository, isMemory, conflicts }: Looking,
  journal: Journal,
  base: string,
  tip: string | undefined,
): Promise<boolean> {
  if (tip === undefined) return false;
  if (!(await repository.isAncestor(journal.base, base))) return true;
  // A copy without contents has these brought.
  for (const commit of [journal.base, tip]) await repository.readFiles(commit, isMemory);
  return conflicts(base, tip);
}

async function whyGone(
  { repository, changesOf }: Looking,
  proposal: JournalProposal,
  journal: Journal,
  base: string,
): Promise<string> {
  const onto = (await repository.currentBranch()) ?? journal.onto ?? 'the default branch';
  const files = new Set(proposal.before.map(({ file }) => file));
  for (const file of files)
    for (const commit of await changesOf(file, { after: journal.base, to: base })) {
      const store = parseStore(await repository.readFiles(commit, (path) => files.has(path)));
      if (changedUnder(proposal, store) !== undefined)
        return `the entry changed on ${onto} in ${commit.slice(0, 7)}`;
    }
  return `the entry changed on ${onto}`;
}

export interface Followed {
  /** Numbers that were dropped now. */
  readonly dropped: readonly number[];
  readonly state: 'as-it-was' | 'rendered' | 'withdrawn' /** A person committed to the branch. */ | 'theirs';
}

/**
 * Drops what memory changed under, and renders the rest on the new base where something was dropped or it cannot be
 * merged as it is. Decisions and journal are on the ledger then; showing it is the caller's. Doing it twice changes nothing.
 */
export async function followBase(options: BaseOptions, review: OpenReview): Promise<Followed> {
  const moved = await lookAtBase(options, review);
  if (moved === undefined || (moved.gone.length === 0 && !moved.conflicting))
    return { dropped: [], state: 'as-it-was' };
  if (review.others) return { dropped: [], state: 'theirs' };
  const onNewBase = await guardOnBase(options, review, moved);
  const { kept, gone, store } = onNewBase;
  const decisions = droppedBecause(review.journal.id, options.now, gone);
  const numbers = gone.map(({ number }) => number).sort((a, b) => a - b);
  if (kept.length === 0) {
    await write(options, review, { decisions: [...decisions, ...(await nothingLeft(options, review))] });
    return { dropped: numbers, state: 'withdrawn' };
  }
  const onto = (await options.repository.currentBranch()) ?? review.journal.onto;
  const journal = {
    ...review.journal,
    base: moved.base,
    before: sizeOf(store),
    ...(onto === undefined ? {} : { onto }),
  };
  const known: GuardAgain = () => Promise.resolve({ store, cleared: onNewBase.cleared, withheld: [] });
  const rendered = await renderAgain(options, { ...review, journal }, kept, known);
  await write(options, review, { journals: [rendered], decisions });
  return { dropped: numbers, state: 'rendered' };
}

/** What is left passes the guard on the new base; what does not is dropped with the guard's reason. */
async function guardOnBase({ guard }: BaseOptions, review: OpenReview, { base, gone }: BaseMoved) {
  const { journal, dropped } = review;
  const out = new Set([...dropped, ...gone.map(({ number }) => number)]);
  const left = journal.proposals.filter(({ number }) => !out.has(number));
  const { store, cleared, withheld } = await guard(
    { ...review, journal: { ...journal, base } },
    left.map((proposal) => proposalSchema.strip().parse(proposal)),
  );
  const numbers = new Set(cleared.map(({ number }) => number));
  return {
    store,
    cleared,
    kept: left.filter(({ number }) => numbers.has(number)).map((proposal) => withLines(proposal, store)),
    gone: [...gone, ...withheld.map((blocked) => ({ number: blocked.number, reason: reasonOf(blocked) }))],
  };
}

function reasonOf({ findings }: Withheld): string {
  const found = findings.find(({ severity }) => severity === 'block')?.message;
  return found === undefined ? 'it does not pass the guard any more' : `on the new base: ${found}`;
}

/** One decision for each reason. */
function droppedBecause(dream: string, at: string, gone: readonly Gone[]): readonly Decision[] {
  return [...Map.groupBy(gone, ({ reason }) => reason)].map(([reason, all]): Decision => ({
    ...{ type: 'dropped', at, dream, reason, because: 'vanished' },
    proposals: all.map(({ number }) => number),
  }));
}

/** It is over, and what people had left out of it before is what they did not want. */
async function nothingLeft(
  { now }: BaseOptions,
  { journal, view }: OpenReview,
): Promise<readonly Decision[]> {
  const all = await view.decisions();
  const vanished = vanishedFrom(journal.id, all);
  const unwanted = [...droppedFrom(journal.id, all)].filter((number) => !vanished.has(number));
  const rejections = journal.proposals
    .filter(({ number }) => unwanted.includes(number))
    .map((proposal) => rejectionOf(proposal, { at: now, ...dropperOf(journal.id, proposal.number, all) }));
  const reason = 'memory changed under all that was left of it';
  return [...rejections, { type: 'withdrawn', at: now, dream: journal.id, reason }];
}

function dropperOf(dream: string, number: number, decisions: readonly Decision[]) {
  const drops = decisions.flatMap((decision) => (decision.type === 'dropped' ? [decision] : []));
  const last = drops.findLast((drop) => drop.dream === dream && drop.proposals.includes(number));
  const person = last?.person;
  return { dream, ...(person === undefined ? {} : { person }) };
}

async function write(
  { ledger }: BaseOptions,
  { journal }: OpenReview,
  change: { readonly journals?: readonly Journal[]; readonly decisions: readonly Decision[] },
): Promise<void> {
  await ledger.write(`Follow the base of dream ${journal.id}`, () => Promise.resolve(change));
}
