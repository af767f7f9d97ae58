/** Refs of the Git database: made, moved, deleted, never against a branch's protection. */
import { findCommit, isAncestor } from '../git/repository.ts';
import { git, gitResult } from '../git/run.ts';
import {
  created,
  invalid,
  listed,
  notFound,
  nothing,
  ok,
  text,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import type { Repository } from '../state/repository.ts';
import { nodeId } from '../state/state.ts';
import { repositoryUrl } from '../views/repository.ts';
import { noticeRefs } from '../webhooks/pushes.ts';
import type { Document } from '../world.ts';
import { refuseProtected } from './protection.ts';

export const refs: RepositoryHandlers = {
  'git/get-ref': {
    needs: ['contents:read'],
    answer(call) {
      const name = `refs/${text(call.input, 'ref')}`;
      const sha = call.repository.refs.get(name);
      if (sha === undefined) throw notFound();
      return ok(refView(call, name, sha));
    },
  },
  'git/list-matching-refs': {
    needs: ['contents:read'],
    answer(call) {
      const start = `refs/${text(call.input, 'ref')}`;
      const matching = [...call.repository.refs].filter(([name]) => name.startsWith(start));
      return listed(matching, ([name, sha]) => refView(call, name, sha));
    },
  },
  'git/create-ref': { needs: ['contents:write'], answer: createRef },
  'git/update-ref': { needs: ['contents:write'], answer: updateRef },
  'git/delete-ref': { needs: ['contents:write'], answer: deleteRef },
};

function refView({ world, repository }: RepositoryCall, name: string, sha: string): Document {
  const url = repositoryUrl(world, repository);
  return {
    ref: name,
    node_id: nodeId('Ref', name),
    url: `${url}/git/${name}`,
    object: { type: 'commit', sha, url: `${url}/git/commits/${sha}` },
  };
}

async function createRef(call: RepositoryCall) {
  const { world, repository, input, account } = call;
  const name = text(input, 'ref');
  if (!/^refs\/[^/]+\/./.test(name)) throw invalid('Reference name is not valid');
  if (repository.refs.has(name)) throw invalid('Reference already exists');
  const sha = await commitFor(repository, text(input, 'sha'));
  const { exitCode } = await gitResult(repository.dir, ['update-ref', name, sha, '0'.repeat(40)], {
    accept: [0, 128],
  });
  if (exitCode !== 0) throw invalid('Reference already exists');
  await noticeRefs(world, repository, account);
  return created(refView(call, name, sha));
}

async function updateRef(call: RepositoryCall) {
  const { world, repository, input, account } = call;
  const name = `refs/${text(input, 'ref')}`;
  const old = repository.refs.get(name);
  if (old === undefined) throw invalid('Reference does not exist');
  const sha = await commitFor(repository, text(input, 'sha'));
  const force = input.force === true;
  const forward = await isAncestor(repository.dir, old, sha);
  if (!forward && !force) throw invalid('Update is not a fast forward');
  refuseProtected(call, name, { forced: !forward, signed: repository.verified.has(sha) });
  await git(repository.dir, ['update-ref', name, sha, old]);
  await noticeRefs(world, repository, account);
  return ok(refView(call, name, sha));
}

async function deleteRef(call: RepositoryCall) {
  const { world, repository, input, account } = call;
  const name = `refs/${text(input, 'ref')}`;
  if (!repository.refs.has(name)) throw invalid('Reference does not exist');
  refuseProtected(call, name, { forced: true, signed: true });
  await git(repository.dir, ['update-ref', '-d', name]);
  await noticeRefs(world, repository, account);
  return nothing;
}

async function commitFor(repository: Repository, sha: string): Promise<string> {
  const commit = await findCommit(repository, sha);
  if (commit !== sha) throw invalid('Object does not exist');
  return commit;
}
