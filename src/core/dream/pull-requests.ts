/** Where dreams are reviewed in pull requests: what the pipelines ask of them. Without it, Git alone tells. */
import type { Decision, Journal } from './journal.ts';

/** What became of a dream that was proposed. */
export type Fate =
  | { readonly state: 'open' }
  /** Whatever the method: `commit` is where it arrived. */
  | { readonly state: 'merged'; readonly commit: string; readonly person?: string }
  /** A person said no. */
  | { readonly state: 'closed'; readonly person: string; readonly reason?: string }
  /** Ended without a person's no: by a bot, or because its branch is gone. Rejects nothing. */
  | { readonly state: 'gone'; readonly reason: string };

export interface PullRequests {
  fateOf(open: Journal): Promise<Fate>;
  /** Somebody reviews it or has committed to it: then it is no longer ours to replace. */
  isTouched(open: Journal, decisions: readonly Decision[]): Promise<boolean>;
  /**
   * Makes the pull requests say what the ledger says: opens that of the open dream or brings it up to date, and closes
   * those of dreams that were replaced. Doing it twice changes nothing.
   * @param now ISO 8601 in UTC.
   */
  show(now: string): Promise<void>;
}
