/** Notices that branches and tags moved, whoever moved them, and lets everything follow: webhooks and pull requests. */
import { readChanges, type Change, type Identity } from '../git/commit.ts';
import { commitsBetween, findCommit, isAncestor, keepHead, readRefs } from '../git/repository.ts';
import { git } from '../git/run.ts';
import { refreshComments } from '../merging/outdated.ts';
import { requirementsOf } from '../merging/requirements.ts';
import type { Account } from '../state/account.ts';
import { isPull, type PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { newId } from '../state/state.ts';
import { accountOf, simpleCommitView } from '../views/commit.ts';
import { pullView } from '../views/pull.ts';
import { repositoryPage, repositoryView } from '../views/repository.ts';
import { timestamp, type Document, type World } from '../world.ts';

const zero = '0'.repeat(40);

interface Move {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
}

/** Compares the refs with those last announced. @param by who gets the credit. */
export async function noticeRefs(world: World, repository: Repository, by: Account): Promise<void> {
  const before = repository.refs;
  const after = await readRefs(repository.dir);
  repository.refs = after;
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const moves = names
    .map((ref): Move => ({ ref, before: before.get(ref) ?? zero, after: after.get(ref) ?? zero }))
    .filter((move) => move.before !== move.after);
  for (const move of moves) await recordMove(world, repository, move, by);
  for (const move of moves) await announceMove(world, repository, move, by);
  for (const move of moves) await followPulls(world, repository, move, by);
}

async function recordMove(world: World, repository: Repository, move: Move, by: Account): Promise<void> {
  const { ref, before, after } = move;
  const moved = before !== zero && after !== zero;
  const forced = moved && !(await isAncestor(repository.dir, before, after));
  const id = newId(world.state);
  repository.activities.push({ id, ref, before, after, forced, at: timestamp(world), by });
}

async function announceMove(
  world: World,
  repository: Repository,
  move: Move,
  sender: Account,
): Promise<void> {
  const [, kind = '', ...rest] = move.ref.split('/');
  const name = { ref: rest.join('/'), ref_type: kind === 'tags' ? 'tag' : 'branch', pusher_type: 'user' };
  const tell = (event: string, payload: Document): void =>
    world.announce({ event, sender, repository, payload });
  if (move.before === zero)
    tell('create', { ...name, master_branch: repository.defaultBranch, description: repository.description });
  if (move.after === zero) tell('delete', name);
  tell('push', await pushPayload(world, repository, move, sender));
}

async function pushPayload(world: World, repository: Repository, move: Move, by: Account): Promise<Document> {
  const { dir } = repository;
  const deleted = move.after === zero;
  const fresh = move.before === zero;
  const from = fresh ? ((await findCommit(repository, repository.defaultBranch)) ?? move.after) : move.before;
  const shas = deleted || from === move.after ? [] : await commitsBetween(dir, from, move.after);
  const page = repositoryPage(world, repository);
  const wanted = [...new Set([...shas.slice(-20), ...(deleted ? [] : [move.after])])];
  const pushed = await readChanges(dir, wanted);
  const commits = pushed
    .slice(0, Math.min(shas.length, 20))
    .map((change) => pushedCommit(world, repository, change));
  const head = pushed.find(({ sha }) => sha === move.after);
  return {
    ref: move.ref,
    before: move.before,
    after: move.after,
    created: fresh,
    deleted,
    forced: !fresh && !deleted && !(await isAncestor(dir, move.before, move.after)),
    base_ref: null,
    compare: `${page}/compare/${move.before.slice(0, 12)}...${move.after.slice(0, 12)}`,
    commits,
    head_commit: head === undefined ? null : pushedCommit(world, repository, head),
    pusher: { name: by.login, email: `${by.login}@users.noreply.github.com` },
    repository: {
      ...repositoryView(world, repository),
      // In this one event times are numbers, and the owner has a name.
      created_at: Math.floor(Date.parse(repository.createdAt) / 1000),
      pushed_at: Math.floor(world.now().getTime() / 1000),
      master_branch: repository.defaultBranch,
      stargazers: 0,
    },
  };
}

function pushedCommit(world: World, repository: Repository, { paths, ...commit }: Change): Document {
  const of = (letter: string): string[] =>
    paths.filter(([status]) => status === letter).map(([, path]) => path);
  const named = ({ name, email, date }: Identity): Document => {
    const username = accountOf(world, { name, email, date })?.login;
    return { name, email, date, ...(username === undefined ? {} : { username }) };
  };
  return {
    ...simpleCommitView(commit),
    distinct: true,
    url: `${repositoryPage(world, repository)}/commit/${commit.sha}`,
    author: named(commit.author),
    committer: named(commit.committer),
    added: of('A'),
    removed: of('D'),
    modified: of('M'),
  };
}

/** Pull requests in any repository whose head or base branch this is. */
async function followPulls(world: World, repository: Repository, move: Move, by: Account): Promise<void> {
  if (!move.ref.startsWith('refs/heads/')) return;
  const branch = move.ref.slice('refs/heads/'.length);
  for (const target of world.state.repositories.values()) {
    for (const issue of [...target.issues.values()].filter(isPull)) {
      if (issue.closed !== undefined) continue;
      if (issue.pull.headRepository === repository && issue.pull.head === branch)
        await followHead(world, target, issue, move, by);
      else if (target === repository && issue.pull.base === branch)
        await followBase(world, target, issue, move, by);
    }
  }
}

async function followHead(
  world: World,
  target: Repository,
  issue: PullIssue,
  move: Move,
  by: Account,
): Promise<void> {
  if (move.after === zero) return closePull(world, target, issue, by);
  const { pull } = issue;
  pull.headSha = move.after;
  await keepHead(target.dir, issue.number, { dir: pull.headRepository.dir, sha: move.after });
  if (requirementsOf(target, pull.base)?.dismissStale === true)
    for (const review of pull.reviews.values()) if (review.state === 'APPROVED') review.state = 'DISMISSED';
  await refreshComments(target, issue);
  issue.updatedAt = timestamp(world);
  world.announce({
    event: 'pull_request',
    action: 'synchronize',
    sender: by,
    repository: target,
    payload: {
      number: issue.number,
      before: move.before,
      after: move.after,
      pull_request: await pullView(world, target, issue),
    },
  });
}

async function followBase(
  world: World,
  target: Repository,
  issue: PullIssue,
  move: Move,
  by: Account,
): Promise<void> {
  if (move.after === zero) return closePull(world, target, issue, by);
  const { pull } = issue;
  if (await isAncestor(target.dir, pull.headSha, move.after)) {
    // Somebody merged it by hand: its commits are on the base branch.
    const method = 'merge' as const;
    pull.merged = { by, at: timestamp(world), sha: move.after, method };
    return closePull(world, target, issue, by);
  }
  pull.baseSha = move.after;
}

/** Closes it and tells; a merge has set `merged` before. */
export async function closePull(
  world: World,
  target: Repository,
  issue: PullIssue,
  by: Account,
): Promise<void> {
  issue.closed = { by, at: timestamp(world), reason: 'completed' };
  issue.updatedAt = issue.closed.at;
  delete issue.pull.autoMerge;
  world.announce({
    event: 'pull_request',
    action: 'closed',
    sender: by,
    repository: target,
    payload: { number: issue.number, pull_request: await pullView(world, target, issue) },
  });
}

/** Moves a branch and notices. @param expected the commit it must be on; null: it must not exist. */
export async function moveBranch(
  world: World,
  repository: Repository,
  branch: { readonly name: string; readonly to: string | null; readonly expected?: string | null },
  by: Account,
): Promise<void> {
  const ref = `refs/heads/${branch.name}`;
  const old = branch.expected === undefined ? [] : [branch.expected ?? zero];
  if (branch.to === null) await git(repository.dir, ['update-ref', '-d', ref, ...old]);
  else await git(repository.dir, ['update-ref', ref, branch.to, ...old]);
  await noticeRefs(world, repository, by);
}
