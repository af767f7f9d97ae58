/** The few kinds of error; each says what a person can do. Expected results are values, not errors. */
export type ErrorCode =
  /** Wrong usage or bad input by the caller: exit code 2. */
  | 'usage'
  /** The config is invalid. */
  | 'config'
  /** The repository is in a state we cannot work on. */
  | 'repository'
  /** The ledger is damaged or from a newer version. */
  | 'ledger'
  /** A transcript cannot be used. */
  | 'transcript'
  /** Somebody else changed what we were about to change. */
  | 'conflict'
  /** A limit on size or number was passed. */
  | 'limit'
  /** The database of the queue cannot be used. */
  | 'database'
  /** The model, or the service that runs it, refused or failed. */
  | 'model';

export class DreamkeeperError extends Error {
  override readonly name = 'DreamkeeperError';
  readonly code: ErrorCode;
  /** The same call may succeed later. */
  readonly retryable: boolean;
  /** What to do about it, as a sentence. */
  readonly remedy: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { remedy?: string; retryable?: boolean; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.remedy = options.remedy;
  }
}

/** Thrown by what was told when to come back (`retry-after`, a limit that resets). */
export class RetryLaterError extends Error {
  override readonly name = 'RetryLaterError';
  readonly retryable = true;
  /** Seconds. */
  readonly retryAfter: number;

  constructor(message: string, retryAfter: number, options: { cause?: unknown } = {}) {
    super(message, options);
    this.retryAfter = Math.max(0, retryAfter);
  }
}
