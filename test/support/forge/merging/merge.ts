/** Merges pull requests with Git, by the three methods. */
import { readCommit, type Identity } from '../git/commit.ts';
import { git } from '../git/run.ts';
import { mergedTree, rebased, writeCommit } from '../git/write.ts';
import { Refusal } from '../server/handler.ts';
import type { Account } from '../state/account.ts';
import type { MergeMethod, PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { pullView } from '../views/pull.ts';
import { closePull, moveBranch } from '../webhooks/pushes.ts';
import { timestamp, type World } from '../world.ts';
import { unmetRequirements } from './mergeable.ts';

export interface MergeWish {
  readonly by: Account;
  readonly method: MergeMethod;
  /** The head that was looked at. */
  readonly sha?: string;
  readonly title?: string;
  readonly message?: string;
}

/** @throws {Refusal} 405 or 409, in GitHub's words, when it may not be merged as it is. */
export async function mergePull(
  world: World,
  repository: Repository,
  issue: PullIssue,
  wish: MergeWish,
): Promise<string> {
  const { pull } = issue;
  if (issue.closed !== undefined || pull.draft) throw new Refusal(405, 'Pull Request is not mergeable');
  if (wish.sha !== undefined && wish.sha !== pull.headSha)
    throw new Refusal(409, 'Head branch was modified. Review and try the merge again.');
  if (!repository.merging[wish.method])
    throw new Refusal(405, `${capital(wish.method)} merges are not allowed on this repository.`);
  const [unmet] = await unmetRequirements(repository, issue);
  if (unmet !== undefined) throw new Refusal(405, unmet.message);
  if (repository.mergeQueues.has(pull.base))
    throw new Refusal(405, 'Changes must be made through the merge queue.');
  return finishMerge(world, repository, issue, wish);
}

const capital = (method: MergeMethod): string => `${method.slice(0, 1).toUpperCase()}${method.slice(1)}`;

/** Writes the merge, moves the base branch and closes the pull request. */
export async function finishMerge(
  world: World,
  repository: Repository,
  issue: PullIssue,
  wish: MergeWish,
): Promise<string> {
  const { pull } = issue;
  // The queue has built the commit already, and its checks ran on that one.
  const sha = pull.queued?.sha ?? (await mergeCommit(world, repository, issue, wish));
  if (sha === undefined) throw new Refusal(405, 'Pull Request is not mergeable');
  const expected = pull.baseSha;
  pull.merged = { by: wish.by, at: timestamp(world), sha, method: wish.method };
  delete pull.queued;
  await closePull(world, repository, issue, wish.by);
  await moveBranch(world, repository, { name: pull.base, to: sha, expected }, wish.by);
  if (repository.merging.deleteBranch && pull.headRepository === repository)
    await moveBranch(world, repository, { name: pull.head, to: null }, wish.by);
  return sha;
}

/** @returns the commit the base branch would get; nothing when the two sides conflict. */
export async function mergeCommit(
  world: World,
  repository: Repository,
  issue: PullIssue,
  wish: MergeWish,
): Promise<string | undefined> {
  const { dir } = repository;
  const { baseSha, headSha } = issue.pull;
  const date = timestamp(world);
  const github: Identity = { name: 'GitHub', email: 'noreply@github.com', date };
  if (wish.method === 'rebase') return rebased(dir, baseSha, headSha, github);
  const tree = await mergedTree(dir, baseSha, headSha);
  if (tree === undefined) return undefined;
  const sha = await writeCommit(dir, {
    tree,
    parents: wish.method === 'merge' ? [baseSha, headSha] : [baseSha],
    message: await messageOf(repository, issue, wish),
    author: identityOf(wish.by, date),
    committer: github,
  });
  repository.verified.add(sha);
  return sha;
}

/** The address GitHub gives commits made on its pages. */
export function identityOf(account: Account, date: string): Identity {
  return { name: account.login, email: `${account.id}+${account.login}@users.noreply.github.com`, date };
}

async function messageOf(repository: Repository, issue: PullIssue, wish: MergeWish): Promise<string> {
  const { pull } = issue;
  const from = `${pull.headRepository.owner.login}/${pull.head}`;
  if (wish.method === 'merge')
    return `${wish.title ?? `Merge pull request #${issue.number} from ${from}`}\n\n${wish.message ?? issue.title}\n`;
  const title = wish.title ?? `${issue.title} (#${issue.number})`;
  if (wish.message !== undefined) return `${title}\n\n${wish.message}\n`;
  const shas = await git(repository.dir, ['rev-list', '--reverse', pull.headSha, `^${pull.baseSha}`]);
  const messages = await Promise.all(shas.split('\n').map((sha) => readCommit(repository.dir, sha)));
  return `${title}\n\n${messages.map(({ message }) => `* ${message}`).join('\n\n')}\n`;
}

export async function tellPull(
  world: World,
  repository: Repository,
  issue: PullIssue,
  action: string,
  sender: Account,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const payload = { number: issue.number, pull_request: await pullView(world, repository, issue), ...more };
  world.announce({ event: 'pull_request', action, sender, repository, payload });
}
