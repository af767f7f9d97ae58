/** What answers `POST /api/sessions`: who asks, and what comes onto the ledger. */
import type { Logger } from 'pino';
import {
  isRefusal,
  type Caller,
  type Refusal,
  type Submitted,
  type Target,
} from '../../core/sessions/submission.ts';
import { DreamkeeperError, RetryLaterError } from '../../core/error.ts';
import type { GithubSettings } from '../../settings-github.ts';
import type { GitHubClient } from '../client.ts';
import type { HostedRepository } from '../hosted.ts';
import { createOctokits, type OctokitOptions } from '../octokit.ts';
import { createTokenKeeper } from '../token.ts';
import type { OidcSettings } from './actions-token.ts';
import { createCallers } from './callers.ts';
import { createIntake } from './intake.ts';

export interface SubmissionOptions {
  readonly client: GitHubClient;
  readonly settings: GithubSettings;
  readonly oidc: OidcSettings;
  readonly dataFolder: string;
  /** The variables git may see (settings.ts). */
  readonly git: Readonly<Record<string, string>>;
  readonly log: Logger;
  readonly octokit?: OctokitOptions;
  /** Something is on the ledger: triggers should see it. */
  readonly afterwards: (about: {
    readonly repository: string;
    readonly installation: string;
  }) => Promise<void>;
}

/** Fits `sessionsHandler` (http/sessions.ts). */
export interface Submissions {
  authenticate(token: string, target: Target): Promise<Caller | Refusal>;
  submit(upload: {
    readonly target: Target;
    readonly caller: Caller;
    readonly file: string;
  }): Promise<Submitted | Refusal>;
  /** Ends what runs and removes what is kept. */
  close(): Promise<void>;
}

export function createSubmissions(options: SubmissionOptions): Submissions {
  const { client, settings, log } = options;
  const intake = createIntake(options);
  const octokits = createOctokits(settings, log, options.octokit ?? {});
  const admit = createCallers({
    client,
    oidc: options.oidc,
    octokitOf(token) {
      // Minted long ago: a token that GitHub does not know is not a fresh one that is on its way.
      const given = { token, mintedAt: 0, expiresAt: Number.MAX_SAFE_INTEGER };
      return octokits.withToken(
        createTokenKeeper(given, () => Promise.resolve(given)),
        0,
      );
    },
    configOf: (hosted) => intake.configOf(hosted),
  });
  /** Between the two questions about one request. */
  const places = new WeakMap<Caller, HostedRepository>();
  return {
    async authenticate(token, target) {
      try {
        const admitted = await admit(token, target);
        if (isRefusal(admitted)) return admitted;
        places.set(admitted.caller, admitted.hosted);
        return admitted.caller;
      } catch (error) {
        return later(error, log);
      }
    },
    async submit({ caller, file }) {
      const hosted = places.get(caller);
      if (hosted === undefined) return { refused: 401, reason: 'Sign in first.' };
      const answer = await intake.submit(hosted, caller, file);
      if (isRefusal(answer)) return answer;
      if (answer.sessions.length > answer.unchanged)
        await options.afterwards({
          repository: String(hosted.id),
          installation: String(hosted.installation),
        });
      return answer;
    },
    close: () => intake.close(),
  };
}

/** @throws what is nobody's fault but ours. */
function later(error: unknown, log: Logger): Refusal {
  if (!(error instanceof RetryLaterError) && !(error instanceof DreamkeeperError)) throw error;
  log.warn({ err: error }, 'GitHub cannot say who hands in a session');
  const retryAfter = error instanceof RetryLaterError ? error.retryAfter : 30;
  return { refused: 503, reason: 'GitHub cannot say now who you are.', retryAfter };
}
