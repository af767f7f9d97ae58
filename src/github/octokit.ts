/** How Octokit is set up here: Probot's, with our name, our limits and no bodies in the log. */
import { ProbotOctokit } from 'probot';
import type { Logger } from 'pino';
import type { GithubSettings } from '../settings-github.ts';
import type { Octokit } from './hosted.ts';
import { repositoryAuth, type TokenKeeper } from './token.ts';

export interface Octokits {
  /** As the App. */
  readonly app: Octokit;
  /** With a token that is renewed in time. @param signal ends every request */
  withToken(keeper: TokenKeeper, installation: number, signal?: AbortSignal): Octokit;
}

export interface OctokitOptions {
  /** Another Octokit, as one that tests do not wait for. */
  readonly Octokit?: typeof ProbotOctokit;
  readonly userAgent?: string;
  /** Hears of every answer. */
  readonly counts?: AnswerCounts;
}

/** What is worth counting of answers; telemetry/metrics.ts counts it. */
export interface AnswerCounts {
  /** @param status 0: there was no answer. */
  githubAnswered(status: number): void;
  /** @param rate.resetAt Unix seconds. */
  githubRate(rate: {
    readonly installation: string;
    readonly resource: string;
    readonly remaining: number;
    readonly resetAt: number;
  }): void;
}

/** A request that takes longer is given up, and tried again. */
const requestMilliseconds = 30_000;

export function createOctokits(settings: GithubSettings, log: Logger, options: OctokitOptions): Octokits {
  const Octokit = options.Octokit ?? ProbotOctokit;
  const common = (group: string, signal?: AbortSignal) => ({
    baseUrl: settings.apiUrl,
    userAgent: options.userAgent ?? 'dreamkeeper',
    log: quietLog(log),
    // Requests of one installation are paced together.
    throttle: { id: group, onRateLimit: comeBackLater, onSecondaryRateLimit: comeBackLater },
    request: { fetch: counted(fetchWithin(signal), group, options.counts) },
  });
  const { appId, privateKey } = settings;
  return {
    app: new Octokit({ ...common('app'), auth: { appId, privateKey } }),
    withToken: (keeper, installation, signal) =>
      new Octokit({
        ...common(String(installation), signal),
        authStrategy: repositoryAuth,
        auth: { keeper },
      }),
  };
}

/** A job that waits would hold its place and its repository: it fails, and comes back when it may (failure.ts). */
const comeBackLater = (): false => false;

function fetchWithin(signal: AbortSignal | undefined): typeof fetch {
  return (input, init) => {
    const signals = [signal, init?.signal ?? undefined, AbortSignal.timeout(requestMilliseconds)];
    return fetch(input, { ...init, signal: AbortSignal.any(signals.filter((each) => each !== undefined)) });
  };
}

function counted(ask: typeof fetch, installation: string, counts: AnswerCounts | undefined): typeof fetch {
  if (counts === undefined) return ask;
  return async (input, init) => {
    let status = 0;
    try {
      const answer = await ask(input, init);
      status = answer.status;
      const rate = rateOf(answer.headers);
      if (rate !== undefined) counts.githubRate({ installation, ...rate });
      return answer;
    } finally {
      counts.githubAnswered(status);
    }
  };
}

function rateOf(headers: Headers) {
  const [remaining, resetAt] = ['remaining', 'reset'].map((name) => headers.get(`x-ratelimit-${name}`) ?? '');
  if (remaining === undefined || !/^\d+$/.test(remaining)) return undefined;
  const resource = headers.get('x-ratelimit-resource') ?? 'core';
  return { resource, remaining: Number(remaining), resetAt: Number(resetAt) };
}

/** Bodies of requests hold what people and agents said: they are not logged. */
function quietLog(log: Logger) {
  const child = log.child({ name: 'github' });
  return {
    debug: (...words: unknown[]) => child.debug(String(words.at(-1))),
    info: (message: string) => child.info(message),
    warn: (message: string) => child.warn(message),
    error: (message: string) => child.error(message),
  };
}
