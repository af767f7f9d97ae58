/** Whether what was said in sessions may go to a repository on GitHub at this moment: it may have been made public. */
import type { Config } from '../core/config.ts';
import { DreamkeeperError } from '../core/error.ts';
import { asking } from './failure.ts';
import type { HostedRepository } from './hosted.ts';
import { visibilityOf } from './mint.ts';

export interface Publication {
  /**
   * Asked before each push.
   * @throws {DreamkeeperError} when it is archived, or public and nobody agreed to a public ledger.
   */
  mayPush(): Promise<void>;
  /** Whether words of sessions may stand where everybody sees them who sees the repository. */
  mayQuote(): Promise<boolean>;
}

type Seen = Pick<HostedRepository, 'visibility' | 'archived'>;

/** An answer of GitHub is believed for so long. */
const goodMilliseconds = 60_000;

export function createPublication(hosted: HostedRepository, config: Config): Publication {
  const begin = { seen: hosted as Seen, at: performance.now() };
  let asked: typeof begin | undefined;
  const isGood = (known: typeof begin): boolean => performance.now() - known.at < goodMilliseconds;
  const ask = async (): Promise<Seen> => {
    const at = performance.now();
    const seen = await seenNow(hosted);
    asked = { seen, at };
    return seen;
  };
  return {
    async mayPush() {
      const { visibility, archived } = asked !== undefined && isGood(asked) ? asked.seen : await ask();
      if (archived) throw archivedError(hosted);
      requireConsent(hosted, visibility, config);
    },
    async mayQuote() {
      const known = asked ?? begin;
      const { visibility } = isGood(known) ? known.seen : await ask();
      return visibility !== 'public' || config.ledger.public;
    },
  };
}

async function seenNow(hosted: HostedRepository): Promise<Seen> {
  const { data } = await asking('asking who sees the repository', () =>
    hosted.octokit.rest.repos.get({ owner: hosted.owner, repo: hosted.name }),
  );
  return { visibility: visibilityOf(data), archived: data.archived };
}

/** @throws {DreamkeeperError} when nobody agreed to a ledger that everybody can read. */
export function requireConsent(
  { fullName }: Pick<HostedRepository, 'fullName'>,
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

export function archivedError({ fullName }: Pick<HostedRepository, 'fullName'>): DreamkeeperError {
  return new DreamkeeperError('repository', `${fullName} is archived`, {
    remedy: 'Unarchive it, or take it out of the installation of the App.',
  });
}
