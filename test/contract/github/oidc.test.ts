/** Checked with node:crypto alone, so that a library's view of tokens plays no part. */
import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { aSetting } from '../../support/forge/setting.ts';
import type { TokenRequest } from '../../support/forge/oidc/token.ts';
import type { GitHub } from '../../support/forge/start.ts';

async function publishedKey(github: GitHub, issuer: string) {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
  const configuration = (await answer.json()) as { issuer: string; jwks_uri: string };
  expect(configuration.issuer).toBe(issuer);
  const { keys } = (await (await fetch(configuration.jwks_uri)).json()) as { keys: JsonWebKey[] };
  expect(keys).toMatchObject([{ kty: 'RSA', alg: 'RS256', use: 'sig' }]);
  return createPublicKey({ key: keys[0] ?? {}, format: 'jwk' });
}

function read(token: string): { head: object; claims: object; text: string; signature: Buffer } {
  const [head = '', claims = '', signature = ''] = token.split('.');
  const json = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object;
  return {
    head: json(head),
    claims: json(claims),
    text: `${head}.${claims}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

it('hands a job of Actions a token that says what runs, and publishes the key it is signed with', async () => {
  const { github, repository } = await aSetting();
  const token = read(github.oidcToken({ repository, claims: { aud: 'dreamkeeper' } }));
  expect(token.claims).toMatchObject({
    iss: github.oidcIssuer,
    aud: 'dreamkeeper',
    sub: 'repo:acme/shop:ref:refs/heads/main',
    repository: 'acme/shop',
    repository_id: String(repository.id),
    repository_visibility: 'private',
    event_name: 'push',
    ref: 'refs/heads/main',
    job_workflow_ref: 'acme/shop/.github/workflows/agents.yml@refs/heads/main',
  });
  for (const issuer of [github.oidcIssuer, github.origin]) {
    const key = await publishedKey(github, issuer);
    expect(verify('RSA-SHA256', Buffer.from(token.text), key, token.signature)).toBe(true);
  }
});

it.each([
  [{ signedBy: 'somebody' }, 'RS256'],
  [{ algorithm: 'HS256' }, 'HS256'],
  [{ algorithm: 'none' }, 'none'],
] satisfies [Omit<TokenRequest, 'repository'>, string][])('forges a token: %o', async (how, alg) => {
  const { github, repository } = await aSetting();
  const token = read(github.oidcToken({ repository, ...how }));
  expect(token.head).toMatchObject({ alg });
  const key = await publishedKey(github, github.oidcIssuer);
  expect(verify('RSA-SHA256', Buffer.from(token.text), key, token.signature)).toBe(false);
});

it('does not hand out its keys when asked to fail', async () => {
  const { github } = await aSetting();
  github.fail('oidc/jwks', { status: 503 });
  expect((await fetch(`${github.oidcIssuer}/.well-known/jwks`)).status).toBe(503);
});
