/** Commits, files and trees as GitHub shows them. */
import { readCommit, changedFiles, type ChangedFile, type Commit, type Identity } from '../git/commit.ts';
import type { Account } from '../state/account.ts';
import type { Repository } from '../state/repository.ts';
import { nodeId } from '../state/state.ts';
import type { Document, World } from '../world.ts';
import { accountView } from './account.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';

function verification(world: World, repository: Repository, sha: string): Document {
  const verified = repository.verified.has(sha);
  return {
    verified,
    reason: verified ? 'valid' : 'unsigned',
    signature: verified ? '-----BEGIN PGP SIGNATURE-----\n' : null,
    payload: verified ? `commit ${sha}` : null,
    verified_at: verified ? world.now().toISOString() : null,
  };
}

/** Whose address it is: `<id>+<login>@users.noreply…` or `<login>@…`. */
export function accountOf(world: World, identity: Identity): Account | undefined {
  const login = identity.email.replace(/^\d+\+/, '').replace(/@.*$/, '');
  return world.state.accounts.get(login.toLowerCase());
}

/** The form of `/git/commits`. */
export function gitCommitView(world: World, repository: Repository, commit: Commit): Document {
  const url = repositoryUrl(world, repository);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    url: `${url}/git/commits/${commit.sha}`,
    html_url: `${repositoryPage(world, repository)}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: parentsView(world, repository, commit),
    verification: verification(world, repository, commit.sha),
  };
}

function parentsView(world: World, repository: Repository, commit: Commit): Document[] {
  return commit.parents.map((sha) => ({
    sha,
    url: `${repositoryUrl(world, repository)}/git/commits/${sha}`,
    html_url: `${repositoryPage(world, repository)}/commit/${sha}`,
  }));
}

/** The form of `/commits`. */
export async function commitView(world: World, repository: Repository, sha: string): Promise<Document> {
  const commit = await readCommit(repository.dir, sha);
  const url = `${repositoryUrl(world, repository)}/commits/${sha}`;
  const { author, committer, tree, message } = commit;
  const named = (identity: Identity): Document | null => {
    const account = accountOf(world, identity);
    return account === undefined ? null : accountView(world, account);
  };
  return {
    sha,
    node_id: nodeId('Commit', sha),
    url,
    html_url: `${repositoryPage(world, repository)}/commit/${sha}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${repositoryUrl(world, repository)}/git/commits/${sha}`,
      author,
      committer,
      message,
      tree: { sha: tree, url: `${repositoryUrl(world, repository)}/git/trees/${tree}` },
      comment_count: 0,
      verification: verification(world, repository, sha),
    },
    author: named(author),
    committer: named(committer),
    parents: parentsView(world, repository, commit),
  };
}

/** With the files it changed, as `GET /commits/{ref}` answers. */
export async function fullCommitView(world: World, repository: Repository, sha: string): Promise<Document> {
  const { parents } = await readCommit(repository.dir, sha);
  const files = await changedFiles(repository.dir, parents[0], sha);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return {
    ...(await commitView(world, repository, sha)),
    stats: { additions, deletions, total: additions + deletions },
    files: files.map((file) => fileView(world, repository, sha, file)),
  };
}

export function fileView(world: World, repository: Repository, sha: string, file: ChangedFile): Document {
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${repositoryPage(world, repository)}/blob/${sha}/${path}`,
    raw_url: `${repositoryPage(world, repository)}/raw/${sha}/${path}`,
    contents_url: `${repositoryUrl(world, repository)}/contents/${path}?ref=${sha}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
  };
}

/** The form inside `push` and `workflow_run`. */
export function simpleCommitView(commit: Commit): Document {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}
