import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import type { AskedJob } from '../../src/github/webhooks/payload.ts';
import { anthropicDoor } from '../../src/compose-webhooks.ts';
import { anthropicWebhooksPath } from '../../src/http/anthropic-webhooks.ts';
import { signedWebhook, webhookKey, type SignedWebhook } from '../support/anthropic/webhooks.ts';

const rested = { type: 'session.status_idled', id: 'sesn_1' } as const;

async function aDoor() {
  const asked: AskedJob[] = [];
  const hidden: string[] = [];
  const state = { broken: false };
  const access = { apiKey: 'sk-ant-of-the-tests', webhookSecret: webhookKey };
  const handlers = await anthropicDoor(
    { anthropic: () => access },
    { log: pino({ level: 'silent' }), hide: (text) => void hidden.push(text) },
    (jobs) => {
      if (state.broken) return Promise.reject(new Error('the database is gone'));
      return Promise.resolve(asked.push(...jobs));
    },
  );
  const server = createServer((request, response) => {
    void (async () => {
      for (const handler of handlers) if (await handler(request, response)) return;
      response.writeHead(404).end();
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${anthropicWebhooksPath}`;
  return {
    asked,
    hidden,
    url,
    send: async (webhook: SignedWebhook | RequestInit) => (await fetch(url, webhook)).status,
    breakDown: (down: boolean) => (state.broken = down),
  };
}

const event = (id: string, data: Parameters<typeof signedWebhook>[0] = rested) =>
  signedWebhook(data, { id, at: new Date() });

it('asks for a look at what is due when a session came to rest, once for all of a minute', async () => {
  const { asked, send } = await aDoor();
  expect(await send(event('wevt_1'))).toBe(204);
  expect(await send(event('wevt_2', { type: 'session.status_terminated', id: 'sesn_2' }))).toBe(204);
  expect(asked.map(({ payload }) => payload.kind)).toEqual(['sweep', 'sweep']);
  expect(asked[0]?.startAfter).toMatch(/:00\.000Z$/);
});

it('hears an event once, in whatever order and however often it comes', async () => {
  const { asked, send } = await aDoor();
  for (const id of ['wevt_2', 'wevt_1', 'wevt_2']) expect(await send(event(id))).toBe(204);
  expect(asked).toHaveLength(2);
});

it('asks for nothing where nothing came to rest', async () => {
  const { asked, send } = await aDoor();
  expect(await send(event('wevt_1', { type: 'session.created', id: 'sesn_1' }))).toBe(204);
  expect(await send(event('wevt_2', { type: 'memory_store.created', id: 'memstore_1' }))).toBe(204);
  expect(asked).toEqual([]);
});

it('believes nobody who does not know the secret, and nothing that is old or was changed', async () => {
  const { asked, send } = await aDoor();
  const other = `whsec_${Buffer.from('somebody else’s secret, as long').toString('base64')}`;
  const forged = signedWebhook(rested, { id: 'wevt_1', at: new Date(), key: other });
  const old = signedWebhook(rested, { id: 'wevt_2', at: new Date(Date.now() - 3_600_000) });
  const good = event('wevt_3');
  const changed = { ...good, body: good.body.replace('sesn_1', 'sesn_9') };
  const unsigned = { method: 'POST', body: good.body, headers: { 'webhook-id': 'wevt_4' } };
  for (const webhook of [forged, old, changed, unsigned]) expect(await send(webhook)).toBe(401);
  expect(asked).toEqual([]);
});

it('says that it failed when nothing was remembered, and hears it when it comes again', async () => {
  const { asked, send, breakDown } = await aDoor();
  breakDown(true);
  expect(await send(event('wevt_1'))).toBe(503);
  breakDown(false);
  expect(await send(event('wevt_1'))).toBe(204);
  expect(asked).toHaveLength(1);
});

it('refuses what is too long, or no webhook, unread', async () => {
  const { send } = await aDoor();
  expect(await send({ method: 'GET' })).toBe(405);
  expect(await send({ method: 'POST', body: 'x' })).toBe(400);
  expect(await send({ ...event('wevt_1'), body: 'x'.repeat(300_000) })).toBe(413);
});

it('is not there without a secret, and tells the log to hide it', async () => {
  expect((await aDoor()).hidden).toEqual([webhookKey]);
  const handlers = await anthropicDoor(
    { anthropic: () => ({ apiKey: 'sk-ant-of-the-tests' }) },
    { log: pino({ level: 'silent' }), hide: () => undefined },
    () => Promise.resolve(),
  );
  expect(handlers).toEqual([]);
});
