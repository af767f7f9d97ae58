/** Tokens with which a job of GitHub Actions says where it runs (OpenID Connect). */
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Refusal } from '../../core/sessions/submission.ts';

export interface OidcSettings {
  /** Who signs: `https://token.actions.githubusercontent.com`, or `https://HOST/_services/token` on an Enterprise Server. */
  readonly issuer: string;
  /** For whom a workflow asked the token: one for somebody else is none for us. */
  readonly audience: string;
}

const claimsSchema = z.object({
  /** Never reused, unlike the name. */
  repository_id: z.string().regex(/^[1-9]\d{0,15}$/),
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  ref: z.string(),
  event_name: z.string(),
  actor: z.string().min(1).max(100),
});

/** What runs, and because of what. */
export interface WorkflowClaims {
  readonly repositoryId: number;
  readonly repository: string;
  readonly ref: string;
  readonly event: string;
  readonly actor: string;
}

/** Seconds that clocks may differ. */
const tolerance = 30;

/** @returns claims that GitHub signed, for us, now; or why not. */
export function createTokenVerifier({
  issuer,
  audience,
}: OidcSettings): (token: string) => Promise<WorkflowClaims | Refusal> {
  const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks`), { timeoutDuration: 10_000 });
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ['RS256'],
        clockTolerance: tolerance,
        requiredClaims: ['exp', 'iat', 'nbf'],
      });
      const claims = claimsSchema.safeParse(payload).data;
      if (claims === undefined) return { refused: 401, reason: 'The token is none of GitHub Actions.' };
      return {
        repositoryId: Number(claims.repository_id),
        repository: claims.repository,
        ref: claims.ref,
        event: claims.event_name,
        actor: claims.actor,
      };
    } catch (error) {
      return refusalOf(error, audience);
    }
  };
}

function refusalOf(error: unknown, audience: string): Refusal {
  if (error instanceof errors.JWTExpired) return { refused: 401, reason: 'The token is over its time.' };
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
    return { refused: 401, reason: `The token is for somebody else: ask for the audience "${audience}".` };
  const wrong =
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys;
  if (wrong) return { refused: 401, reason: 'The token was not signed by GitHub Actions for us.' };
  return { refused: 503, reason: 'The keys of GitHub Actions cannot be had now.', retryAfter: 30 };
}
