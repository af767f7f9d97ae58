/** Asks GitHub for tokens that reach one repository, or no more than the names of those of an installation. */
import { DreamkeeperError } from '../core/error.ts';
import { asking, statusOf, waitOf } from './failure.ts';
import type { HostedRepository, Octokit } from './hosted.ts';
import type { RepositoryToken } from './token.ts';

type Minted = Awaited<ReturnType<Octokit['rest']['apps']['createInstallationAccessToken']>>['data'];

/** What GitHub says of the repository together with the token: as it is at this moment. */
export type MintedRepository = NonNullable<Minted['repositories']>[number];

/** DESIGN 6: what the token of a repository may do, and nothing else. */
const repositoryPermissions = {
  metadata: 'read',
  actions: 'read',
  contents: 'write',
  pull_requests: 'write',
  issues: 'write',
  checks: 'write',
} as const;

export interface MintedFor {
  readonly token: RepositoryToken;
  readonly repository: MintedRepository;
}

/**
 * @returns undefined when the installation is gone or suspended, or does not cover the repository.
 * @throws {DreamkeeperError} when the App was given fewer permissions than it needs.
 */
export function mintForRepository(
  app: Octokit,
  installation: number,
  id: number,
  signal?: AbortSignal,
): Promise<MintedFor | undefined> {
  const asked = { installation_id: installation, repository_ids: [id], ...within(signal) };
  return mintedFor(app, asked, (repository) => repository.id === id);
}

/**
 * @param name whose case plays no part.
 * @returns undefined when the installation is gone or suspended, or covers no repository of this name.
 * @throws {DreamkeeperError} when the App was given fewer permissions than it needs.
 */
export function mintForNamed(
  app: Octokit,
  installation: number,
  name: string,
  signal?: AbortSignal,
): Promise<MintedFor | undefined> {
  const asked = { installation_id: installation, repositories: [name], ...within(signal) };
  return mintedFor(app, asked, (repository) => repository.name.toLowerCase() === name.toLowerCase());
}

async function mintedFor(
  app: Octokit,
  asked: Asked,
  isAsked: (repository: MintedRepository) => boolean,
): Promise<MintedFor | undefined> {
  const data = await minted(app, { ...asked, permissions: repositoryPermissions });
  const repository = data?.repositories?.find(isAsked);
  return data === undefined || repository === undefined ? undefined : { token: tokenOf(data), repository };
}

/**
 * Reads files of another repository of the same owner.
 * @returns undefined when the installation does not cover one of this name.
 */
export async function mintForName(
  app: Octokit,
  installation: number,
  name: string,
  signal?: AbortSignal,
): Promise<RepositoryToken | undefined> {
  const data = await minted(app, {
    installation_id: installation,
    repositories: [name],
    permissions: { contents: 'read' },
    ...within(signal),
  });
  return data === undefined ? undefined : tokenOf(data);
}

/** Enough to list what an installation covers. @returns undefined when it is gone or suspended. */
export async function mintForListing(
  app: Octokit,
  installation: number,
  signal?: AbortSignal,
): Promise<RepositoryToken | undefined> {
  const data = await minted(app, {
    installation_id: installation,
    permissions: { metadata: 'read' },
    ...within(signal),
  });
  return data === undefined ? undefined : tokenOf(data);
}

const within = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { request: { signal } });

type Asked = NonNullable<Parameters<Octokit['rest']['apps']['createInstallationAccessToken']>[0]>;

function minted(app: Octokit, asked: Asked): Promise<Minted | undefined> {
  return asking('asking for a token of the installation', async () => {
    try {
      return (await app.rest.apps.createInstallationAccessToken(asked)).data;
    } catch (error) {
      if (isUngranted(error)) throw missingPermissions(error);
      if (isGone(error)) return undefined;
      throw error;
    }
  });
}

/** 404: uninstalled; 403 without a limit: suspended; 422: the repository is none of its own. */
function isGone(error: unknown): boolean {
  const status = statusOf(error);
  return status === 404 || status === 422 || (status === 403 && waitOf(error) === undefined);
}

/** GitHub answers 422 to both, and tells them apart by words alone. */
function isUngranted(error: unknown): boolean {
  return statusOf(error) === 422 && error instanceof Error && /permissions? requested/i.test(error.message);
}

function missingPermissions(cause: unknown): DreamkeeperError {
  return new DreamkeeperError('repository', 'the installation has not granted all that the App needs', {
    remedy: 'Its owner accepts the new permissions on the page of the installation, under "Review request".',
    cause,
  });
}

function tokenOf({ token, expires_at: expiresAt }: Minted): RepositoryToken {
  return { token, mintedAt: Date.now(), expiresAt: Date.parse(expiresAt) };
}

/** @param repository older Enterprise Servers say only whether it is private. */
export function visibilityOf(repository: {
  readonly visibility?: string | undefined;
  readonly private: boolean;
}): HostedRepository['visibility'] {
  const { visibility } = repository;
  if (visibility === 'internal' || visibility === 'private') return visibility;
  return repository.private ? 'private' : 'public';
}
