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

/** For what is only shown, an answer of GitHub is believed for so long; for a push it is asked each time. */
const goodMilliseconds = 60_000;

export function createPublication(hosted: HostedRepository, config: Config): Publication {
  const look = lookingAt(hosted);
  return {
    async mayPush() {
      const { visibility, archived } = await look.asked();
      if (archived) throw archivedError(hosted);
      requireConsent(hosted, visibility, config);
    },
    async mayQuote() {
      const { visibility } = await look.known();
      return visibility !== 'public' || config.ledger.public;
    },
  };
}

/**
 * For a repository in which others keep their ledgers: asked before each push.
 * @returns what throws {DreamkeeperError} when it is not private any more, or archived.
 */
export function privateOnly(hosted: HostedRepository): () => Promise<void> {
  const look = lookingAt(hosted);
  return async () => {
    const reason = whyNotKeptIn(hosted, await look.asked());
    if (reason !== undefined) throw new DreamkeeperError('repository', `ledger.repository: ${reason}`);
  };
}

/** @returns why no ledger of another repository may be kept there, and what to do, as a sentence. */
export function whyNotKeptIn(
  { fullName }: Pick<HostedRepository, 'fullName'>,
  { visibility, archived }: Seen,
): string | undefined {
  if (archived) return `${fullName} is archived: unarchive it`;
  if (visibility === 'private') return undefined;
  return `${fullName} is ${visibility}, and ledgers of other repositories are kept in private ones: make it private`;
}

interface Look {
  /** As GitHub answers now. */
  asked(): Promise<Seen>;
  /** As GitHub answered, or as it was found, less than a minute ago. */
  known(): Promise<Seen>;
}

function lookingAt(hosted: HostedRepository): Look {
  let last = { seen: hosted as Seen, at: performance.now() };
  const asked = async (): Promise<Seen> => {
    const at = performance.now();
    last = { seen: await seenNow(hosted), at };
    return last.seen;
  };
  return {
    asked,
    known: async () => (performance.now() - last.at < goodMilliseconds ? last.seen : asked()),
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
  // Where the ledger is elsewhere, nothing of sessions comes here.
  if (visibility !== 'public' || ledger.public || ledger.repository !== undefined) return;
  throw new DreamkeeperError('repository', `${fullName} is public, and nobody agreed to a public ledger`, {
    remedy:
      'Name a private repository under ledger.repository in its config, say "ledger: { public: true }", or make it private.',
  });
}

export function archivedError({ fullName }: Pick<HostedRepository, 'fullName'>): DreamkeeperError {
  return new DreamkeeperError('repository', `${fullName} is archived`, {
    remedy: 'Unarchive it, or take it out of the installation of the App.',
  });
}
