/** The repositories that the App is installed on, as jobs work on them: what is written is on GitHub. */
import type { Config } from '../core/config.ts';
import type { Dreamer } from '../core/dream/dreamer.ts';
import { DreamkeeperError } from '../core/error.ts';
import { createRedactor } from '../core/sessions/redact.ts';
import type { OpenedRepository } from '../git/repository.ts';
import type { Place, RepositorySource } from '../jobs/place.ts';
import type { StoredLedger } from '../ledger/ledger.ts';
import { applyRetention } from '../ledger/retention.ts';
import type { GitHubClient } from './client.ts';
import { readHostedConfig, type HostedConfig } from './config.ts';
import { asking } from './failure.ts';
import type { HostedRepository } from './hosted.ts';
import { visibilityOf } from './mint.ts';
import { openRemoteLedger } from './remote-ledger.ts';
import { remoteRepository } from './remote-repository.ts';
import { openWorkingCopy, type WorkingCopy } from './working-copy.ts';

export interface HostedPlace extends Place, Omit<HostedConfig, 'config'> {
  readonly hosted: HostedRepository;
  readonly copy: WorkingCopy;
  readonly repository: OpenedRepository;
  readonly ledger: StoredLedger;
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
  readonly dreamerOf: (config: Config) => Dreamer;
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
      return hosted === undefined ? undefined : openPlace(hosted, signal, options);
    },
  };
}

async function openPlace(
  hosted: HostedRepository,
  signal: AbortSignal,
  { client, dataFolder, git, dreamerOf }: HostedOptions,
): Promise<HostedPlace> {
  if (hosted.archived) throw archived(hosted);
  const copy = await openWorkingCopy(hosted, dataFolder, git, signal);
  const inherited = await client.organisationConfig(hosted, signal);
  const { config, ...found } = await readHostedConfig(copy.repository, inherited);
  requireConsent(hosted, hosted.visibility, config);
  const ledger = openRemoteLedger(copy, { mayPush: () => requireConsentNow(hosted, config) });
  return {
    ...found,
    hosted,
    copy,
    config,
    ledger,
    repository: remoteRepository(copy),
    redactor: createRedactor({ patterns: config.redact }),
    dreamer: dreamerOf(config),
    person: hosted.owner,
    async retain(now) {
      const removed = await applyRetention(ledger, config.ledger.retention, now);
      if (removed.length > 0) await copy.discardLater();
      return removed;
    },
  };
}

/** It may have been made public since the job began. */
async function requireConsentNow(hosted: HostedRepository, config: Config): Promise<void> {
  const { data } = await asking('asking who sees the repository', () =>
    hosted.octokit.rest.repos.get({ owner: hosted.owner, repo: hosted.name }),
  );
  if (data.archived) throw archived(hosted);
  requireConsent(hosted, visibilityOf(data), config);
}

function requireConsent(
  { fullName }: HostedRepository,
  visibility: HostedRepository['visibility'],
  { ledger }: Config,
): void {
  if (ledger.repository !== undefined)
    throw new DreamkeeperError('config', `ledger.repository: ${fullName} keeps its ledger elsewhere`, {
      remedy: 'This version keeps the ledger in the repository itself: leave ledger.repository out.',
    });
  if (visibility !== 'public' || ledger.public) return;
  throw new DreamkeeperError('repository', `${fullName} is public, and nobody agreed to a public ledger`, {
    remedy: 'Say "ledger: { public: true }" in its config, or make it private.',
  });
}

function archived({ fullName }: HostedRepository): DreamkeeperError {
  return new DreamkeeperError('repository', `${fullName} is archived`, {
    remedy: 'Unarchive it, or take it out of the installation of the App.',
  });
}
