/** Talks to GitHub as the App: which repositories there are, and one of them with a token that reaches no other. */
import type { Logger } from 'pino';
import { DreamkeeperError } from '../core/error.ts';
import type { GithubSettings } from '../settings-github.ts';
import { asking, statusOf, waitOf } from './failure.ts';
import { gitAuthOf, type HostedRepository, type Octokit } from './hosted.ts';
import {
  mintForListing,
  mintForName,
  mintForNamed,
  mintForRepository,
  visibilityOf,
  type MintedRepository,
} from './mint.ts';
import { organisationRepository, readOrganisationConfig, rememberingConfigs } from './organisation-config.ts';
import { createOctokits, type OctokitOptions, type Octokits } from './octokit.ts';
import { createTokenKeeper, type RepositoryToken } from './token.ts';

export interface GitHubClient {
  /** As the App itself: installations and deliveries. */
  forApp(): Octokit;
  /** The login of the App's own account, in whose name it pushes and writes. */
  bot(): Promise<string>;
  /** When the App was installed there, ISO 8601 in UTC. */
  installedAt(installation: number, signal?: AbortSignal): Promise<string>;
  /**
   * @param installation where it was last; others are asked when it is not there any more.
   * @param signal ends every request made for it.
   * @returns undefined when no active installation covers it.
   * @throws {DreamkeeperError | RetryLaterError} when GitHub cannot say.
   */
  forRepository(
    id: number,
    options?: { readonly installation?: number; readonly signal?: AbortSignal },
  ): Promise<HostedRepository | undefined>;
  /**
   * @param owner and name as somebody wrote them: case plays no part.
   * @returns undefined when no active installation covers a repository of this name.
   * @throws {DreamkeeperError | RetryLaterError} when GitHub cannot say.
   */
  named(owner: string, name: string, signal?: AbortSignal): Promise<HostedRepository | undefined>;
  /**
   * @returns the text of the config that its organisation keeps for all; undefined when there is none.
   * @throws {DreamkeeperError | RetryLaterError} when GitHub cannot say.
   */
  organisationConfig(of: HostedRepository, signal?: AbortSignal): Promise<string | undefined>;
  /** Every repository of every active installation. */
  list(signal?: AbortSignal): AsyncIterable<HostedName>;
}

export interface HostedName {
  readonly id: number;
  readonly installation: number;
}

export function createClient(
  settings: GithubSettings,
  log: Logger,
  options: OctokitOptions = {},
): GitHubClient {
  const octokits = createOctokits(settings, log, options);
  const { app } = octokits;
  const homes = new Map<number, number>();
  const open = async (id: number, installation: number, signal?: AbortSignal) => {
    const first = await mintForRepository(app, installation, id, signal);
    if (first === undefined) return undefined;
    homes.set(id, installation);
    return hostedOf(first, { octokits, installation, webUrl: settings.webUrl, signal });
  };
  let bot: Promise<string> | undefined;
  return {
    forApp: () => app,
    bot() {
      bot ??= botOf(app);
      bot.catch(() => (bot = undefined));
      return bot;
    },
    installedAt: (installation, signal) =>
      asking('asking when the App was installed', async () => {
        const asked = {
          installation_id: installation,
          ...(signal === undefined ? {} : { request: { signal } }),
        };
        return (await app.rest.apps.getInstallation(asked)).data.created_at;
      }),
    async forRepository(id, { installation, signal } = {}) {
      const likely = new Set([installation, homes.get(id)].filter((each) => each !== undefined));
      for (const each of likely) {
        const found = await open(id, each, signal);
        if (found !== undefined) return found;
      }
      homes.delete(id);
      for await (const name of listed(octokits, signal)) {
        const found = name.id === id ? await open(id, name.installation, signal) : undefined;
        if (found !== undefined) return found;
      }
      return undefined;
    },
    async named(owner, name, signal) {
      const installation = await installationOf(app, owner, name, signal);
      if (installation === undefined) return undefined;
      const first = await mintForNamed(app, installation, name, signal);
      if (first === undefined) return undefined;
      homes.set(first.repository.id, installation);
      return hostedOf(first, { octokits, installation, webUrl: settings.webUrl, signal });
    },
    organisationConfig: rememberingConfigs((hosted, signal) => organisationConfig(octokits, hosted, signal)),
    async *list(signal) {
      for await (const name of listed(octokits, signal)) {
        homes.set(name.id, name.installation);
        yield name;
      }
    },
  };
}

async function organisationConfig(
  octokits: Octokits,
  { owner, name, installation }: HostedRepository,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (name.toLowerCase() === organisationRepository) return undefined;
  const token = await mintForName(octokits.app, installation, organisationRepository, signal);
  if (token === undefined) return undefined;
  const keeper = createTokenKeeper(token, () => Promise.resolve(token));
  return readOrganisationConfig(octokits.withToken(keeper, installation, signal), owner);
}

async function botOf(app: Octokit): Promise<string> {
  const { data } = await asking('asking who the App is', () => app.rest.apps.getAuthenticated());
  const slug = data?.slug;
  if (slug !== undefined) return `${slug}[bot]`;
  throw new DreamkeeperError('repository', 'GitHub does not say what the App is called', { retryable: true });
}

function installationOf(
  app: Octokit,
  owner: string,
  name: string,
  signal?: AbortSignal,
): Promise<number | undefined> {
  return asking('asking where the App is installed', async () => {
    try {
      const request = signal === undefined ? {} : { request: { signal } };
      const { data } = await app.rest.apps.getRepoInstallation({ owner, repo: name, ...request });
      return data.suspended_at === null ? data.id : undefined;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  });
}

async function* listed(octokits: Octokits, signal?: AbortSignal): AsyncGenerator<HostedName> {
  const { app } = octokits;
  const request = signal === undefined ? {} : { request: { signal } };
  const installations = await asking('listing the installations', () =>
    app.paginate(app.rest.apps.listInstallations, { per_page: 100, ...request }),
  );
  for (const { id: installation, suspended_at: suspended } of installations) {
    if (suspended !== null) continue;
    signal?.throwIfAborted();
    for (const id of await coveredBy(octokits, installation, signal)) yield { id, installation };
  }
}

/** None where the installation went away meanwhile. */
async function coveredBy(octokits: Octokits, installation: number, signal?: AbortSignal) {
  const token = await mintForListing(octokits.app, installation, signal);
  if (token === undefined) return [];
  const keeper = createTokenKeeper(token, () => Promise.resolve(token));
  const octokit = octokits.withToken(keeper, installation, signal);
  return asking('listing the repositories of an installation', async () => {
    try {
      const list = octokit.rest.apps.listReposAccessibleToInstallation;
      return (await octokit.paginate(list, { per_page: 100 })).map(({ id }) => id);
    } catch (error) {
      const gone = [401, 403, 404].includes(statusOf(error) ?? 0) && waitOf(error) === undefined;
      if (gone) return [];
      throw error;
    }
  });
}

/** What an address may be made of; GitHub's names are. */
const nameOnly = /^(?!\.{1,2}$)[\w.-]+$/;

function hostedOf(
  first: { readonly token: RepositoryToken; readonly repository: MintedRepository },
  about: {
    readonly octokits: Octokits;
    readonly installation: number;
    readonly webUrl: string;
    readonly signal: AbortSignal | undefined;
  },
): HostedRepository {
  const { octokits, installation, webUrl, signal } = about;
  const { id, name, owner, archived, default_branch: defaultBranch } = first.repository;
  if (!nameOnly.test(name) || !nameOnly.test(owner.login))
    throw new DreamkeeperError('repository', 'GitHub names a repository in a way that no address can hold');
  const keeper = createTokenKeeper(first.token, async () => {
    const again = await mintForRepository(octokits.app, installation, id, signal);
    if (again !== undefined) return again.token;
    throw new DreamkeeperError('repository', `the App may not reach repository ${id} any more`, {
      remedy: 'It was transferred, or the App was taken off it or suspended.',
    });
  });
  return {
    id,
    installation,
    owner: owner.login,
    name,
    fullName: `${owner.login}/${name}`,
    defaultBranch,
    visibility: visibilityOf(first.repository),
    archived,
    octokit: octokits.withToken(keeper, installation, signal),
    gitUrl: `${webUrl}/${owner.login}/${name}.git`,
    gitAuth: async () => gitAuthOf(webUrl, (await keeper.fresh()).token),
  };
}
