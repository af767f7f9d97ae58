/** Pull requests as GitHub shows them; the numbers come from Git. */
import { changedFiles } from '../git/commit.ts';
import { commitsBetween, mergeBase } from '../git/repository.ts';
import { mergeabilityOf } from '../merging/mergeable.ts';
import type { PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { nodeId } from '../state/state.ts';
import type { Document, World } from '../world.ts';
import { accountView } from './account.ts';
import { associationOf, labelsOf } from './issue.ts';
import { repositoryPage, repositoryUrl, repositoryView } from './repository.ts';

/** The form of lists. */
export function pullSummary(world: World, repository: Repository, issue: PullIssue): Document {
  const { pull, closed } = issue;
  const url = `${repositoryUrl(world, repository)}/pulls/${issue.number}`;
  const page = `${repositoryPage(world, repository)}/pull/${issue.number}`;
  return {
    ...linksOf(world, repository, issue),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    url,
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    number: issue.number,
    state: closed === undefined ? 'open' : 'closed',
    locked: false,
    active_lock_reason: null,
    title: issue.title,
    user: accountView(world, issue.user),
    body: issue.body,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: closed?.at ?? null,
    merged_at: pull.merged?.at ?? null,
    merge_commit_sha: pull.merged?.sha ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: labelsOf(world, repository, issue),
    milestone: null,
    draft: pull.draft,
    head: sideView(world, pull.headRepository, pull.head, pull.headSha),
    base: sideView(world, repository, pull.base, pull.baseSha),
    author_association: associationOf(repository, issue.user),
    auto_merge: autoMergeView(world, issue),
  };
}

function linksOf(world: World, repository: Repository, { number, pull }: PullIssue): Document {
  const api = repositoryUrl(world, repository);
  const url = `${api}/pulls/${number}`;
  const links = {
    issue: `${api}/issues/${number}`,
    comments: `${api}/issues/${number}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${api}/statuses/${pull.headSha}`,
  };
  const page = `${repositoryPage(world, repository)}/pull/${number}`;
  const all = Object.entries({ self: url, html: page, ...links });
  return {
    ...Object.fromEntries(Object.entries(links).map(([name, href]) => [`${name}_url`, href])),
    _links: Object.fromEntries(all.map(([name, href]) => [name, { href }])),
  };
}

function sideView(world: World, repository: Repository, ref: string, sha: string): Document {
  const gone = !world.state.repositories.has(repository.id);
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: accountView(world, repository.owner),
    repo: gone ? null : repositoryView(world, repository),
  };
}

function autoMergeView(world: World, { pull }: PullIssue): Document | null {
  if (pull.autoMerge === undefined) return null;
  const { by, method, title, message } = pull.autoMerge;
  return {
    enabled_by: accountView(world, by),
    merge_method: method,
    commit_title: title,
    commit_message: message,
  };
}

/**
 * The form of one pull request, which webhooks carry too.
 * @param asked whether somebody asks for it by number, which makes GitHub find out whether it can be merged.
 */
export async function pullView(
  world: World,
  repository: Repository,
  issue: PullIssue,
  asked = false,
): Promise<Document> {
  const { pull } = issue;
  const { mergeable, state } = await mergeabilityOf(repository, issue, asked);
  const base = (await mergeBase(repository.dir, pull.baseSha, pull.headSha)) ?? pull.baseSha;
  const files = await changedFiles(repository.dir, base, pull.headSha);
  const comments = [...repository.reviewComments.values()].filter((comment) => comment.pull === issue.number);
  return {
    ...pullSummary(world, repository, issue),
    merged: pull.merged !== undefined,
    merged_by: pull.merged === undefined ? null : accountView(world, pull.merged.by),
    mergeable,
    mergeable_state: state,
    rebaseable: mergeable,
    comments: issue.comments.size,
    review_comments: comments.length,
    maintainer_can_modify: false,
    commits: (await commitsBetween(repository.dir, base, pull.headSha)).length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}
