/** What was asked of the stand-in, so that tests can look at it. Without the key. */
export interface RecordedRequest {
  /** As the SDK names it: `messages.create`, `messages.batches.results`, `beta.dreams.create`. */
  readonly operation: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** The values of `anthropic-beta`. */
  readonly betas: readonly string[];
  /** How often the SDK had tried this request before. */
  readonly retry: number;
  readonly body: unknown;
  status: number;
}

/** Shared by all that check. */
export interface Journal {
  readonly requests: RecordedRequest[];
  /** What is wrong with the requests and with what the test scripted, as sentences. */
  readonly violations: string[];
}
