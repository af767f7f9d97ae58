/** Everything the stand-in knows, and how things are found in it. */
import { createHash } from 'node:crypto';
import type { Account, Actor, AppRegistration, Installation, InstallationToken, Role } from './account.ts';
import { fullName, type Repository } from './repository.ts';
import type { Delivery } from '../webhooks/delivery.ts';

export interface State {
  readonly app: AppRegistration;
  /** By login in lower case: GitHub does not tell case apart. */
  readonly accounts: Map<string, Account>;
  readonly repositories: Map<number, Repository>;
  readonly installations: Map<number, Installation>;
  readonly installationTokens: Map<string, InstallationToken>;
  /** Tokens of people. */
  readonly personTokens: Map<string, Extract<Actor, { kind: 'person' }>>;
  readonly deliveries: Delivery[];
  nextId: number;
}

/** The next id of anything; ids are never used twice. */
export function newId(state: State): number {
  state.nextId += 1;
  return state.nextId;
}

export function findRepository(state: State, owner: string, name: string): Repository | undefined {
  const wanted = `${owner}/${name}`.toLowerCase();
  const all = [...state.repositories.values()];
  return (
    all.find((repository) => fullName(repository).toLowerCase() === wanted) ??
    all.find((repository) => repository.formerNames.has(wanted))
  );
}

export function findInstallation(state: State, repository: Repository): Installation | undefined {
  return [...state.installations.values()].find((installation) => covers(installation, repository));
}

export function covers(installation: Installation, repository: Repository): boolean {
  if (installation.account.id !== repository.owner.id) return false;
  return installation.selection === 'all' || installation.repositories.has(repository.id);
}

/** Owners may do everything; people see public repositories; others need to be asked in. */
export function roleOf(repository: Repository, account: Account): Role | undefined {
  if (repository.owner.id === account.id) return 'admin';
  return (
    repository.collaborators.get(account.login.toLowerCase()) ?? (repository.private ? undefined : 'read')
  );
}

/** The ids GraphQL uses: opaque, and the same for one thing always. */
export function nodeId(kind: string, id: number | string): string {
  return `${kind}_${Buffer.from(String(id)).toString('base64url')}`;
}

/** Read back by GraphQL. @returns the kind and the id as it was given. */
export function readNodeId(id: string): { kind: string; id: string } {
  const at = id.indexOf('_');
  return { kind: id.slice(0, at), id: Buffer.from(id.slice(at + 1), 'base64url').toString() };
}

export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
