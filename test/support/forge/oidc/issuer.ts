/** Where the issuer of Actions' tokens says how to check them: as on an Enterprise Server, and at the root as on github.com. */
import type { Answer } from '../server/handler.ts';
import { signingKeys } from './token.ts';

const enterprisePath = '/_services/token';

export const issuerOf = (origin: string): string => `${origin}${enterprisePath}`;

const claims = ['sub', 'aud', 'exp', 'iat', 'iss', 'jti', 'nbf', 'ref', 'repository', 'repository_id'];

/** @returns the name of what is asked for; nothing when the address is none of the issuer's */
export function issuerRequestOf(url: URL): 'oidc/configuration' | 'oidc/jwks' | undefined {
  const path = url.pathname.replace(enterprisePath, '');
  if (path === '/.well-known/openid-configuration') return 'oidc/configuration';
  return path === '/.well-known/jwks' ? 'oidc/jwks' : undefined;
}

export function answerIssuer(url: URL): Answer {
  const issuer = url.href.slice(0, url.href.indexOf('/.well-known/'));
  if (issuerRequestOf(url) === 'oidc/jwks') return { status: 200, body: { keys: [publicKey()] } };
  return {
    status: 200,
    body: {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks`,
      subject_types_supported: ['public', 'pairwise'],
      response_types_supported: ['id_token'],
      claims_supported: claims,
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid'],
    },
  };
}

function publicKey() {
  const { kid, publicKey: key } = signingKeys();
  return { ...key.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
}
