/** The App as a process of its own: what it answers before anybody has agreed to anything. */
import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { startApp, webhooksPath, type App } from '../support/app.ts';
import { startGitHub, type GitHub } from '../support/forge/start.ts';

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
  expect((await send(app, github, 'x'.repeat(26 * 1024 * 1024))).status).toBe(413);
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
