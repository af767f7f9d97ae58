/** An answer that is an error, in the API's words and with the type it gives each status. */
import type { ErrorResponse, ErrorType } from '@anthropic-ai/sdk/resources/shared';
import type { FalseAnswer } from '../../forge/server/faults.ts';

const types: Readonly<Record<number, ErrorType>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  409: 'conflict_error',
  413: 'invalid_request_error',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

export class Refusal extends Error {
  readonly status: number;
  readonly type: ErrorType;
  /** What the API adds to some errors beside type and message. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(status: number, message: string, type = types[status] ?? 'api_error', more = {}) {
    super(message);
    this.status = status;
    this.type = type;
    this.more = more;
  }
}

export const invalid = (message: string): Refusal => new Refusal(400, message);
export const notFound = (what: string): Refusal => new Refusal(404, what);

/** The thing under an id. @throws {Refusal} 404 */
export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw notFound(`${what} was not found.`);
  return value;
}

/** @returns the body of an error. */
export function errorBody(status: number, message: string, type?: ErrorType, more = {}) {
  const error = { type: type ?? types[status] ?? 'api_error', message, ...more };
  return { type: 'error', error, request_id: null } as ErrorResponse;
}

function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
  return { status, headers, body: errorBody(status, message) } satisfies FalseAnswer;
}

/** The refusals the API is known for, to hand to `fail` or to give as a reply. */
export const refusals = {
  badRequest: (message = 'messages: malformed'): FalseAnswer => refusal(400, message),
  badKey: (): FalseAnswer => refusal(401, 'invalid x-api-key'),
  forbidden: (): FalseAnswer =>
    refusal(403, 'Your API key does not have permission to use the specified resource.'),
  notFound: (what = 'model: no-such-model'): FalseAnswer => refusal(404, what),
  conflict: (): FalseAnswer => refusal(409, 'The resource was changed by another request.'),
  tooLarge: (): FalseAnswer => refusal(413, 'Request exceeds the maximum size'),
  /** @param seconds left out, as the API sometimes does: no `retry-after`. May be a fraction, to keep tests fast. */
  tooMany: (seconds?: number): FalseAnswer =>
    refusal(
      429,
      'This request would exceed the rate limit for your organization.',
      seconds === undefined ? {} : { 'retry-after': String(seconds) },
    ),
  serverError: (status = 500): FalseAnswer => refusal(status, 'Internal server error'),
  overloaded: (seconds?: number): FalseAnswer =>
    refusal(529, 'Overloaded', seconds === undefined ? {} : { 'retry-after': String(seconds) }),
};
