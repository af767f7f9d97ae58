/** What a request to Anthropic that failed means for a job: come back later, or a person must do something. */
import { AnthropicError, APIConnectionError, APIError, APIUserAbortError } from '@anthropic-ai/sdk';
import { DreamkeeperError, RetryLaterError, type ErrorCode } from '../../core/error.ts';
import { waitOf } from './retry-after.ts';

/** Seconds to wait where Anthropic does not say how long: its limits fill up again within a minute. */
const unsaidSeconds = 60;

/**
 * @param doing what was asked for, as in "grading a proposal".
 * @throws {RetryLaterError} for limits, overload, failures of the API and broken connections, after the SDK's own
 * retries; {DreamkeeperError} `model` or `limit` with a remedy for what a person must do. An abort passes through.
 */
export async function askingAnthropic<T>(doing: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw anthropicFailure(error, doing);
  }
}

/**
 * @param now milliseconds since 1970.
 * @returns the error to throw in place of one of the SDK; others come back as they are. The key is in none.
 */
function anthropicFailure(error: unknown, doing: string, now = Date.now()): unknown {
  if (error instanceof APIUserAbortError) return error;
  if (error instanceof APIConnectionError || isCut(error))
    return new RetryLaterError(`${doing}: the connection to Anthropic broke`, unsaidSeconds, {
      cause: error,
    });
  if (isAnswer(error)) return answered(error, doing, now);
  if (error instanceof AnthropicError && error.message.startsWith('Failed to parse structured output'))
    return new DreamkeeperError('model', `${doing}: the answer does not have the form that was asked for`, {
      remedy: 'Try again, or name another model in dream.model.',
      retryable: true,
      cause: error,
    });
  return error;
}

/**
 * Whether an answer that had begun did not come to its end. The SDK asks again only where no answer began.
 * Without a status the API said in the stream itself what went wrong.
 */
export function isCut(error: unknown): boolean {
  if (isAnswer(error)) return error.status === undefined && isPassing(error);
  if (error instanceof AnthropicError)
    return isBrokenBody(error.cause) || /^(stream|request) ended without/.test(error.message);
  return isBrokenBody(error);
}

/** Of what is in the SDK's own error classes, `instanceof` would tell the compiler nothing. */
function isAnswer(error: unknown): error is APIError {
  return error instanceof APIError;
}

/** As fetch says it when the other side goes away within a body. */
function isBrokenBody(error: unknown): boolean {
  return error instanceof TypeError && error.message === 'terminated';
}

const passingTypes = ['api_error', 'overloaded_error', 'rate_limit_error', 'timeout_error'];

function isPassing({ status, type }: APIError): boolean {
  if (status === undefined) return passingTypes.includes(type ?? '');
  return status === 408 || status === 429 || status >= 500;
}

/** A monthly limit on money answers 429 too, but no minute helps. */
const spendLimits = ['contract_spend_limit_reached', 'enforced_spend_limit_reached'];

function answered(error: APIError, doing: string, now: number): Error {
  const status = error.status ?? 400;
  if (isPassing(error) && !spendLimits.includes(error.errorCode ?? '')) {
    const seconds = waitOf(error.headers, now) ?? unsaidSeconds;
    const what = status === 429 ? 'limits us' : 'is overloaded or failed';
    return new RetryLaterError(`${doing}: Anthropic ${what} (${status})`, seconds, { cause: error });
  }
  return new DreamkeeperError(
    codes[status] ?? 'model',
    `${doing}: Anthropic refused (${status}): ${wordsOf(error)}`,
    {
      remedy:
        remedies[status] ?? 'platform.claude.com/docs/en/api/errors lists what Anthropic refuses, and why.',
      retryable: status === 409,
      cause: error,
    },
  );
}

const codes: Readonly<Record<number, ErrorCode>> = { 409: 'conflict', 413: 'limit' };

const remedies: Readonly<Record<number, string>> = {
  400: 'The model may not take what is asked of it: look at dream.model in .github/dreamkeeper.yml.',
  401: 'Check ANTHROPIC_API_KEY: it is wrong, expired or was deleted.',
  402: 'Look at the billing of the organisation in the Claude Console.',
  403: 'The key of ANTHROPIC_API_KEY may not do this: look at its workspace and its permissions in the Claude Console.',
  404: 'Look whether the name in .github/dreamkeeper.yml is right, and whether the workspace of the key may use it.',
  409: 'Somebody else changed it meanwhile; it is tried again.',
  413: 'It is too large for one request: dream over fewer sessions (dream.sessions).',
  429: 'The limit on spending is reached: raise it in the Claude Console, or wait for the next month.',
};

/** Anthropic's own words, in case they hold the key without it. */
function wordsOf({ apiMessage, message }: APIError): string {
  return (apiMessage ?? message).replaceAll(/sk-ant-[\w-]+/g, '[key]').slice(0, 300);
}
