/** What a request to GitHub that failed means for a job: come back later, or a person must do something. */
import { DreamkeeperError, RetryLaterError } from '../core/error.ts';

/** Seconds to wait where GitHub does not say how long (its documentation asks for a minute at least). */
const unsaidSeconds = 60;

interface Answered extends Error {
  readonly status: number;
  readonly response?: { readonly headers?: Readonly<Record<string, string | number | undefined>> };
}

/** @returns the HTTP status of an error of Octokit; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  return isAnswered(error) ? error.status : undefined;
}

/**
 * @param doing what was asked for, as in "opening the pull request".
 * @param now milliseconds since 1970.
 * @returns the error to throw in place of one of Octokit; others come back as they are. Neither tokens nor addresses
 * with queries are in its message.
 */
export function githubFailure(error: unknown, doing: string, now = Date.now()): unknown {
  if (!isAnswered(error)) return isNetworkFailure(error) ? unreachable(error, doing) : error;
  const { status } = error;
  const seconds = waitOf(error, now);
  if (seconds !== undefined)
    return new RetryLaterError(`${doing}: GitHub asks to wait ${seconds} s (${status})`, seconds, {
      cause: error,
    });
  if (status >= 500 || status === 408)
    return new DreamkeeperError('repository', `${doing}: GitHub failed (${status})`, {
      retryable: true,
      cause: error,
    });
  return new DreamkeeperError('repository', `${doing}: GitHub refused (${status}): ${wordsOf(error)}`, {
    remedy: remedies[status] ?? 'docs/github-app.md lists what GitHub refuses and why.',
    retryable: status === 409,
    cause: error,
  });
}

/** Runs requests, and throws what their failure means. */
export async function asking<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw githubFailure(error, doing);
  }
}

const remedies: Readonly<Record<number, string>> = {
  401: 'Check APP_ID and PRIVATE_KEY, and the clock of this machine.',
  403: 'Look at the installation of the App: it may be suspended, or new permissions may wait for approval.',
  404: 'It is gone, or the App may not see it any more: look at the installation of the App.',
  410: 'It was deleted, or is switched off in the settings of the repository.',
  422: 'Look at the rules of the repository: they may forbid it.',
};

function isAnswered(error: unknown): error is Answered {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status > 0;
}

/** Octokit tells of connections that break, and of answers that do not come, with the cause of fetch. */
function isNetworkFailure(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return (
    error.name === 'TimeoutError' || error.name === 'HttpError' || error.message.startsWith('fetch failed')
  );
}

function unreachable(error: Error, doing: string): DreamkeeperError {
  return new DreamkeeperError('repository', `${doing}: GitHub does not answer`, {
    remedy: 'Look whether this machine reaches GitHub, and at githubstatus.com.',
    retryable: true,
    cause: error,
  });
}

/** @returns the seconds GitHub asks to wait; undefined when this is no limit of its own. */
export function waitOf(error: unknown, now = Date.now()): number | undefined {
  if (!isAnswered(error)) return undefined;
  const headers = error.response?.headers ?? {};
  const after = Number(headers['retry-after'] ?? NaN);
  if (Number.isFinite(after) && after >= 0) return after;
  if (error.status !== 403 && error.status !== 429) return undefined;
  if (String(headers['x-ratelimit-remaining']) === '0') {
    const reset = Number(headers['x-ratelimit-reset']);
    return Number.isFinite(reset) ? Math.max(1, Math.ceil(reset - now / 1_000)) : unsaidSeconds;
  }
  return error.status === 429 || /rate limit/i.test(error.message) ? unsaidSeconds : undefined;
}

/** GitHub's own words; Octokit adds the address of the page that explains them. */
function wordsOf({ message }: Answered): string {
  return message.replace(/ - https?:\S+$/, '').slice(0, 300);
}
