/** The App as a process of its own: what it answers before anybody has agreed to anything. */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { startApp, webhooksPath, type App } from '../support/app.ts';
import { startGitHub, type GitHub } from '../support/forge/start.ts';
import { emptyDatabase } from '../support/postgres.ts';
import { scratchFolder } from '../support/repository.ts';
import { startServe, type ServeProcess } from '../support/serve-process.ts';

interface Sent {
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function send(app: App, github: GitHub, payload: unknown, { secret, headers }: Sent = {}): Promise<Response> {
  const body = JSON.stringify(payload);
  const key = secret ?? github.app.webhook.secret;
  return fetch(`${app.url()}${webhooksPath}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'repository',
      'x-github-delivery': 'd1',
      'x-hub-signature-256': `sha256=${createHmac('sha256', key).update(body).digest('hex')}`,
      ...headers,
    },
  });
}

/** Answered before a byte of the body was sent. */
async function statusOfLength(app: App, bytes: number): Promise<number | undefined> {
  const headers = { 'content-length': bytes };
  const asked = request(`${app.url()}${webhooksPath}`, { method: 'POST', headers });
  asked.flushHeaders();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  asked.destroy();
  return answer.statusCode;
}

it('takes webhooks that GitHub signed, once each, and no others', async () => {
  const github = await startGitHub();
  const app = await startApp(github);
  const sender = { login: 'ana', type: 'User' };
  const payload = { action: 'edited', repository: { id: 7 }, installation: { id: 5 }, sender };
  const jobs = () => app.queue.list({ kind: 'sync' });

  expect((await send(app, github, payload, { secret: 'development' })).status).toBe(400);
  expect(
    (await send(app, github, payload, { headers: { 'x-github-delivery': 'x'.repeat(200) } })).status,
  ).toBe(400);
  expect(await statusOfLength(app, 26 * 1024 * 1024)).toBe(413);
  expect((await fetch(`${app.url()}${webhooksPath}`)).status).toBe(405);
  expect(await jobs()).toEqual([]);

  for (let times = 0; times < 3; times += 1) expect((await send(app, github, payload)).status).toBe(200);
  expect(await jobs()).toHaveLength(1);
  await app.idle();
});

it('is ready when GitHub knows it, and counts what it asks', async () => {
  const github = await startGitHub();
  const app = await startApp(github);
  await app.idle();

  const ready = await fetch(`${app.url()}/readyz`);
  expect(await ready.json()).toMatchObject({ status: 'ready', checks: { github: { ok: true } } });
  const metrics = await (await fetch(`${app.url()}/metrics`)).text();
  expect(metrics).toMatch(/dreamkeeper_github_requests_total\{status="2xx"\} [1-9]/);
});

it('asks the repositories it is installed on, and audits the memory of one that says yes', async () => {
  const github = await startGitHub();
  const files = { 'CLAUDE.md': '# Notes\n\n- Use pnpm for everything here.\n- See `docs/gone.md` first.\n' };
  await github.repository('acme/shop', { files, people: { ana: 'admin' } });
  const app = await startApp(github);
  github.install(github.account('acme'), github.account('ana'));
  await app.idle();
  const at = { owner: 'acme', repo: 'shop' };
  const { data: pulls } = await github.as('ana').rest.pulls.list(at);
  expect(pulls.map(({ title }) => title)).toEqual(['Set up Dreamkeeper']);
  expect(await app.queue.list({ kind: 'dream' })).toEqual([]);

  await github.as('ana').rest.pulls.merge({ ...at, pull_number: 1 });
  await app.idle();
  const dreams = app.log().filter(({ msg, kind }) => msg === 'job ended' && kind === 'dream');
  expect(dreams.length).toBeGreaterThan(0);
});

async function until<T>(found: () => T | undefined): Promise<T> {
  for (;;) {
    const value = found();
    if (value !== undefined) return value;
    await sleep(20);
  }
}

const said = (serve: ServeProcess, pattern: RegExp): string | undefined =>
  serve.log().flatMap(({ msg }) => pattern.exec(msg)?.[0] ?? [])[0];

it('makes the GitHub App where there is none, and goes on with it', async () => {
  const github = await startGitHub();
  const logs = scratchFolder();
  const databaseUrl = await emptyDatabase();
  const env = { GHE_HOST: new URL(github.origin).host, GHE_PROTOCOL: 'http' };
  const serve = startServe({ logs, databaseUrl, args: ['--port', '0'], env });
  onTestFinished(() => serve.kill());
  const address = await until(() => said(serve, /http:\/\/localhost:\d+\/setup\/\w+/));

  const page = await (await fetch(`${address}?owner=acme`)).text();
  const [, action, state] = /action="([^"?]+)\?state=(\w+)"/.exec(page) ?? [];
  expect(action).toBe(`${github.origin}/organizations/acme/settings/apps/new`);
  expect(page).toContain(`${new URL(address).origin}${webhooksPath}`);
  const back = (how: string) => fetch(`${new URL(address).origin}/setup/done?code=abc&state=${how}`);
  expect((await back('guessed')).status).toBe(403);
  expect(await (await back(state ?? '')).text()).toContain('/installations/new');

  const port = await until(() => (serve.port() === 0 ? undefined : serve.port()));
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  const saved = join(logs, 'data', 'github-app.env');
  expect(statSync(saved).mode & 0o777).toBe(0o600);
  expect(readFileSync(saved, 'utf8')).toContain(`APP_ID=${github.app.id}`);
  expect(serve.output()).not.toContain(github.app.webhook.secret);
});
