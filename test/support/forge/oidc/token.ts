/** Tokens that GitHub Actions hands to jobs to say who they are (OpenID Connect), and forgeries of them. */
import { createHmac, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { fullName, type Repository } from '../state/repository.ts';
import type { World } from '../world.ts';

export interface TokenRequest {
  /** Whose workflow runs. */
  readonly repository: Repository;
  /** What is said otherwise than by a push to the default branch; undefined leaves a claim out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** `somebody` has another key, and says that it is GitHub's. */
  readonly signedBy?: 'actions' | 'somebody';
  /** `HS256` takes GitHub's public key, which everybody has, for a shared secret; `none` does not sign. */
  readonly algorithm?: 'RS256' | 'HS256' | 'none';
}

/** The claims as GitHub documents them: ids are strings, times are seconds, and it is good for five minutes. */
function usualClaims(world: World, issuer: string, repository: Repository) {
  const name = fullName(repository);
  const branch = repository.defaultBranch;
  const ref = `refs/heads/${branch}`;
  const sha = repository.refs.get(ref) ?? '0'.repeat(40);
  const workflow = `${name}/.github/workflows/agents.yml@${ref}`;
  const now = Math.floor(world.now().getTime() / 1_000);
  return {
    jti: randomUUID(),
    sub: `repo:${name}:ref:${ref}`,
    aud: `${world.origin}/${repository.owner.login}`,
    iss: issuer,
    ...{ iat: now, nbf: now - 600, exp: now + 300 },
    ...{ ref, ref_type: 'branch', ref_protected: 'false', sha, head_ref: '', base_ref: '' },
    repository: name,
    repository_id: String(repository.id),
    repository_owner: repository.owner.login,
    repository_owner_id: String(repository.owner.id),
    repository_visibility: repository.private ? 'private' : 'public',
    ...{ run_id: '7001', run_number: '1', run_attempt: '1', runner_environment: 'github-hosted' },
    ...{ actor: 'ana', actor_id: String(world.state.accounts.get('ana')?.id ?? 1), event_name: 'push' },
    ...{ workflow: 'Agents', workflow_ref: workflow, workflow_sha: sha },
    ...{ job_workflow_ref: workflow, job_workflow_sha: sha },
  };
}

export interface SigningKeys {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly others: KeyObject;
}

let made: SigningKeys | undefined;

/** One set for all tests of a process: making them takes a while. */
export function signingKeys(): SigningKeys {
  const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
  made ??= { kid: randomUUID(), ...pair(), others: pair().privateKey };
  return made;
}

/** @returns a JWT in its compact form */
export function actionsToken(world: World, issuer: string, request: TokenRequest): string {
  const { repository, claims = {}, signedBy = 'actions', algorithm = 'RS256' } = request;
  const keys = signingKeys();
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = part({ typ: 'JWT', alg: algorithm, kid: keys.kid });
  const text = `${head}.${part({ ...usualClaims(world, issuer, repository), ...claims })}`;
  return `${text}.${signature(text, algorithm, signedBy === 'actions' ? keys.privateKey : keys.others)}`;
}

function signature(text: string, algorithm: NonNullable<TokenRequest['algorithm']>, key: KeyObject): string {
  if (algorithm === 'none') return '';
  if (algorithm === 'RS256') return sign('RSA-SHA256', Buffer.from(text), key).toString('base64url');
  const secret = signingKeys().publicKey.export({ type: 'spki', format: 'pem' });
  return createHmac('sha256', secret).update(text).digest('base64url');
}
