/** Constructs the adapters of a repository and hands them to the verbs. The only place that does. */
import { userInfo } from 'node:os';
import { agentsOf } from './compose-agents.ts';
import { dreamerWhenAsked } from './compose-dreamers.ts';
import { parseConfig } from './config-file.ts';
import { configPath, type Config } from './core/config.ts';
import type { AgentService } from './core/dream/agent-service.ts';
import type { Dreamer } from './core/dream/dreamer.ts';
import { DreamkeeperError } from './core/error.ts';
import { createRedactor, type Redactor } from './core/sessions/redact.ts';
import { openRepository, type OpenedRepository } from './git/repository.ts';
import { openUserRemote } from './git/user-remote.ts';
import { defaultBranch } from './ledger/layout.ts';
import { openLedger, type StoredLedger } from './ledger/ledger.ts';
import { openPushedLedger } from './ledger/pushed-ledger.ts';
import type { Settings } from './settings.ts';
import { readWorkingFile } from './working-tree.ts';

export interface Workplace {
  readonly repository: OpenedRepository;
  readonly ledger: StoredLedger;
  readonly config: Config;
  readonly redactor: Redactor;
  readonly dreamer: Dreamer;
  /** Where its agents run, if the config says so and there is a key. */
  readonly agents?: AgentService;
  /** Who works here: the name git knows, else the name of the account. */
  readonly person: string;
}

/**
 * @param folder any folder inside the repository.
 * @param signal ends all git that is started for it when it is aborted.
 * @throws {DreamkeeperError} `repository` or `config`, with what to do.
 */
export async function openWorkplace(
  folder: string,
  settings: Settings,
  signal?: AbortSignal,
): Promise<Workplace> {
  const repository = await openRepository(folder, settings.git, signal);
  const [config, user] = await Promise.all([readConfig(repository), repository.user()]);
  const ledger = openLedger(repository);
  const redactor = createRedactor({ patterns: config.redact });
  const agents = agentsOf(settings)({ repository, ledger, config, redactor });
  return {
    repository,
    ledger,
    config,
    redactor,
    dreamer: dreamerWhenAsked(config, settings, repository),
    ...(agents === undefined ? {} : { agents }),
    person: user.name ?? user.email ?? userInfo().username,
  };
}

export interface PublishedLedger {
  /** The remote it is on. */
  readonly remote: string;
  readonly ledger: StoredLedger;
}

/**
 * The ledger as a remote of the repository has it, reached with the user's own credentials.
 * @param asked the remote; unless given, that of the branch, or else `origin`.
 * @throws {DreamkeeperError} `usage` when there is no such remote, `repository` when it cannot be read.
 */
export async function openPublishedLedger(
  { repository }: Pick<Workplace, 'repository'>,
  asked: string | undefined,
): Promise<PublishedLedger> {
  const there = await openUserRemote(repository.site, defaultBranch, asked);
  let tip = await there.fetch();
  const remote = {
    tip: () => tip,
    refresh: async () => void (tip = await there.fetch()),
    push: (to: string) => there.push(to),
  };
  const local = openLedger(repository, { ref: there.copy });
  const name = `the ledger on ${there.name}`;
  return { remote: there.name, ledger: openPushedLedger(local, remote, { name }) };
}

/**
 * Where the ledger is in another repository, its branch there is known to the App alone, and `origin` may be public.
 * @throws {DreamkeeperError} `config` when the config says so.
 */
export function requireOwnLedger({ config: { ledger } }: Pick<Workplace, 'config'>): void {
  if (ledger.repository === undefined) return;
  throw new DreamkeeperError('config', `the ledger of this repository is kept in ${ledger.repository}`, {
    remedy:
      'Hand sessions in over HTTP instead: POST /api/sessions/OWNER/NAME of the App’s server (docs/ingestion.md).',
  });
}

/** The file as the person has it before them; in a bare repository the one of the last commit. */
export async function readConfig(repository: OpenedRepository): Promise<Config> {
  const parsed = parseConfig((await configText(repository)) ?? '');
  if ('config' in parsed) return parsed.config;
  const [first, ...others] = parsed.errors.map(
    ({ line, column, message }) => `${configPath}:${line}:${column} ${message}`,
  );
  throw new DreamkeeperError('config', first ?? `${configPath} cannot be read`, {
    remedy: [...others, 'Mend the file; docs/configuration.md lists every key.'].join('\n'),
  });
}

async function configText(repository: OpenedRepository): Promise<string | undefined> {
  const { workTree } = repository.site;
  if (workTree !== undefined) return readWorkingFile(workTree, configPath);
  const head = await repository.resolve('HEAD');
  return head === undefined ? undefined : repository.readFile(head, configPath);
}
