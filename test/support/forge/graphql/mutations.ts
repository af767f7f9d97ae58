/** The mutations: a signed commit, auto-merge, and the merge queue. */
import { writeBlob, writeCommit, writeTree, type TreeChange } from '../git/write.ts';
import { identityOf, tellPull } from '../merging/merge.ts';
import { enqueuePull } from '../merging/queue.ts';
import { isReady } from '../merging/auto.ts';
import { unmetRequirements } from '../merging/mergeable.ts';
import { refusalOf } from '../resources/protection.ts';
import { Refusal } from '../server/handler.ts';
import type { MergeMethod } from '../state/issue.ts';
import { fullName, type Repository } from '../state/repository.ts';
import { findRepository, nodeId, readNodeId } from '../state/state.ts';
import { repositoryPage } from '../views/repository.ts';
import { moveBranch } from '../webhooks/pushes.ts';
import { timestamp } from '../world.ts';
import { graphqlError, pullById, type GraphqlCall } from './call.ts';
import { pullFields } from './queries.ts';

interface Input<T> {
  readonly input: T & { readonly clientMutationId?: string };
}

interface NewCommit {
  readonly branch: {
    readonly id?: string;
    readonly repositoryNameWithOwner?: string;
    readonly branchName?: string;
  };
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string };
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[];
    readonly deletions?: readonly { readonly path: string }[];
  };
}

interface AutoMerge {
  readonly pullRequestId: string;
  readonly mergeMethod?: string;
  readonly expectedHeadOid?: string;
  readonly commitHeadline?: string;
  readonly commitBody?: string;
}

export const mutations = {
  async createCommitOnBranch({ input }: Input<NewCommit>, call: GraphqlCall) {
    const { repository, branch } = branchOf(call, input.branch);
    call.allow(repository, 'contents:write');
    const ref = `refs/heads/${branch}`;
    const stale = `Expected branch to point to "${repository.refs.get(ref) ?? ''}" but it did not. Pull and try again.`;
    if (repository.refs.get(ref) !== input.expectedHeadOid) throw graphqlError('STALE_DATA', stale);
    const refusal = refusalOf({ repository, actor: call.actor }, ref, { forced: false, signed: true });
    if (refusal !== undefined) throw graphqlError('UNPROCESSABLE', refusal);
    const sha = await commit(call, repository, input);
    await moveBranch(
      call.world,
      repository,
      { name: branch, to: sha, expected: input.expectedHeadOid },
      call.account,
    );
    return {
      clientMutationId: input.clientMutationId,
      commit: commitFields(call, repository, sha, messageOf(input)),
      ref: { id: nodeId('Ref', `${repository.id} ${ref}`), name: branch },
    };
  },

  async enablePullRequestAutoMerge({ input }: Input<AutoMerge>, call: GraphqlCall) {
    const { repository, issue } = pullById(call.world, input.pullRequestId);
    call.allow(repository, 'pull_requests:write');
    if (!repository.merging.autoMerge)
      throw graphqlError('UNPROCESSABLE', 'Pull request Auto merge is not allowed for this repository');
    if (issue.closed !== undefined) throw graphqlError('UNPROCESSABLE', 'Pull request is closed');
    refuseOtherHead(input, issue.pull.headSha);
    if (await isReady(repository, issue))
      throw graphqlError('UNPROCESSABLE', 'Pull request Pull request is in clean status');
    issue.pull.autoMerge = {
      by: call.account,
      method: (input.mergeMethod ?? 'MERGE').toLowerCase() as MergeMethod,
      title: input.commitHeadline ?? `${issue.title} (#${issue.number})`,
      message: input.commitBody ?? '',
    };
    await tellPull(call.world, repository, issue, 'auto_merge_enabled', call.account);
    return { clientMutationId: input.clientMutationId, pullRequest: pullFields(repository, issue) };
  },

  async disablePullRequestAutoMerge({ input }: Input<AutoMerge>, call: GraphqlCall) {
    const { repository, issue } = pullById(call.world, input.pullRequestId);
    call.allow(repository, 'pull_requests:write');
    if (issue.pull.autoMerge === undefined)
      throw graphqlError('UNPROCESSABLE', "Can't disable auto-merge for this pull request.");
    delete issue.pull.autoMerge;
    const reason = { reason: 'Auto-merge was disabled manually' };
    await tellPull(call.world, repository, issue, 'auto_merge_disabled', call.account, reason);
    return { clientMutationId: input.clientMutationId, pullRequest: pullFields(repository, issue) };
  },

  async enqueuePullRequest({ input }: Input<AutoMerge>, call: GraphqlCall) {
    const { repository, issue } = pullById(call.world, input.pullRequestId);
    call.allow(repository, 'contents:write');
    if (!repository.mergeQueues.has(issue.pull.base))
      throw graphqlError('UNPROCESSABLE', 'The base branch has no merge queue');
    refuseOtherHead(input, issue.pull.headSha);
    const [unmet] = await unmetRequirements(repository, issue);
    if (unmet !== undefined) throw graphqlError('UNPROCESSABLE', unmet.message);
    try {
      await enqueuePull(call.world, repository, issue, { by: call.account, method: 'merge' });
    } catch (error) {
      throw error instanceof Refusal ? graphqlError('UNPROCESSABLE', error.message) : error;
    }
    return {
      clientMutationId: input.clientMutationId,
      mergeQueueEntry: { id: nodeId('MergeQueueEntry', issue.pull.id) },
    };
  },
};

function refuseOtherHead({ expectedHeadOid }: AutoMerge, head: string): void {
  if (expectedHeadOid !== undefined && expectedHeadOid !== head)
    throw graphqlError('STALE_DATA', 'Head branch was modified. Review and try the merge again.');
}

function branchOf(
  { world }: GraphqlCall,
  branch: NewCommit['branch'],
): { repository: Repository; branch: string } {
  const [id = '', ...rest] = branch.id === undefined ? [] : readNodeId(branch.id).id.split(' ');
  const byId = world.state.repositories.get(Number(id));
  if (byId !== undefined) return { repository: byId, branch: rest.join(' ').replace('refs/heads/', '') };
  const [owner = '', name = ''] = (branch.repositoryNameWithOwner ?? '').split('/');
  const repository = findRepository(world.state, owner, name);
  if (repository === undefined || branch.branchName === undefined)
    throw graphqlError('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
  return { repository, branch: branch.branchName.replace(/^refs\/heads\//, '') };
}

const messageOf = ({ message: { headline, body } }: NewCommit): string =>
  body === undefined ? headline : `${headline}\n\n${body}`;

async function commit(call: GraphqlCall, repository: Repository, input: NewCommit): Promise<string> {
  const { additions = [], deletions = [] } = input.fileChanges ?? {};
  const changes: TreeChange[] = deletions.map(({ path }) => ({ path, sha: null }));
  for (const { path, contents } of additions)
    changes.push({ path, sha: await writeBlob(repository.dir, Buffer.from(contents, 'base64')) });
  const date = timestamp(call.world);
  const sha = await writeCommit(repository.dir, {
    tree: await writeTree(repository.dir, input.expectedHeadOid, changes),
    parents: [input.expectedHeadOid],
    message: messageOf(input),
    author: identityOf(call.account, date),
    committer: { name: 'GitHub', email: 'noreply@github.com', date },
  });
  repository.verified.add(sha);
  return sha;
}

function commitFields({ world }: GraphqlCall, repository: Repository, sha: string, message: string) {
  const url = `${repositoryPage(world, repository)}/commit/${sha}`;
  return { id: nodeId('Commit', `${fullName(repository)} ${sha}`), oid: sha, message, url };
}
