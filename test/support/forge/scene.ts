/** Builds the world a test starts from: accounts, repositories with files, forks. Nothing here sends a webhook. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { initBare, readRefs } from './git/repository.ts';
import { git } from './git/run.ts';
import { importFiles } from './git/write.ts';
import type { Account, Permissions, Role } from './state/account.ts';
import type { Repository } from './state/repository.ts';
import { newId } from './state/state.ts';
import { timestamp, type World } from './world.ts';

export interface NewRepository {
  readonly private?: boolean;
  readonly defaultBranch?: string;
  /** Text by path: the first commit. Empty when there is none. */
  readonly files?: Readonly<Record<string, string>>;
  /** Who works on it, by login. */
  readonly people?: Readonly<Record<string, Role>>;
}

export interface Scene {
  /** Found by login, or made. A login that ends in `[bot]` is a bot. */
  account(login: string, type?: Account['type']): Account;
  /** Owned by an organization, unless the account exists already. @param name `owner/name` */
  repository(name: string, parts?: NewRepository): Promise<Repository>;
  fork(of: Repository, owner: string): Promise<Repository>;
  /** A token of a person: with all they may do, or a fine-grained one, which reads metadata whatever else it may. */
  tokenOf(
    login: string,
    grant?: { readonly repositories: readonly Repository[]; readonly permissions?: Permissions },
  ): string;
}

/** @param folder where the bare repositories are kept. */
export function createScene(world: World, folder: string): Scene {
  const account: Scene['account'] = (login, type = login.endsWith('[bot]') ? 'Bot' : 'User') => {
    const known = world.state.accounts.get(login.toLowerCase());
    if (known !== undefined) return known;
    const made: Account = { id: newId(world.state), login, type };
    world.state.accounts.set(login.toLowerCase(), made);
    return made;
  };
  const add = (name: string, parts: NewRepository, parent?: Repository): Repository => {
    const [owner = '', repo = ''] = name.split('/');
    const id = newId(world.state);
    const repository = newRepository(
      id,
      join(folder, `${id}.git`),
      account(owner, parent ? 'User' : 'Organization'),
      {
        name: repo,
        createdAt: timestamp(world),
        parts,
        ...(parent === undefined ? {} : { parent }),
      },
    );
    for (const [login, role] of Object.entries(parts.people ?? {}))
      repository.collaborators.set(account(login).login.toLowerCase(), role);
    world.state.repositories.set(id, repository);
    initBare(repository.dir, repository.defaultBranch);
    return repository;
  };
  return {
    account,
    async repository(name, parts = {}) {
      const repository = add(name, parts);
      if (parts.files !== undefined) await firstCommit(world, repository, parts.files);
      return repository;
    },
    async fork(of, owner) {
      const copy = add(`${owner}/${of.name}`, { private: of.private, defaultBranch: of.defaultBranch }, of);
      await git(copy.dir, ['fetch', '-q', of.dir, '+refs/heads/*:refs/heads/*']);
      copy.refs = await readRefs(copy.dir);
      return copy;
    },
    tokenOf(login, grant) {
      const hex = randomBytes(48).toString('hex');
      // As long as GitHub's, so that what redacts them meets the real shapes.
      const token =
        grant === undefined
          ? `ghp_${hex.slice(0, 36)}`
          : `github_pat_${hex.slice(0, 22)}_${hex.slice(22, 81)}`;
      const person = { kind: 'person', account: account(login) } as const;
      world.state.personTokens.set(
        token,
        grant === undefined
          ? person
          : {
              ...person,
              grant: {
                permissions: { metadata: 'read', ...grant.permissions },
                repositories: new Set(grant.repositories.map(({ id }) => id)),
              },
            },
      );
      return token;
    },
  };
}

async function firstCommit(world: World, repository: Repository, files: Readonly<Record<string, string>>) {
  const { dir, defaultBranch } = repository;
  const own = { name: 'Ada', email: 'ada@example.com', date: timestamp(world) };
  await importFiles(dir, { branch: defaultBranch, message: 'Begin\n', author: own, files });
  repository.refs = await readRefs(dir);
}

function newRepository(
  id: number,
  dir: string,
  owner: Account,
  about: {
    readonly name: string;
    readonly createdAt: string;
    readonly parts: NewRepository;
    readonly parent?: Repository;
  },
): Repository {
  const { name, createdAt, parts, parent } = about;
  return {
    id,
    dir,
    owner,
    name,
    createdAt,
    ...(parent === undefined ? {} : { parent }),
    private: parts.private ?? true,
    archived: false,
    issuesEnabled: true,
    defaultBranch: parts.defaultBranch ?? 'main',
    description: null,
    formerNames: new Set(),
    collaborators: new Map(),
    merging: { merge: true, squash: true, rebase: true, autoMerge: false, deleteBranch: false },
    protection: new Map(),
    rules: new Map(),
    mergeQueues: new Set(),
    issues: new Map(),
    reviewComments: new Map(),
    labels: new Map(),
    checkRuns: new Map(),
    workflowRuns: new Map(),
    artifacts: new Map(),
    activities: [],
    refs: new Map(),
    verified: new Set(),
  };
}
