/** What a review is rendered from: the journal, so that the text can be rebuilt from the ledger at any time. */
import type { Journal } from '../dream/journal.ts';

export interface PastDream {
  /** ISO 8601; when the dream was made. */
  readonly at: string;
  /** What the memory held after it. */
  readonly entries: number;
  readonly tokens: number;
}

export interface ReviewInput {
  readonly journal: Journal;
  /** Numbers of the proposals that were taken out; their boxes are empty. */
  readonly dropped: ReadonlySet<number>;
  /** Merged dreams before this one, oldest first. */
  readonly past: readonly PastDream[];
  /** False in a public repository without consent: no word of a session is shown. */
  readonly quotes: boolean;
  /** The command that shows all that is left out here; ours, shown as code. */
  readonly readMore: string;
}
