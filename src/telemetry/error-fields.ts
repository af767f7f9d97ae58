/** What a log says of an error: not the object, which may carry requests with their headers, or a whole environment. */
import { inspect } from 'node:util';

export interface ErrorFields {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  /** Of the error: ours, Node's, PostgreSQL's. */
  readonly code?: string | number;
  /** Of an HTTP answer. */
  readonly status?: number;
  readonly remedy?: string;
  readonly retryable?: boolean;
  readonly cause?: ErrorFields;
}

/** What some errors carry beside what all do; nothing is known of its types. */
interface Known extends Error {
  readonly code?: unknown;
  readonly status?: unknown;
  readonly remedy?: unknown;
  readonly retryable?: unknown;
}

/** Causes of causes beyond this are left out; they may be a circle. */
const deepest = 5;

export function errorFields(error: unknown, depth = 0): ErrorFields {
  if (!(error instanceof Error)) return { type: typeof error, message: textOf(error) };
  const { code, status, remedy, retryable }: Known = error;
  const { cause } = error;
  return {
    type: error.name,
    message: error.message,
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof remedy === 'string' ? { remedy } : {}),
    ...(typeof retryable === 'boolean' ? { retryable } : {}),
    ...(cause === undefined || depth >= deepest ? {} : { cause: errorFields(cause, depth + 1) }),
  };
}

function textOf(thrown: unknown): string {
  return typeof thrown === 'string' ? thrown : inspect(thrown, { depth: 2, breakLength: Infinity });
}
