/** Where the ledger of a repository is on GitHub: in itself, or in another one that is private and agrees to it. */
import { configPath, type Config } from '../core/config.ts';
import { DreamkeeperError } from '../core/error.ts';
import type { Asleep } from './asleep.ts';
import type { GitHubClient } from './client.ts';
import { readHostedConfig } from './config.ts';
import { ledgerFolder, removeCopy } from './copy-folder.ts';
import type { HostedRepository } from './hosted.ts';
import { privateOnly, whyNotKeptIn, type Publication } from './publication.ts';
import { openLedgerCopy, type WorkingCopy } from './working-copy.ts';

/** The reason of one that sleeps because its ledger may not be where its config says. */
export const ledgerElsewhere = 'ledger-elsewhere';

export interface LedgerHome {
  /** Of the repository that the ledger is in. */
  readonly copy: WorkingCopy;
  /** Asked before each push of the ledger. @throws {DreamkeeperError} when nothing may be kept there now. */
  mayPush(): Promise<void>;
  /** Why nothing may be kept where the config says. */
  readonly asleep?: Asleep;
}

/** The repository whose ledger it is. */
export interface LedgerOf {
  readonly hosted: HostedRepository;
  readonly copy: WorkingCopy;
  /** As `ownConfig` gives it. */
  readonly config: Config;
  readonly publication: Publication;
  /** Nothing is done for it anyway. */
  readonly asleep: Asleep | undefined;
}

export interface LedgerHomeOptions {
  readonly client: Pick<GitHubClient, 'named'>;
  /** Below it is the copy of the other repository, if there is one. */
  readonly dataFolder: string;
  /** The variables git may see (settings.ts). */
  readonly git: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The config, in which a repository that names itself for its ledger names none. */
export function ownConfig({ fullName }: Pick<HostedRepository, 'fullName'>, config: Config): Config {
  const { repository: name, ...ledger } = config.ledger;
  return name !== undefined && isSameName(name, fullName) ? { ...config, ledger } : config;
}

/**
 * Looks anew at each opening whether the other repository agrees; what is here of one that does not is removed.
 * @throws {DreamkeeperError | RetryLaterError} when GitHub cannot say.
 */
export async function openLedgerHome(of: LedgerOf, options: LedgerHomeOptions): Promise<LedgerHome> {
  const { copy, config, publication, asleep } = of;
  const name = config.ledger.repository;
  if (name === undefined) return { copy, mayPush: () => publication.mayPush() };
  if (asleep !== undefined) return refusing(copy, asleep);
  const found = await agreeing(of.hosted, name, options);
  if (typeof found !== 'string') return { copy: found, mayPush: privateOnly(found.hosted) };
  await removeCopy(ledgerFolder(options.dataFolder, of.hosted.id));
  return refusing(copy, { reason: ledgerElsewhere, message: `ledger.repository: ${found}` });
}

function refusing(copy: WorkingCopy, asleep: Asleep): LedgerHome {
  const error = new DreamkeeperError('config', asleep.message);
  return { copy, asleep, mayPush: () => Promise.reject(error) };
}

/** @returns why nothing may be kept there, and what to do, as a sentence; else a copy of it. */
async function agreeing(
  { id, installation, fullName }: HostedRepository,
  name: string,
  { client, dataFolder, git, signal }: LedgerHomeOptions,
): Promise<WorkingCopy | string> {
  const [owner = '', repository = ''] = name.split('/');
  const home = await client.named(owner, repository, signal);
  if (home?.installation !== installation)
    return `${name} is not there, or not in the installation of the App that covers ${fullName}: add it`;
  if (home.id === id) return `${name} is what ${fullName} was called before: leave it out`;
  const reason = whyNotKeptIn(home, home);
  if (reason !== undefined) return reason;
  const copy = await openLedgerCopy(home, id, dataFolder, git, signal);
  // The organisation's config does not speak for it: it agrees itself.
  const { config, inForce, mistakes } = await readHostedConfig(copy.repository, undefined);
  if (inForce && config.sources.some((source) => isSameName(source, fullName))) return copy;
  const wrong = mistakes.length > 0 ? `its ${configPath} cannot be read; ` : '';
  return `${home.fullName} does not agree: ${wrong}name ${fullName} under "sources:" in the ${configPath} of its default branch`;
}

/** Case plays no part in names on GitHub. */
function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
