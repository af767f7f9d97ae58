/** Takes in what is handed in over HTTP, in copies of its own: jobs keep theirs, and neither waits for the other. */
import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { configPath, type Config } from '../../core/config.ts';
import { extractorVersion, gather } from '../../core/dream/gather/gather.ts';
import { DreamkeeperError, RetryLaterError } from '../../core/error.ts';
import { createRedactor } from '../../core/sessions/redact.ts';
import type { Caller, Refusal, Submitted } from '../../core/sessions/submission.ts';
import { openSources } from '../../files.ts';
import { ingest, type IngestReport } from '../../ingest.ts';
import type { GitHubClient } from '../client.ts';
import { readHostedConfig } from '../config.ts';
import { removeCopies } from '../copy-folder.ts';
import type { HostedRepository } from '../hosted.ts';
import { openLedgerHome, ownConfig, type LedgerHomeOptions } from '../ledger-home.ts';
import { createPublication, requireConsent } from '../publication.ts';
import { openRemoteLedger } from '../remote-ledger.ts';
import { openWorkingCopy, type WorkingCopy } from '../working-copy.ts';
import { createOneByOne } from './one-by-one.ts';

export interface IntakeOptions {
  readonly client: Pick<GitHubClient, 'organisationConfig' | 'named'>;
  readonly dataFolder: string;
  /** The variables git may see (settings.ts). */
  readonly git: Readonly<Record<string, string>>;
  /** Milliseconds after which a copy that nobody needed goes; ten minutes unless said otherwise. */
  readonly idle?: number;
}

export interface Intake {
  /** @throws {DreamkeeperError | RetryLaterError} when GitHub cannot say. */
  configOf(hosted: HostedRepository): Promise<Config>;
  /** @returns what is on the ledger on GitHub now, or why nothing is. @throws what is no answer for the caller. */
  submit(hosted: HostedRepository, caller: Caller, file: string): Promise<Submitted | Refusal>;
  /** Ends what runs and removes the copies. */
  close(): Promise<void>;
}

const dayMilliseconds = 86_400_000;

export function createIntake(options: IntakeOptions): Intake {
  const top = join(options.dataFolder, 'intake');
  const folder = join(top, `${process.pid}-${randomUUID().slice(0, 8)}`);
  const stopping = new AbortController();
  const turns = createOneByOne();
  const clocks = new Map<number, NodeJS.Timeout>();
  const cleared = removeOld(top);

  const leave = (id: number): void => {
    clearTimeout(clocks.get(id));
    const remove = (): void => {
      clocks.delete(id);
      if (!turns.isBusy(id)) void turns.run(id, () => removeCopies(folder, id)).catch(() => undefined);
    };
    clocks.set(id, setTimeout(remove, options.idle ?? 600_000).unref());
  };
  const inCopy = <T>(hosted: HostedRepository, work: (place: IntakePlace) => Promise<T>): Promise<T> =>
    turns.run(hosted.id, async () => {
      await cleared;
      try {
        const { signal } = stopping;
        const copy = await openWorkingCopy(hosted, folder, options.git, signal, 'ledger');
        const inherited = await options.client.organisationConfig(hosted, signal);
        const { config, mistakes, absent } = await readHostedConfig(copy.repository, inherited);
        const { client, git } = options;
        const home = { client, git, dataFolder: folder, signal };
        return await work({ hosted, copy, config: ownConfig(hosted, config), absent, mistakes, home });
      } finally {
        leave(hosted.id);
      }
    });
  return {
    configOf: (hosted) => inCopy(hosted, ({ config }) => Promise.resolve(config)),
    async submit(hosted, caller, file) {
      try {
        return await inCopy(hosted, (place) => takeFile(place, caller, file));
      } catch (error) {
        return refusalOf(error);
      }
    },
    async close() {
      stopping.abort(new Error('the server stops'));
      for (const clock of clocks.values()) clearTimeout(clock);
      await turns.settled();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

interface IntakePlace {
  readonly hosted: HostedRepository;
  readonly copy: WorkingCopy;
  readonly config: Config;
  readonly absent: boolean;
  readonly mistakes: readonly string[];
  readonly home: LedgerHomeOptions;
}

async function takeFile(
  { hosted, copy, config, absent, mistakes, home: options }: IntakePlace,
  { login, person, recordedIn }: Caller,
  file: string,
): Promise<Submitted | Refusal> {
  const refusal = whyNotHere(hosted, absent, mistakes);
  if (refusal !== undefined) return refusal;
  requireConsent(hosted, hosted.visibility, config);
  const publication = createPublication(hosted, config);
  const home = await openLedgerHome({ hosted, copy, config, publication, asleep: undefined }, options);
  if (home.asleep !== undefined) return notReady(hosted);
  const report = await ingest({
    sources: openSources([file]),
    ledger: openRemoteLedger(home.copy, { mayPush: () => home.mayPush() }),
    redactor: createRedactor({ patterns: config.redact }),
    detail: config.ledger.detail,
    extractor: { version: extractorVersion, gather },
    submittedBy: login,
    claimed: !person,
    ...(recordedIn === undefined ? {} : { recordedIn }),
  });
  return answerOf(report);
}

function whyNotHere(
  { fullName, archived }: HostedRepository,
  absent: boolean,
  mistakes: readonly string[],
): Refusal | undefined {
  const [mistake] = mistakes;
  if (archived) return { refused: 403, reason: `${fullName} is archived.` };
  if (absent)
    return {
      refused: 409,
      reason: `Nobody agreed yet: there is no ${configPath} on the default branch of ${fullName}. Merge the pull request that Dreamkeeper opened when it was installed.`,
    };
  if (mistake !== undefined) return { refused: 409, reason: `The configuration is wrong: ${mistake}` };
  return undefined;
}

/** Which of the conditions is not met would tell people of repositories that they may not see. */
function notReady({ fullName }: HostedRepository): Refusal {
  return {
    refused: 409,
    reason: `The repository that ledger.repository names is not ready: it must be private, in the same installation of the App, and name ${fullName} under "sources:" in its own ${configPath}.`,
  };
}

function answerOf({ ingested, unchanged, sessions, refused }: IngestReport): Submitted | Refusal {
  if (ingested + unchanged > 0) return { sessions, unchanged };
  const reasons = [...new Set(refused.map(({ reason }) => reason))].slice(0, 5);
  return {
    refused: 422,
    reason: reasons.length === 0 ? 'There is no transcript in it.' : `Not taken in: ${reasons.join('; ')}.`,
  };
}

/** @throws what is nobody's fault but ours. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof RetryLaterError)
    return { refused: 503, reason: 'GitHub asks to wait.', retryAfter: error.retryAfter };
  if (!(error instanceof DreamkeeperError)) throw error;
  if (error.retryable)
    return { refused: 503, reason: 'The ledger on GitHub cannot be reached now.', retryAfter: 30 };
  const reason = [error.message, error.remedy].filter((part) => part !== undefined).join('. ');
  return { refused: error.code === 'config' ? 409 : 403, reason };
}

/** Of processes that were killed. */
async function removeOld(top: string): Promise<void> {
  for (const name of await readdir(top).catch(() => [])) {
    const path = join(top, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > dayMilliseconds)
      await rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}
