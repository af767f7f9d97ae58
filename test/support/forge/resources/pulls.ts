/** Pull requests: opened, changed, read. Merging is in merges.ts. */
import { changedFiles } from '../git/commit.ts';
import { commitsBetween, keepHead, mergeBase } from '../git/repository.ts';
import {
  created,
  listed,
  ok,
  optionalText,
  pullOf,
  Refusal,
  text,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import { atLeast, type Actor } from '../state/account.ts';
import { isPull, type Pull, type PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { newId, roleOf } from '../state/state.ts';
import { commitView, fileView } from '../views/commit.ts';
import { pullSummary, pullView } from '../views/pull.ts';
import { changeIssue, tell } from './issue-changes.ts';
import { newestFirst, newIssue } from './issues.ts';
import { prepareReopening } from './reopening.ts';

export const pulls: RepositoryHandlers = {
  'pulls/list': { needs: ['pull_requests:read'], answer: listPulls },
  'pulls/create': {
    needs: ['pull_requests:write'],
    role: 'read',
    async answer(call) {
      const issue = await openPull(call);
      return created(await pullView(call.world, call.repository, issue));
    },
  },
  'pulls/get': {
    needs: ['pull_requests:read', 'contents:read'],
    answer: async (call) => ok(await pullView(call.world, call.repository, pullOf(call), true)),
  },
  'pulls/update': {
    needs: ['pull_requests:write'],
    role: 'triage',
    async answer(call) {
      const issue = pullOf(call);
      await prepareReopening(call, issue);
      await changeBase(call, issue);
      await changeIssue(call, issue);
      return ok(await pullView(call.world, call.repository, issue));
    },
  },
  'pulls/list-commits': {
    needs: ['pull_requests:read', 'contents:read'],
    async answer(call) {
      const { world, repository } = call;
      const { pull } = pullOf(call);
      const shas = await commitsBetween(repository.dir, pull.baseSha, pull.headSha);
      return listed(shas.slice(0, 250), (sha) => commitView(world, repository, sha));
    },
  },
  'pulls/list-files': {
    needs: ['pull_requests:read', 'contents:read'],
    async answer(call) {
      const { world, repository } = call;
      const { pull } = pullOf(call);
      const base = (await mergeBase(repository.dir, pull.baseSha, pull.headSha)) ?? pull.baseSha;
      const files = await changedFiles(repository.dir, base, pull.headSha);
      return listed(files, (file) => fileView(world, repository, pull.headSha, file));
    },
  },
};

function listPulls({ world, repository, input }: RepositoryCall) {
  const state = optionalText(input, 'state') ?? 'open';
  const head = optionalText(input, 'head');
  const base = optionalText(input, 'base');
  const wanted = [...repository.issues.values()].filter(isPull).filter(({ closed, pull }) => {
    const label = `${pull.headRepository.owner.login}:${pull.head}`;
    return (
      (state === 'all' || (state === 'closed') === (closed !== undefined)) &&
      // Without an owner GitHub takes no notice of `head`.
      (head?.includes(':') !== true || head === label) &&
      (base === undefined || base === pull.base)
    );
  });
  const sorted =
    optionalText(input, 'direction') === 'asc' ? newestFirst(wanted).reverse() : newestFirst(wanted);
  return listed(sorted, (issue) => pullSummary(world, repository, issue));
}

async function openPull(call: RepositoryCall): Promise<PullIssue> {
  const { world, repository, input } = call;
  const { headRepository, branch } = headOf(call);
  const base = text(input, 'base');
  const headSha = headRepository.refs.get(`refs/heads/${branch}`);
  const baseSha = repository.refs.get(`refs/heads/${base}`);
  if (baseSha === undefined) throw fieldInvalid('base');
  if (headSha === undefined) throw fieldInvalid('head');
  refuseSecond(repository, headRepository, branch, base);
  const issue = newIssue(call, { title: text(input, 'title'), body: optionalText(input, 'body') ?? null });
  await keepHead(repository.dir, issue.number, { dir: headRepository.dir, sha: headSha });
  if ((await commitsBetween(repository.dir, baseSha, headSha)).length === 0)
    throw new Refusal(422, 'Validation Failed', [
      { resource: 'PullRequest', code: 'custom', message: `No commits between ${base} and ${branch}` },
    ]);
  const pull: Pull = {
    id: newId(world.state),
    headRepository,
    head: branch,
    base,
    headSha,
    baseSha,
    draft: input.draft === true,
    reviews: new Map(),
    computed: new Set(),
  };
  const opened: PullIssue = { ...issue, pull };
  repository.issues.set(opened.number, opened);
  await tell(call, opened, 'opened');
  return opened;
}

/** `branch`, or `owner:branch` of a fork. */
function headOf({ world, repository, input, actor }: RepositoryCall): {
  headRepository: Repository;
  branch: string;
} {
  const head = text(input, 'head');
  const [owner = '', branch] = head.includes(':') ? head.split(':', 2) : [repository.owner.login, head];
  const headRepository =
    owner === repository.owner.login
      ? repository
      : [...world.state.repositories.values()].find(
          (one) => one.owner.login === owner && (one.parent === repository || one === repository),
        );
  if (headRepository === undefined || branch === undefined) throw fieldInvalid('head');
  if (headRepository === repository && actor.kind === 'person' && !mayWrite(repository, actor))
    throw fieldInvalid('head');
  return { headRepository, branch };
}

function mayWrite(repository: Repository, actor: Extract<Actor, { kind: 'person' }>): boolean {
  return atLeast(roleOf(repository, actor.account), 'write');
}

function refuseSecond(repository: Repository, from: Repository, head: string, base: string): void {
  const known = [...repository.issues.values()]
    .filter(isPull)
    .some(
      ({ closed, pull }) =>
        closed === undefined && pull.headRepository === from && pull.head === head && pull.base === base,
    );
  if (!known) return;
  const message = `A pull request already exists for ${from.owner.login}:${head}.`;
  throw new Refusal(422, 'Validation Failed', [{ resource: 'PullRequest', code: 'custom', message }]);
}

const fieldInvalid = (field: string): Refusal =>
  new Refusal(422, 'Validation Failed', [{ resource: 'PullRequest', field, code: 'invalid' }]);

async function changeBase(call: RepositoryCall, issue: PullIssue): Promise<void> {
  const base = optionalText(call.input, 'base');
  const { pull } = issue;
  if (base === undefined || base === pull.base) return;
  const sha = call.repository.refs.get(`refs/heads/${base}`);
  if (sha === undefined) throw fieldInvalid('base');
  const changes = { base: { ref: { from: pull.base }, sha: { from: pull.baseSha } } };
  pull.base = base;
  pull.baseSha = sha;
  await tell(call, issue, 'edited', { changes });
}
