/** Files at a commit, and commits of one file. */
import { entryAt, readBlob, readCommit, readTree, type TreeEntry } from '../git/commit.ts';
import { writeBlob, writeCommit, writeTree, type TreeChange } from '../git/write.ts';
import { identityOf } from '../merging/merge.ts';
import {
  invalid,
  notFound,
  ok,
  optionalText,
  Refusal,
  text,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import { gitCommitView } from '../views/commit.ts';
import { repositoryPage, repositoryUrl } from '../views/repository.ts';
import { moveBranch } from '../webhooks/pushes.ts';
import { timestamp, type Document } from '../world.ts';
import { inLines, tipOf } from './git-data.ts';
import { refuseProtected } from './protection.ts';

export const contents: RepositoryHandlers = {
  'repos/get-content': { needs: ['contents:read'], answer: getContent },
  'repos/create-or-update-file-contents': {
    needs: ['contents:write'],
    async answer(call) {
      const { repository, input } = call;
      const path = text(input, 'path');
      const sha = await writeBlob(repository.dir, Buffer.from(text(input, 'content'), 'base64'));
      const { commit, existed, branch } = await commitFile(call, { path, sha });
      const entry = await entryAt(repository.dir, commit, path);
      if (entry === undefined) throw notFound();
      const { content: _, encoding: __, ...content } = await fileView(call, branch, path, entry);
      return { status: existed ? 200 : 201, body: { content, commit: await shortCommit(call, commit) } };
    },
  },
  'repos/delete-file': {
    needs: ['contents:write'],
    async answer(call) {
      const { commit } = await commitFile(call, { path: text(call.input, 'path'), sha: null });
      return ok({ content: null, commit: await shortCommit(call, commit) });
    },
  },
};

async function getContent(call: RepositoryCall) {
  const { repository, input } = call;
  const ref = optionalText(input, 'ref') ?? repository.defaultBranch;
  const commit = await tipOf(repository, ref);
  const path = text(input, 'path').replace(/\/$/, '');
  const entry = path === '' ? undefined : await entryAt(repository.dir, commit, path);
  if (path !== '' && entry === undefined) throw notFound();
  if (entry?.type === 'blob') return ok(await fileView(call, ref, path, entry));
  const children = await readTree(repository.dir, path === '' ? commit : `${commit}:${path}`, false);
  const prefix = path === '' ? '' : `${path}/`;
  return ok(children.map((child) => entryView(call, ref, `${prefix}${child.path}`, child)));
}

function entryView(
  { world, repository }: RepositoryCall,
  ref: string,
  path: string,
  entry: TreeEntry,
): Document {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const url = `${repositoryUrl(world, repository)}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const kind = entry.type === 'tree' ? 'trees' : 'blobs';
  const gitUrl = `${repositoryUrl(world, repository)}/git/${kind}/${entry.sha}`;
  const page = repositoryPage(world, repository);
  const html = `${page}/${entry.type === 'tree' ? 'tree' : 'blob'}/${ref}/${encoded}`;
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url,
    html_url: html,
    git_url: gitUrl,
    download_url: entry.type === 'tree' ? null : `${page}/raw/${ref}/${encoded}`,
    type: entry.type === 'tree' ? 'dir' : 'file',
    _links: { self: url, git: gitUrl, html },
  };
}

/** Files of more than a megabyte come without content, as on GitHub. */
async function fileView(
  call: RepositoryCall,
  ref: string,
  path: string,
  entry: TreeEntry,
): Promise<Document> {
  const bytes = await readBlob(call.repository.dir, entry.sha);
  const large = bytes.length > 1_048_576;
  return {
    ...entryView(call, ref, path, entry),
    encoding: large ? 'none' : 'base64',
    content: large ? '' : inLines(Buffer.from(bytes).toString('base64')),
  };
}

async function commitFile(call: RepositoryCall, change: TreeChange) {
  const { world, repository, input, account } = call;
  const branch = optionalText(input, 'branch') ?? repository.defaultBranch;
  const empty = repository.refs.size === 0;
  const parent = empty ? undefined : await tipOf(repository, branch);
  const old = parent === undefined ? undefined : await entryAt(repository.dir, parent, change.path);
  const given = optionalText(input, 'sha');
  if (old === undefined && change.sha === null) throw notFound();
  if (old !== undefined && given === undefined) throw invalid(`Invalid request.\n\n"sha" wasn't supplied.`);
  if (old?.sha !== given && given !== undefined)
    throw new Refusal(409, `${change.path} does not match ${given}`);
  refuseProtected(call, `refs/heads/${branch}`, { forced: false, signed: true });
  const own = identityOf(account, timestamp(world));
  const commit = await writeCommit(repository.dir, {
    tree: await writeTree(repository.dir, parent, [change]),
    parents: parent === undefined ? [] : [parent],
    message: text(input, 'message'),
    author: own,
    committer: { name: 'GitHub', email: 'noreply@github.com', date: own.date },
  });
  repository.verified.add(commit);
  await moveBranch(world, repository, { name: branch, to: commit, expected: parent ?? null }, account);
  return { commit, existed: old !== undefined, branch };
}

async function shortCommit({ world, repository }: RepositoryCall, sha: string): Promise<Document> {
  return gitCommitView(world, repository, await readCommit(repository.dir, sha));
}
