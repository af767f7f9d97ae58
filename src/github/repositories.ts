/** The repositories that the App is installed on, as jobs work on them: what is written is on GitHub. */
import type { Config } from '../core/config.ts';
import type { AgentService } from '../core/dream/agent-service.ts';
import type { Dreamer } from '../core/dream/dreamer.ts';
import { createRedactor } from '../core/sessions/redact.ts';
import type { OpenedRepository } from '../git/repository.ts';
import type { Place, RepositorySource } from '../jobs/place.ts';
import type { StoredLedger } from '../ledger/ledger.ts';
import { applyRetention } from '../ledger/retention.ts';
import { asleepOf } from './asleep.ts';
import type { GitHubClient } from './client.ts';
import { readHostedConfig, type HostedConfig } from './config.ts';
import { removeCopies } from './copy-folder.ts';
import type { HostedRepository } from './hosted.ts';
import { openLedgerHome, ownConfig } from './ledger-home.ts';
import { mindOf, type Mind } from './mind.ts';
import { createPublication } from './publication.ts';
import { createPullRequests, type HostedPullRequests } from './pull-requests.ts';
import { openRemoteLedger } from './remote-ledger.ts';
import { remoteRepository } from './remote-repository.ts';
import { openWorkingCopy, type WorkingCopy } from './working-copy.ts';

export interface HostedPlace extends Place, Omit<HostedConfig, 'config'>, Mind {
  readonly hosted: HostedRepository;
  readonly copy: WorkingCopy;
  /** Of the repository that the ledger is in: the same copy, unless it is kept elsewhere. */
  readonly ledgerCopy: WorkingCopy;
  readonly repository: OpenedRepository;
  readonly ledger: StoredLedger;
  /** The login of the App's own account. */
  readonly bot: () => Promise<string>;
  readonly pullRequests: HostedPullRequests;
  /** Another repository that the App is installed on. */
  readonly named: GitHubClient['named'];
}

export interface HostedRepositories extends RepositorySource {
  open(id: string, signal: AbortSignal, installation?: string): Promise<HostedPlace | undefined>;
}

export interface HostedOptions {
  readonly client: GitHubClient;
  /** Where copies are kept. One process at a time works with those of a folder and repository: jobs, not requests. */
  readonly dataFolder: string;
  /** The variables git may see (settings.ts). */
  readonly git: Readonly<Record<string, string>>;
  /** @param repository as it is at a commit. */
  readonly dreamerOf: (config: Config, repository: Pick<OpenedRepository, 'readFile'>) => Dreamer;
  /** The service where its agents run. */
  readonly agentsOf?: (
    of: Pick<Place, 'config' | 'repository' | 'ledger' | 'redactor'>,
  ) => AgentService | undefined;
}

export function hostedRepositories(options: HostedOptions): HostedRepositories {
  const { client } = options;
  return {
    async *list(signal) {
      for await (const { id, installation } of client.list(signal))
        yield { id: String(id), installation: String(installation) };
    },
    async open(id, signal, installation) {
      const at = installation === undefined ? {} : { installation: Number(installation) };
      const hosted = await client.forRepository(Number(id), { ...at, signal });
      if (hosted !== undefined) return openPlace(hosted, signal, options);
      // Whoever takes the App away takes away what it has of them.
      await removeCopies(options.dataFolder, Number(id));
      return undefined;
    },
  };
}

async function openPlace(
  hosted: HostedRepository,
  signal: AbortSignal,
  { client, dataFolder, git, dreamerOf, agentsOf }: HostedOptions,
): Promise<HostedPlace> {
  const copy = await openWorkingCopy(hosted, dataFolder, git, signal);
  const inherited = await client.organisationConfig(hosted, signal);
  const { config: said, ...found } = await readHostedConfig(copy.repository, inherited);
  const config = ownConfig(hosted, said);
  const publication = createPublication(hosted, config);
  const mind = mindOf(config, (its) => dreamerOf(its, copy.repository));
  const of = { hosted, copy, config, publication, asleep: asleepOf(hosted, { ...found, ...mind }, config) };
  const home = await openLedgerHome(of, { client, dataFolder, git, signal });
  const { copy: ledgerCopy, asleep = of.asleep } = home;
  const ledger = openRemoteLedger(ledgerCopy, { mayPush: () => home.mayPush() });
  const repository = remoteRepository(copy);
  const redactor = createRedactor({ patterns: config.redact });
  const own = { hosted, copy, ledgerCopy, config, ledger, repository, redactor, bot: () => client.bot() };
  const agents = agentsOf?.(own);
  return {
    ...found,
    ...own,
    installation: String(hosted.installation),
    ...(agents === undefined ? {} : { agents }),
    ...mind,
    ...(asleep === undefined ? {} : { asleep }),
    pullRequests: createPullRequests({ ...own, publication }),
    person: hosted.owner,
    named: (owner, name) => client.named(owner, name, signal),
    async retain(now) {
      const removed = await applyRetention(ledger, config.ledger.retention, now);
      if (removed.length > 0) await ledgerCopy.discardLater();
      return removed;
    },
  };
}
