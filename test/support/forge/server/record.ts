/** What was asked of the stand-in, so that tests can count it. */
import type { Actor } from '../state/account.ts';

export interface RecordedRequest {
  /** The operation's id, `graphql`, `git-upload-pack` or `git-receive-pack`. */
  readonly operation: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  by: Actor['kind'];
  /** Of a push: `{ refs }`, the full names of what it moves. */
  body?: unknown;
  status: number;
  /** GitHub says that it may notify people: 80 a minute and 500 an hour are allowed. */
  readonly notifies: boolean;
  /** What it costs of 900 points a minute: 5 for a write, 1 otherwise. */
  readonly points: number;
}

/** What is wrong with requests, answers and webhooks, as sentences. Shared by all that check. */
export interface Journal {
  readonly requests: RecordedRequest[];
  readonly violations: string[];
}
