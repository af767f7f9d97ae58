/** The Git database: commits, trees and blobs. */
import { readBlob, readCommit, readTree, type Identity } from '../git/commit.ts';
import { findCommit } from '../git/repository.ts';
import { gitResult } from '../git/run.ts';
import { writeBlob, writeCommit, writeTree } from '../git/write.ts';
import { identityOf } from '../merging/merge.ts';
import {
  created,
  invalid,
  notFound,
  ok,
  optionalText,
  Refusal,
  text,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import type { Repository } from '../state/repository.ts';
import { nodeId } from '../state/state.ts';
import { gitCommitView } from '../views/commit.ts';
import { repositoryUrl } from '../views/repository.ts';
import { timestamp, type Document, type World } from '../world.ts';

export const gitData: RepositoryHandlers = {
  'git/get-commit': {
    needs: ['contents:read'],
    async answer({ world, repository, input }) {
      const sha = await objectOf(repository, text(input, 'commit_sha'), 'commit');
      return ok(gitCommitView(world, repository, await readCommit(repository.dir, sha)));
    },
  },
  'git/create-commit': { needs: ['contents:write'], answer: createCommit },
  'git/get-tree': { needs: ['contents:read'], answer: getTree },
  'git/create-tree': { needs: ['contents:write'], answer: createTree },
  'git/get-blob': {
    needs: ['contents:read'],
    async answer({ world, repository, input }) {
      const sha = await objectOf(repository, text(input, 'file_sha'), 'blob');
      const content = await readBlob(repository.dir, sha);
      return ok({
        ...blobLink(world, repository, sha),
        node_id: nodeId('Blob', sha),
        size: content.length,
        encoding: 'base64',
        content: inLines(Buffer.from(content).toString('base64')),
      });
    },
  },
  'git/create-blob': {
    needs: ['contents:write'],
    async answer({ world, repository, input }) {
      const encoding = optionalText(input, 'encoding') === 'base64' ? 'base64' : 'utf8';
      const sha = await writeBlob(repository.dir, Buffer.from(text(input, 'content'), encoding));
      return created(blobLink(world, repository, sha));
    },
  },
};

/** Base64 as GitHub breaks it. */
export const inLines = (base64: string): string => base64.replaceAll(/.{60}/g, '$&\n') + '\n';

const blobLink = (world: World, repository: Repository, sha: string): Document => ({
  sha,
  url: `${repositoryUrl(world, repository)}/git/blobs/${sha}`,
});

async function objectOf(
  repository: Repository,
  id: string,
  type: 'commit' | 'blob' | 'tree',
): Promise<string> {
  const spec = type === 'tree' ? `${id}^{tree}` : id;
  const { stdout, exitCode } = await gitResult(repository.dir, ['cat-file', '--batch-check'], {
    input: spec,
  });
  const [sha = '', kind] = Buffer.from(stdout).toString().trim().split(' ');
  if (exitCode !== 0 || kind !== type) throw notFound();
  return sha;
}

async function createCommit({ world, repository, input, account }: RepositoryCall) {
  const own = identityOf(account, timestamp(world));
  const given = (name: string): Identity | undefined => {
    const value = input[name] as Partial<Identity> | undefined;
    return value?.name === undefined ? undefined : { ...own, ...value };
  };
  const author = given('author') ?? own;
  const sha = await writeCommit(repository.dir, {
    tree: await objectOf(repository, text(input, 'tree'), 'tree'),
    parents: (input.parents as readonly string[] | undefined) ?? [],
    message: text(input, 'message'),
    author,
    committer: given('committer') ?? author,
  });
  // GitHub signs what a bot writes without naming anybody.
  if (account.type === 'Bot' && given('author') === undefined) repository.verified.add(sha);
  return created(gitCommitView(world, repository, await readCommit(repository.dir, sha)));
}

async function getTree(call: RepositoryCall) {
  const { repository, input } = call;
  const name = text(input, 'tree_sha');
  const sha = (await findCommit(repository, name)) ?? name;
  return ok(await treeView(call, await objectOf(repository, sha, 'tree'), input.recursive !== undefined));
}

async function createTree(call: RepositoryCall) {
  const { repository, input } = call;
  const entries = input.tree as readonly {
    path?: string;
    mode?: string;
    sha?: string | null;
    content?: string;
  }[];
  const changes = [];
  for (const { path = '', mode = '100644', sha, content } of entries) {
    const blob = content === undefined ? sha : await writeBlob(repository.dir, Buffer.from(content));
    if (blob === undefined) throw invalid('Must supply either tree.sha or tree.content');
    changes.push({ path, mode, sha: blob });
  }
  const base = optionalText(input, 'base_tree');
  const sha = await writeTree(repository.dir, base, changes);
  return created(await treeView(call, sha, false));
}

async function treeView(
  { world, repository }: RepositoryCall,
  sha: string,
  recursive: boolean,
): Promise<Document> {
  const url = repositoryUrl(world, repository);
  const entries = await readTree(repository.dir, sha, recursive);
  return {
    sha,
    url: `${url}/git/trees/${sha}`,
    truncated: false,
    tree: entries.map(({ size, ...entry }) => ({
      ...entry,
      ...(size === undefined ? {} : { size }),
      url: `${url}/git/${entry.type === 'tree' ? 'trees' : 'blobs'}/${entry.sha}`,
    })),
  };
}

/** @throws {Refusal} 409 where there is no commit yet */
export async function tipOf(repository: Repository, name = repository.defaultBranch): Promise<string> {
  if (repository.refs.size === 0) throw new Refusal(409, 'Git Repository is empty.');
  const sha = await findCommit(repository, name);
  if (sha === undefined) throw new Refusal(404, `No commit found for the ref ${name}`);
  return sha;
}
