/** Webhooks: verified and remembered by the App, against a bare server that verifies and remembers nothing. */
import { createHmac, generateKeyPairSync, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { dreamkeeperApp } from '../../src/app.ts';
import { createReceiver, webhooksPath } from '../../src/github/webhooks/receive.ts';
import type { RequestHandler } from '../../src/http/handler.ts';
import { listen } from '../../src/http/listen.ts';
import { webhooksHandler } from '../../src/http/webhooks.ts';
import { createAsk } from '../../src/jobs/ask.ts';
import { createQueue } from '../../src/jobs/boss-queue.ts';
import { openDatabase } from '../../src/jobs/database.ts';
import type { Queue } from '../../src/jobs/queue.ts';
import { startServer } from './jobs-server.ts';
import { milliseconds, type Line } from './measure.ts';
import type { Load, Loaded } from './webhooks-load.ts';

const log = pino({ level: 'silent' });
const secret = 'a secret of the benchmark';
const goalRate = 300;
const goalSeconds = 0.05;

export async function benchWebhooks(): Promise<Line[]> {
  const server = await startServer();
  const database = await openDatabase({ connectionString: await server.database(), log });
  try {
    const ours = await appHandler(createQueue(database));
    await load(ours, { count: 500 });
    const rate = rateOf(await load(ours, { count: 3_000 }));
    const bare = rateOf(await load(bareHandler, { count: 3_000 }));
    const { latencies } = await load(ours, { count: 1_000, perSecond: 100 });
    const p99 = (latencies[Math.floor(latencies.length * 0.99)] ?? Infinity) / 1_000;
    return [
      {
        name: 'webhooks, verified and remembered',
        measured: `${rate.toFixed(0)}/s`,
        reference: `${bare.toFixed(0)}/s`,
        ratio: rate / bare,
        goal: `${goalRate}/s`,
        ok: rate >= goalRate,
      },
      {
        name: 'one of 100 a second, p99',
        measured: milliseconds(p99),
        reference: '',
        goal: milliseconds(goalSeconds),
        ok: p99 < goalSeconds,
      },
    ];
  } finally {
    await database.close();
    await server.stop();
  }
}

const rateOf = ({ seconds, latencies }: Loaded): number => latencies.length / seconds;

async function appHandler(queue: Queue): Promise<RequestHandler> {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const app = dreamkeeperApp({ ask: createAsk(queue, 8), log });
  const settings = { appId: 1, privateKey, webhookSecret: secret, apiUrl: 'https://api.github.invalid' };
  return webhooksHandler({ path: webhooksPath, handle: await createReceiver(app, settings, log) });
}

const bareHandler: RequestHandler = async (request, response) => {
  const body = await buffer(request);
  const wanted = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  const given = Buffer.from(String(request.headers['x-hub-signature-256']));
  const isTrue = given.length === wanted.length && timingSafeEqual(given, wanted);
  response.writeHead(isTrue ? 200 : 400).end();
  return true;
};

/** @param asked how many, and how fast. */
async function load(handler: RequestHandler, asked: Omit<Load, 'url' | 'secret'>): Promise<Loaded> {
  const onError = (error: unknown): void => console.error(error);
  const listening = await listen({ port: 0, host: '127.0.0.1', handlers: [handler], onError });
  const url = `http://127.0.0.1:${listening.port}${webhooksPath}`;
  const worker = new Worker(new URL('webhooks-load.ts', import.meta.url), {
    workerData: { ...asked, url, secret } satisfies Load,
  });
  try {
    const [loaded] = (await once(worker, 'message')) as [Loaded];
    return loaded;
  } finally {
    await worker.terminate();
    await listening.close();
  }
}
