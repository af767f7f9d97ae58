/** Issues, their comments, labels and reactions as GitHub shows them. */
import type { Account } from '../state/account.ts';
import { atLeast } from '../state/account.ts';
import type { Comment, Issue, Label, Reaction } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { nodeId } from '../state/state.ts';
import type { Document, World } from '../world.ts';
import { accountView } from './account.ts';
import { appView } from './app.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';

const contents = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'];

/** How GitHub calls somebody's relation to the repository. */
export function associationOf(repository: Repository, account: Account): string {
  if (account.id === repository.owner.id) return 'OWNER';
  const role = repository.collaborators.get(account.login.toLowerCase());
  if (!atLeast(role, 'read')) return 'NONE';
  return repository.owner.type === 'Organization' ? 'MEMBER' : 'COLLABORATOR';
}

export function labelView(world: World, repository: Repository, label: Label): Document {
  return {
    id: label.id,
    node_id: nodeId('Label', label.id),
    url: `${repositoryUrl(world, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

export function labelsOf(world: World, repository: Repository, issue: Issue): Document[] {
  return [...issue.labels].flatMap((name) => {
    const label = repository.labels.get(name.toLowerCase());
    return label === undefined ? [] : [labelView(world, repository, label)];
  });
}

export function reactionView(world: World, reaction: Reaction): Document {
  return {
    id: reaction.id,
    node_id: nodeId('Reaction', reaction.id),
    user: accountView(world, reaction.user),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

export function reactionsView(url: string, reactions: readonly Reaction[]): Document {
  const counted = contents.map((content) => [
    content,
    reactions.filter((one) => one.content === content).length,
  ]);
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    ...(Object.fromEntries(counted) as Document),
  };
}

export function issueView(world: World, repository: Repository, issue: Issue): Document {
  const url = `${repositoryUrl(world, repository)}/issues/${issue.number}`;
  const { pull, closed } = issue;
  const page = `${repositoryPage(world, repository)}/${pull === undefined ? 'issues' : 'pull'}/${issue.number}`;
  return {
    url,
    repository_url: repositoryUrl(world, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: page,
    id: issue.id,
    node_id: nodeId(pull === undefined ? 'Issue' : 'PullRequest', issue.number),
    number: issue.number,
    title: issue.title,
    body: issue.body,
    user: accountView(world, issue.user),
    labels: labelsOf(world, repository, issue),
    state: closed === undefined ? 'open' : 'closed',
    state_reason: closed?.reason ?? null,
    locked: false,
    active_lock_reason: null,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: issue.comments.size,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: closed?.at ?? null,
    closed_by: closed === undefined ? null : accountView(world, closed.by),
    author_association: associationOf(repository, issue.user),
    performed_via_github_app: issue.viaApp ? appView(world) : null,
    reactions: reactionsView(url, issue.reactions),
    ...(pull === undefined ? {} : pullPart(world, repository, issue.number, pull)),
  };
}

function pullPart(
  world: World,
  repository: Repository,
  number: number,
  pull: NonNullable<Issue['pull']>,
): Document {
  const page = `${repositoryPage(world, repository)}/pull/${number}`;
  return {
    draft: pull.draft,
    pull_request: {
      url: `${repositoryUrl(world, repository)}/pulls/${number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: pull.merged?.at ?? null,
    },
  };
}

export function commentView(world: World, repository: Repository, issue: Issue, comment: Comment): Document {
  const url = `${repositoryUrl(world, repository)}/issues/comments/${comment.id}`;
  const kind = issue.pull === undefined ? 'issues' : 'pull';
  return {
    url,
    html_url: `${repositoryPage(world, repository)}/${kind}/${issue.number}#issuecomment-${comment.id}`,
    issue_url: `${repositoryUrl(world, repository)}/issues/${issue.number}`,
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    user: accountView(world, comment.user),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: associationOf(repository, comment.user),
    body: comment.body,
    reactions: reactionsView(url, comment.reactions),
    performed_via_github_app: comment.viaApp ? appView(world) : null,
  };
}
