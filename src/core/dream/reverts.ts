/** Who takes merged proposals back says no to them: told from the messages of the commits that do. */
import { parseTrailers } from '../review/commit-message.ts';
import type { Decision, Journal, JournalProposal, Rejection } from './journal.ts';
import { rejectionOf } from './rejection.ts';

export interface RevertCommit {
  readonly commit: string;
  readonly author: string;
  readonly message: string;
}

export interface Reverted {
  /** Ids of commits, in full or their beginning. */
  readonly commits: readonly string[];
  readonly pulls: readonly { readonly repository?: string; readonly number: number }[];
}

const ofCommit = /^ *This reverts commit ([0-9a-f]{7,64})\b/gm;
const ofPull = /^ *Reverts (?:([\w.-]{1,100}\/[\w.-]{1,100}))?#([1-9]\d{0,9})\b/gm;

/** What a commit message says it takes back, in the words of Git and of GitHub. */
export function revertedIn(message: string): Reverted {
  const text = message.replace(/\r\n?/g, '\n');
  return {
    commits: [...text.matchAll(ofCommit)].map(([, id = '']) => id),
    pulls: [...text.matchAll(ofPull)].map(([, repository, number]) => ({
      number: Number(number),
      ...(repository === undefined ? {} : { repository }),
    })),
  };
}

/** @param log newest first. @returns those that were not taken back themselves. */
export function standingReverts(log: readonly RevertCommit[]): readonly RevertCommit[] {
  const cancelled: string[] = [];
  return log.filter(({ commit, message }) => {
    if (cancelled.some((id) => commit.startsWith(id))) return false;
    cancelled.push(...revertedIn(message).commits);
    return true;
  });
}

export type Merged = Extract<Decision, { type: 'merged' }>;

export interface RevertInput {
  readonly journals: readonly Journal[];
  /** As they stand (decisions.ts). */
  readonly decisions: readonly Decision[];
  /** Newest first, without those that were taken back themselves. */
  readonly reverts: readonly RevertCommit[];
  /** The whole message of a commit that one of them names; undefined when it is not there. */
  readonly messageOf: (commit: string) => string | undefined;
  /** `owner/name` of the repository. */
  readonly repository: string;
  /** ISO 8601 in UTC. */
  readonly now: string;
}

/** @returns a rejection for each merged proposal that was taken back; none that is on the ledger already. */
export function rejectionsOf(input: RevertInput): readonly Rejection[] {
  const { decisions, journals, reverts, now } = input;
  const byId = new Map(journals.map((journal) => [journal.id, journal]));
  const found = new Map<string, Rejection>();
  for (const merged of decisions.filter((decision) => decision.type === 'merged')) {
    const journal = byId.get(merged.dream);
    if (journal === undefined) continue;
    for (const revert of reverts)
      for (const proposal of revertedBy(revert, merged, journal, input)) {
        const key = `${journal.id} ${proposal.number}`;
        if (found.has(key) || isRejected(decisions, journal.id, proposal.number)) continue;
        const reason = `taken back in ${revert.commit.slice(0, 7)}`;
        const by = { at: now, dream: journal.id, person: revert.author, reason };
        found.set(key, rejectionOf(proposal, by));
      }
  }
  return [...found.values()];
}

function isRejected(decisions: readonly Decision[], dream: string, number: number): boolean {
  return decisions.some(
    (decision) => decision.type === 'rejected' && decision.dream === dream && decision.number === number,
  );
}

/** A commit that names proposals stands for those; the commit of the merge, and the pull request, for all of them. */
function revertedBy(
  { message }: RevertCommit,
  merged: Merged,
  journal: Journal,
  { repository, messageOf }: RevertInput,
): readonly JournalProposal[] {
  const { commits, pulls } = revertedIn(message);
  const ours = (name: string | undefined): boolean =>
    name === undefined || name.toLowerCase() === repository.toLowerCase();
  const all = journal.proposals.filter(({ number }) => merged.proposals.includes(number));
  if (pulls.some((pull) => pull.number === journal.pullRequest && ours(pull.repository))) return all;
  const named = new Set<number>();
  for (const id of commits) {
    const numbers = parseTrailers(messageOf(id) ?? '')
      .filter(({ dream }) => dream === journal.id)
      .map(({ proposal }) => proposal);
    if (numbers.length === 0 && merged.commit.startsWith(id)) return all;
    for (const number of numbers) named.add(number);
  }
  return all.filter(({ number }) => named.has(number));
}
