import { describe, expect, it } from 'vitest';
import type { TokenRequest } from '../../support/forge/oidc/token.ts';
import { transcript } from '../../support/transcript.ts';
import { aServer, type Submitting } from './submitting.ts';

const one = transcript('one', 'Always use pnpm here, never npm.', 'Understood.');
const seconds = () => Math.floor(Date.now() / 1_000);

/** What a workflow of the repository says of itself when it does all right. */
function tokenOf({ hosting }: Submitting, how: Partial<TokenRequest> = {}): string {
  const { claims, ...rest } = how;
  const { github, repository } = hosting;
  return github.oidcToken({ repository, ...rest, claims: { aud: 'dreamkeeper', ...claims } });
}

describe('a workflow of the default branch', () => {
  it.each(['push', 'schedule', 'workflow_dispatch'])('hands in sessions on %s', async (event) => {
    const server = await aServer();
    const token = tokenOf(server, { claims: { event_name: event } });
    const answer = await server.send(one, { token });
    expect(answer).toMatchObject({ status: 201, body: { sessions: [{ id: 'one' }] } });
  });

  it('proves nothing of who typed what it hands in', async () => {
    const server = await aServer();
    await server.send(one, { token: tokenOf(server) });
    const session = await (await server.stored()).session('one');
    expect(session).toMatchObject({ submittedBy: 'ana', people: [] });
    expect(session?.events[0]?.spans[0]?.trust).toBe('claimed');
  });

  it('has limits of its own', async () => {
    const server = await aServer({}, { perCaller: 1 });
    await server.send(one, { token: tokenOf(server) });
    expect((await server.send(one, { token: tokenOf(server) })).status).toBe(429);
  });
});

describe('a workflow of another repository', () => {
  const files = (sources: string) => ({
    'CLAUDE.md': '# Notes\n',
    '.github/dreamkeeper.yml': `sources: [${sources}]\n`,
  });

  it('hands in sessions where the config names it, and the App is on both', async () => {
    const server = await aServer({ files: files('ACME/api') });
    const api = await server.hosting.github.repository('acme/api', { files: { 'A.md': 'A\n' } });
    const answer = await server.send(one, { token: tokenOf(server, { repository: api }) });
    expect(answer.status).toBe(201);
  });

  it('may be a public one that the App is not on', async () => {
    const server = await aServer({ files: files('tools/api') });
    const parts = { files: { 'A.md': 'A\n' }, private: false };
    const api = await server.hosting.github.repository('tools/api', parts);
    expect((await server.send(one, { token: tokenOf(server, { repository: api }) })).status).toBe(201);
  });

  it('learns nothing where the config does not name it', async () => {
    const server = await aServer();
    const api = await server.hosting.github.repository('acme/api', { files: { 'A.md': 'A\n' } });
    const token = tokenOf(server, { repository: api });
    const answer = await server.send(one, { token });
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual((await server.send(one, { token, to: '/api/sessions/acme/no' })).body);
  });

  it('is not another that bears the name now', async () => {
    const server = await aServer({ files: files('acme/api') });
    const api = await server.hosting.github.repository('acme/api', { files: { 'A.md': 'A\n' } });
    const token = tokenOf(server, { repository: api, claims: { repository_id: String(api.id + 500) } });
    expect((await server.send(one, { token })).status).toBe(404);
  });

  it('runs on its own default branch', async () => {
    const server = await aServer({ files: files('acme/api') });
    const parts = { files: { 'A.md': 'A\n' }, defaultBranch: 'trunk' };
    const api = await server.hosting.github.repository('acme/api', parts);
    const on = (ref: string) => tokenOf(server, { repository: api, claims: { ref } });
    expect((await server.send(one, { token: on('refs/heads/main') })).status).toBe(403);
    expect((await server.send(one, { token: on('refs/heads/trunk') })).status).toBe(201);
  });
});

describe('a token of a workflow', () => {
  const refused: readonly (readonly [string, Omit<TokenRequest, 'repository'>, number])[] = [
    ['for somebody else', { claims: { aud: 'https://github.com/acme' } }, 401],
    ['of another issuer', { claims: { iss: 'https://token.actions.example.com' } }, 401],
    ['that somebody else signed', { signedBy: 'somebody' }, 401],
    ['that nobody signed', { algorithm: 'none' }, 401],
    ['signed with the public key as a secret', { algorithm: 'HS256' }, 401],
    ['that is over its time', { claims: { exp: seconds() - 120 } }, 401],
    ['that is not good yet', { claims: { nbf: seconds() + 600 } }, 401],
    ['without an end', { claims: { exp: undefined } }, 401],
    ['without the id of a repository', { claims: { repository_id: undefined } }, 401],
    ['with an id that is none', { claims: { repository_id: '1e3' } }, 401],
    ['of a pull request', { claims: { event_name: 'pull_request', ref: 'refs/pull/7/merge' } }, 403],
    ['of what forks set off', { claims: { event_name: 'pull_request_target' } }, 403],
    ['of a comment', { claims: { event_name: 'issue_comment' } }, 403],
    ['of what another workflow set off', { claims: { event_name: 'workflow_run' } }, 403],
    ['of another branch', { claims: { ref: 'refs/heads/feature' } }, 403],
    ['of a tag with the name of the branch', { claims: { ref: 'refs/tags/main', ref_type: 'tag' } }, 403],
  ];
  it.each(refused)('%s is refused', async (_what, how, status) => {
    const server = await aServer();
    const answer = await server.send(one, { token: tokenOf(server, how) });
    expect(answer).toMatchObject({ status, headers: { 'content-type': 'application/problem+json' } });
    expect((await server.stored()).commit).toBeUndefined();
  });

  it('waits while its keys cannot be had', async () => {
    const server = await aServer();
    server.hosting.github.fail('oidc/jwks', { status: 503 });
    const answer = await server.send(one, { token: tokenOf(server) });
    expect(answer.status).toBe(503);
    expect((await server.send(one, { token: tokenOf(server) })).status).toBe(201);
  });
});
