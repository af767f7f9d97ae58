/** Repositories as GitHub shows them. */
import type { Role } from '../state/account.ts';
import { fullName, type Repository } from '../state/repository.ts';
import { nodeId } from '../state/state.ts';
import type { Document, World } from '../world.ts';
import { accountView, permissionsView } from './account.ts';

export const repositoryUrl = (world: World, repository: Repository): string =>
  `${world.api}/repos/${fullName(repository)}`;

export const repositoryPage = (world: World, repository: Repository): string =>
  `${world.origin}/${fullName(repository)}`;

/** What follows a repository's address, by the name of the field. */
const links = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
} as const;

/** The short form: of lists, and inside other things. */
export function minimalRepositoryView(world: World, repository: Repository): Document {
  const url = repositoryUrl(world, repository);
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
    owner: accountView(world, repository.owner),
    html_url: repositoryPage(world, repository),
    description: repository.description,
    fork: repository.parent !== undefined,
    url,
    ...Object.fromEntries(Object.entries(links).map(([name, path]) => [name, `${url}${path}`])),
  };
}

/** @param role of who asks; nothing leaves the permissions out, as webhooks do. */
export function repositoryView(world: World, repository: Repository, role?: Role): Document {
  const page = repositoryPage(world, repository);
  const open = [...repository.issues.values()].filter(({ closed }) => closed === undefined).length;
  return {
    ...minimalRepositoryView(world, repository),
    ...counts(open),
    clone_url: `${page}.git`,
    git_url: `git://${page.replace(/^\w+:\/\//, '')}.git`,
    ssh_url: `git@${new URL(world.origin).hostname}:${fullName(repository)}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: repository.defaultBranch,
    visibility: repository.private ? 'private' : 'public',
    archived: repository.archived,
    disabled: false,
    has_issues: repository.issuesEnabled,
    has_projects: true,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    is_template: false,
    web_commit_signoff_required: false,
    allow_forking: true,
    topics: [],
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    pushed_at: repository.createdAt,
    ...(role === undefined ? {} : { permissions: permissionsView(role) }),
  };
}

function counts(openIssues: number): Document {
  return {
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    size: 1,
    open_issues: openIssues,
    open_issues_count: openIssues,
  };
}

/** What `GET /repos/{owner}/{repo}` answers. */
export function fullRepositoryView(world: World, repository: Repository, role?: Role): Document {
  const { merging, parent } = repository;
  return {
    ...repositoryView(world, repository, role),
    network_count: 0,
    subscribers_count: 0,
    allow_merge_commit: merging.merge,
    allow_squash_merge: merging.squash,
    allow_rebase_merge: merging.rebase,
    allow_auto_merge: merging.autoMerge,
    delete_branch_on_merge: merging.deleteBranch,
    allow_update_branch: false,
    ...(repository.owner.type === 'Organization'
      ? { organization: accountView(world, repository.owner) }
      : {}),
    ...(parent === undefined
      ? {}
      : { parent: repositoryView(world, parent), source: repositoryView(world, parent) }),
  };
}

/** As in `installation` webhooks. */
export function namedRepositoryView(repository: Repository): Document {
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
  };
}
