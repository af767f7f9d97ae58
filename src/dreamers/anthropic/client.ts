/** The connection to Anthropic's API. */
import Anthropic, { type ClientOptions } from '@anthropic-ai/sdk';
import { waitOf } from './retry-after.ts';

export interface AnthropicAccess {
  readonly apiKey: string;
  /** Another address than `https://api.anthropic.com`, as for a gateway. */
  readonly baseURL?: string;
  /** Milliseconds until an answer must have begun; ten minutes when left out, as the SDK has it. */
  readonly timeoutMs?: number;
  /** How often the SDK asks again after 408, 409, 429, 5xx and broken connections; 3 when left out. */
  readonly maxRetries?: number;
}

/** Seconds. Told to wait longer, a job gives its place up and comes back, rather than sleep in it. */
const longestWait = 30;

type Middleware = NonNullable<ClientOptions['middleware']>[number];

const leaveLongWaits: Middleware = async (request, next) => {
  const response = await next(request);
  if ((waitOf(response.headers) ?? 0) <= longestWait) return response;
  const headers = new Headers(response.headers);
  headers.set('x-should-retry', 'false');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
};

/**
 * Every option that the SDK would take from the environment is said here: it sees no variable, logs nothing and traces
 * nothing. (Of ANTHROPIC_CUSTOM_HEADERS it cannot be kept: an operator's gateway may need it.)
 * A stream that falls silent is ended by fetch itself after five minutes.
 */
export function openAnthropic({ apiKey, baseURL, timeoutMs, maxRetries }: AnthropicAccess): Anthropic {
  return new Anthropic({
    apiKey,
    baseURL: baseURL ?? 'https://api.anthropic.com',
    webhookKey: null,
    timeout: timeoutMs ?? 600_000,
    maxRetries: maxRetries ?? 3,
    logLevel: 'off',
    logger: silent,
    openTelemetry: false,
    middleware: [leaveLongWaits],
  });
}

const ignore = (): void => undefined;
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };
