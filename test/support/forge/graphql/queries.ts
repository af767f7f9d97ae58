/** What can be asked of a repository and its pull requests. */
import { isPull, type PullIssue } from '../state/issue.ts';
import { fullName, type Repository } from '../state/repository.ts';
import { findRepository, nodeId } from '../state/state.ts';
import { canSee } from '../server/authorize.ts';
import { isReady } from '../merging/auto.ts';
import { repositoryPage } from '../views/repository.ts';
import { graphqlError, type GraphqlCall } from './call.ts';

export const queries = {
  repository({ owner, name }: { readonly owner: string; readonly name: string }, call: GraphqlCall) {
    const repository = findRepository(call.world.state, owner, name);
    if (repository === undefined || !canSee(call.actor, repository))
      throw graphqlError('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
    return repositoryFields(call, repository);
  },
};

function repositoryFields(call: GraphqlCall, repository: Repository) {
  return {
    id: nodeId('Repository', repository.id),
    nameWithOwner: fullName(repository),
    autoMergeAllowed: repository.merging.autoMerge,
    mergeQueue({ branch = repository.defaultBranch }: { readonly branch?: string }) {
      if (!repository.mergeQueues.has(branch)) return null;
      const url = `${repositoryPage(call.world, repository)}/queue/${branch}`;
      return { id: nodeId('MergeQueue', `${repository.id} ${branch}`), url };
    },
    pullRequest({ number }: { readonly number: number }) {
      const issue = repository.issues.get(number);
      if (issue === undefined || !isPull(issue))
        throw graphqlError('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`);
      return pullFields(repository, issue);
    },
  };
}

export function pullFields(repository: Repository, issue: PullIssue) {
  const { pull, closed } = issue;
  const state = pull.merged !== undefined ? 'MERGED' : closed !== undefined ? 'CLOSED' : 'OPEN';
  return {
    id: nodeId('PullRequest', pull.id),
    number: issue.number,
    title: issue.title,
    state,
    headRefOid: pull.headSha,
    merged: pull.merged !== undefined,
    isInMergeQueue: pull.queued !== undefined,
    viewerCanEnableAutoMerge: async () => repository.merging.autoMerge && !(await isReady(repository, issue)),
    autoMergeRequest:
      pull.autoMerge === undefined
        ? null
        : { mergeMethod: pull.autoMerge.method.toUpperCase(), enabledAt: null },
  };
}
