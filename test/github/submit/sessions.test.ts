import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { word } from '../../support/invented-secrets.ts';
import { transcript } from '../../support/transcript.ts';
import { aServer, type Submitting } from './submitting.ts';

const ledger = 'refs/heads/dreamkeeper';
const one = transcript('one', 'Always use pnpm here, never npm.', 'Understood.');
const tokenOf = ({ hosting }: Submitting, login: string): string => hosting.github.tokenOf(login);
const filesIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];

describe('a transcript handed in by somebody who may push', () => {
  it('is on the ledger on GitHub when it is answered, redacted and in their name', async () => {
    const server = await aServer();
    const secret = `ghp_${word(36)}`;
    const body = transcript('one', `Always use pnpm here. My token is ${secret}.`, 'Understood.');
    const answer = await server.send(body, { token: tokenOf(server, 'ben') });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        sessions: [{ id: 'one', agent: 'claude-code', format: 'claude-code', events: 2, redactions: 1 }],
        unchanged: 0,
      },
    });
    const session = await (await server.stored()).session('one');
    expect(session).toMatchObject({ submittedBy: 'ben', people: ['ben'] });
    expect(session?.events[0]?.spans[0]).toMatchObject({ trust: 'person' });
    expect(JSON.stringify(session)).not.toContain(secret);
    const { id } = server.hosting.repository;
    expect(server.afterwards).toEqual([
      { repository: String(id), installation: String(server.hosting.installation.id) },
    ]);
    expect(filesIn(join(server.dataFolder, 'uploads'))).toEqual([]);
  });

  it('changes nothing when it comes again', async () => {
    const server = await aServer();
    const token = tokenOf(server, 'ben');
    await server.send(one, { token });
    const tip = server.hosting.repository.refs.get(ledger);
    const again = await server.send(one, { token });
    expect(again).toMatchObject({ status: 200, body: { sessions: [{ id: 'one' }], unchanged: 1 } });
    expect(server.hosting.repository.refs.get(ledger)).toBe(tip);
    expect(server.afterwards).toHaveLength(1);
  });

  it('may be compressed', async () => {
    const server = await aServer();
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/x-ndjson; charset=utf-8' };
    const answer = await server.send(gzipSync(one), { token: tokenOf(server, 'ben'), headers });
    expect(answer.status).toBe(201);
  });

  it('finds the repository however its name is written, and one by one', async () => {
    const server = await aServer();
    const token = tokenOf(server, 'ben');
    const to = ['/api/sessions/ACME/Shop', '/api/sessions/acme/shop', '/api/sessions/Acme/SHOP'];
    const ids = ['Session-A', 'session-a', 'session-b'];
    const answers = await Promise.all(
      ids.map((id, n) => server.send(transcript(id, 'Use pnpm.', 'Yes.'), { token, to: to[n] ?? '' })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    const summaries = await (await server.stored()).sessions();
    expect(summaries.map(({ summary }) => summary.id as string).sort()).toEqual([...ids].sort());
  });

  it('is never in the log, nor is the token', async () => {
    const server = await aServer();
    const token = tokenOf(server, 'ben');
    await server.send(one, { token });
    const log = server.hosting.logged.join('');
    expect(log).not.toContain(token);
    expect(log).not.toContain('Always use pnpm');
  });
});

describe('who is let in', () => {
  it.each([
    ['nobody without a token', undefined, 401],
    ['nobody with a token that GitHub does not know', 'ghp_unknown', 401],
  ])('is %s', async (_who, token, status) => {
    const server = await aServer();
    const answer = await server.send(one, token === undefined ? {} : { token });
    expect(answer).toMatchObject({ status, headers: { 'content-type': 'application/problem+json' } });
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('is not somebody who only reads', async () => {
    const server = await aServer();
    const answer = await server.send(one, { token: tokenOf(server, 'rea') });
    expect(answer).toMatchObject({ status: 403, body: { title: 'Not allowed', status: 403 } });
    expect((await server.stored()).commit).toBeUndefined();
  });

  it('does not learn which repositories there are', async () => {
    const server = await aServer();
    const { github } = server.hosting;
    await github.repository('other/secret', { files: { 'A.md': 'A\n' } });
    const token = tokenOf(server, 'eve');
    const hidden = await server.send(one, { token });
    const missing = await server.send(one, { token, to: '/api/sessions/acme/nothing' });
    const elsewhere = await server.send(one, { token, to: '/api/sessions/other/secret' });
    expect(hidden.status).toBe(404);
    expect([missing.body, elsewhere.body]).toEqual([hidden.body, hidden.body]);
  });

  it('is not a tenant of another repository', async () => {
    const server = await aServer();
    const { github } = server.hosting;
    await github.repository('acme2/shop', { files: { 'A.md': 'A\n' }, people: { zoe: 'admin' } });
    github.install(github.account('acme2'), github.account('zoe'));
    expect((await server.send(one, { token: tokenOf(server, 'zoe') })).status).toBe(404);
  });

  it('is nobody once the right to push is gone', async () => {
    const server = await aServer();
    server.hosting.repository.collaborators.set('ben', 'read');
    expect((await server.send(one, { token: tokenOf(server, 'ben') })).status).toBe(403);
  });

  it('is not a program with a token of an installation', async () => {
    const server = await aServer();
    const auth = (await server.hosting.client.forApp().auth({
      type: 'installation',
      installationId: server.hosting.installation.id,
    })) as { token: string };
    expect((await server.send(one, { token: auth.token })).status).toBe(403);
  });

  it('waits when too much is asked', async () => {
    const server = await aServer({}, { perCaller: 2, strangers: 2 });
    const token = tokenOf(server, 'ben');
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await server.send('{}\n', { token })).status);
    expect(statuses).toEqual([422, 422, 429]);
    const other = tokenOf(server, 'ana');
    expect((await server.send('{}\n', { token: other })).status).toBe(422);
    for (let n = 0; n < 2; n += 1) await server.send(one, { token: `ghp_${word(36, n)}` });
    const late = await server.send(one, { token: `ghp_${word(36, 9)}` });
    expect(late.status).toBe(429);
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('a body', () => {
  it.each([
    ['of another kind', { 'content-type': 'image/png' }, 415],
    ['in an unknown coding', { 'content-encoding': 'br' }, 415],
    ['that says how large it is', { 'content-length': String(65 * 2 ** 20) }, 413],
  ])('%s is refused unread', async (_what, headers, status) => {
    const server = await aServer();
    const answer = await server.send('', { token: 'ghp_unknown', headers });
    expect(answer).toMatchObject({ status, headers: { 'content-type': 'application/problem+json' } });
    expect(server.hosting.github.requests).toEqual([]);
  });

  it('of 65 MB is refused when it gets there, and leaves nothing', async () => {
    const server = await aServer();
    const chunk = Buffer.alloc(2 ** 20, 'a line that says nothing\n');
    const answer = await server.send(Array<Buffer>(65).fill(chunk), { token: tokenOf(server, 'ben') });
    expect(answer.status).toBe(413);
    expect(filesIn(join(server.dataFolder, 'uploads'))).toEqual([]);
  });

  it('that unfolds to more than it may is refused', async () => {
    const server = await aServer();
    const bomb = gzipSync(Buffer.alloc(80 * 2 ** 20));
    const headers = { 'content-encoding': 'gzip' };
    const answer = await server.send(bomb, { token: tokenOf(server, 'ben'), headers });
    expect([answer.status, bomb.length < 2 ** 20]).toEqual([413, true]);
    expect(filesIn(join(server.dataFolder, 'uploads'))).toEqual([]);
  });

  it('that is no gzip is refused', async () => {
    const server = await aServer();
    const headers = { 'content-encoding': 'gzip' };
    const answer = await server.send(one, { token: tokenOf(server, 'ben'), headers });
    expect(answer.status).toBe(400);
  });

  it('that is no transcript is refused with the reason', async () => {
    const server = await aServer();
    const answer = await server.send('{"hello":"world"}\n', { token: tokenOf(server, 'ben') });
    expect(answer.status).toBe(422);
    expect(answer.body.detail).toMatch(/no transcript format we know/);
  });
});

describe('the ledger', () => {
  it('takes nothing before somebody agreed', async () => {
    const server = await aServer({ files: { 'CLAUDE.md': '# Notes\n' } });
    const answer = await server.send(one, { token: tokenOf(server, 'ben') });
    expect(answer.status).toBe(409);
    expect(answer.body.detail).toMatch(/pull request that Dreamkeeper opened/);
    expect((await server.stored()).commit).toBeUndefined();
  });

  it('takes nothing where everybody can read it, unless the config agrees', async () => {
    const server = await aServer({ private: false });
    const answer = await server.send(one, { token: tokenOf(server, 'ben') });
    expect(answer.status).toBe(403);
    expect(answer.body.detail).toMatch(/public/);
  });

  it('that cannot be reached is asked for again later', async () => {
    const server = await aServer();
    server.hosting.github.fail('git-receive-pack', { status: 503 });
    const answer = await server.send(one, { token: tokenOf(server, 'ben') });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('30');
  });

  it('leaves no copy behind when the server stops', async () => {
    const server = await aServer();
    await server.send(one, { token: tokenOf(server, 'ben') });
    expect(filesIn(join(server.dataFolder, 'intake'))).not.toEqual([]);
    await server.close();
    expect(filesIn(join(server.dataFolder, 'intake'))).toEqual([]);
  });
});

it('answers GET with what it takes, and other addresses not at all', async () => {
  const server = await aServer();
  const answer = await server.send('', { method: 'GET' });
  expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  expect((await server.send('', { to: '/api/sessions/a/b/c' })).status).toBe(404);
  expect((await server.send('', { to: '/elsewhere' })).body).toEqual({ error: 'not found' });
});
