/** May a pull request be merged, and if not, why: what Git says, and what the branch's protection says. */
import { mergedTree } from '../git/write.ts';
import { commitsBetween, isAncestor } from '../git/repository.ts';
import { atLeast } from '../state/account.ts';
import type { PullIssue, Review } from '../state/issue.ts';
import type { Protection, Repository } from '../state/repository.ts';
import { roleOf } from '../state/state.ts';
import { ownersOf } from './code-owners.ts';
import { requirementsOf } from './requirements.ts';

export interface Mergeability {
  /** Null: not computed yet. GitHub says so at the first time of asking after a change. */
  readonly mergeable: boolean | null;
  readonly state: 'unknown' | 'clean' | 'dirty' | 'blocked' | 'behind' | 'unstable' | 'draft';
}

/** @param asked whether this is a request that makes GitHub compute it; others see what is known. */
export async function mergeabilityOf(
  repository: Repository,
  issue: PullIssue,
  asked: boolean,
): Promise<Mergeability> {
  const { pull } = issue;
  if (issue.closed !== undefined) return { mergeable: null, state: 'unknown' };
  const key = `${pull.headSha} ${pull.baseSha}`;
  if (!pull.computed.has(key)) {
    if (asked) pull.computed.add(key);
    return { mergeable: null, state: 'unknown' };
  }
  if (!(await mergesCleanly(repository, issue))) return { mergeable: false, state: 'dirty' };
  return { mergeable: true, state: await stateOf(repository, issue) };
}

export async function mergesCleanly(repository: Repository, { pull }: PullIssue): Promise<boolean> {
  return (await mergedTree(repository.dir, pull.baseSha, pull.headSha)) !== undefined;
}

async function stateOf(repository: Repository, issue: PullIssue): Promise<Mergeability['state']> {
  const { pull } = issue;
  if (pull.draft) return 'draft';
  const protection = requirementsOf(repository, pull.base);
  const unmet = await unmetRequirements(repository, issue);
  if (unmet.some(({ kind }) => kind === 'behind')) return 'behind';
  if (unmet.length > 0) return 'blocked';
  const runs = [...repository.checkRuns.values()].filter(({ headSha }) => headSha === pull.headSha);
  const required = new Set(protection?.checks);
  return runs.some((run) => !required.has(run.name) && !hasSucceeded(run.conclusion)) ? 'unstable' : 'clean';
}

export interface Unmet {
  readonly kind: 'review' | 'check' | 'behind' | 'signature';
  /** In GitHub's words. */
  readonly message: string;
}

/** What the protection of the base branch asks for and the pull request does not have. */
export async function unmetRequirements(repository: Repository, issue: PullIssue): Promise<Unmet[]> {
  const protection = requirementsOf(repository, issue.pull.base);
  if (protection === undefined) return [];
  return [
    ...unmetReviews(repository, issue, protection),
    ...(await unmetOwners(repository, issue, protection)),
    ...unmetChecks(repository, issue.pull.headSha, protection),
    ...(await unsigned(repository, issue, protection)),
    ...(await behind(repository, issue, protection)),
  ];
}

/** The last word of each reviewer who may write and did not open it. */
function countingReviews(repository: Repository, issue: PullIssue): Review[] {
  const latest = new Map<string, Review>();
  for (const review of issue.pull.reviews.values())
    if (review.state === 'APPROVED' || review.state === 'CHANGES_REQUESTED' || review.state === 'DISMISSED')
      latest.set(review.user.login, review);
  return [...latest.values()].filter(
    ({ user }) => user.id !== issue.user.id && atLeast(roleOf(repository, user), 'write'),
  );
}

function unmetReviews(repository: Repository, issue: PullIssue, protection: Protection): Unmet[] {
  const counting = countingReviews(repository, issue);
  if (protection.approvals > 0 && counting.some(({ state }) => state === 'CHANGES_REQUESTED'))
    return [{ kind: 'review', message: 'Changes requested by a reviewer with write access.' }];
  const approvals = counting.filter(({ state }) => state === 'APPROVED').length;
  if (approvals >= protection.approvals) return [];
  const n = protection.approvals;
  const message = `At least ${n} approving review${n === 1 ? ' is' : 's are'} required by reviewers with write access.`;
  return [{ kind: 'review', message }];
}

async function unmetOwners(
  repository: Repository,
  issue: PullIssue,
  { codeOwners }: Protection,
): Promise<Unmet[]> {
  if (!codeOwners) return [];
  const approved = new Set(
    countingReviews(repository, issue)
      .filter(({ state }) => state === 'APPROVED')
      .map(({ user }) => user.login),
  );
  const waiting = (await ownersOf(repository, issue)).filter(
    (owners) => !owners.some((one) => approved.has(one)),
  );
  const [names] = waiting;
  if (names === undefined) return [];
  return [{ kind: 'review', message: `Waiting on code owner review from ${names.join(' and/or ')}.` }];
}

/** Commits of GitHub itself are signed; those of a push are not. */
async function unsigned(
  repository: Repository,
  { pull }: PullIssue,
  { signatures }: Protection,
): Promise<Unmet[]> {
  if (!signatures) return [];
  const shas = await commitsBetween(repository.dir, pull.baseSha, pull.headSha);
  if (shas.every((sha) => repository.verified.has(sha))) return [];
  return [{ kind: 'signature', message: 'Commits must have verified signatures.' }];
}

export function unmetChecks(repository: Repository, sha: string, protection: Protection): Unmet[] {
  return protection.checks.flatMap((name): Unmet[] => {
    const runs = [...repository.checkRuns.values()].filter((run) => run.headSha === sha && run.name === name);
    const last = runs.at(-1);
    if (last === undefined)
      return [{ kind: 'check', message: `Required status check "${name}" is expected.` }];
    if (hasSucceeded(last.conclusion)) return [];
    const what = last.conclusion === null ? 'in progress' : 'failing';
    return [{ kind: 'check', message: `Required status check "${name}" is ${what}.` }];
  });
}

async function behind(repository: Repository, { pull }: PullIssue, protection: Protection): Promise<Unmet[]> {
  if (!protection.strict || (await isAncestor(repository.dir, pull.baseSha, pull.headSha))) return [];
  return [{ kind: 'behind', message: 'The head branch is not up to date with the base branch.' }];
}

function hasSucceeded(conclusion: string | null): boolean {
  return conclusion === 'success' || conclusion === 'neutral' || conclusion === 'skipped';
}
