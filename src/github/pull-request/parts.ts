/** What the pull requests of a repository are made with. */
import type { Config } from '../../core/config.ts';
import type { Ledger } from '../../core/dream/ledger.ts';
import type { Redactor } from '../../core/sessions/redact.ts';
import type { OpenedRepository } from '../../git/repository.ts';
import type { HostedRepository } from '../hosted.ts';
import type { Publication } from '../publication.ts';
import type { WorkingCopy } from '../working-copy.ts';

export interface PullRequestParts {
  readonly hosted: HostedRepository;
  readonly copy: WorkingCopy;
  /** Of the copy: what is written there is on GitHub when `show` pushed it. */
  readonly repository: OpenedRepository;
  readonly ledger: Ledger;
  readonly config: Config;
  readonly redactor: Redactor;
  readonly publication: Publication;
  /** Login of the App's own account. */
  readonly bot: () => Promise<string>;
}

/** What every request about the repository names. */
export function at({ hosted }: Pick<PullRequestParts, 'hosted'>): {
  readonly owner: string;
  readonly repo: string;
} {
  return { owner: hosted.owner, repo: hosted.name };
}

/** What is made is made once: whoever does not hear of it looks for it later, and does not make another. */
export const once = { request: { retries: 0 } } as const;
