/** A thread that plays GitHub: sends signed webhooks, as fast as they are answered or so many a second. */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

export interface Load {
  readonly url: string;
  readonly secret: string;
  readonly count: number;
  /** Absent: as fast as they are answered, so many at once. */
  readonly perSecond?: number;
}

export interface Loaded {
  readonly seconds: number;
  /** Milliseconds, sorted. */
  readonly latencies: readonly number[];
}

const together = 20;
const { url, secret, count, perSecond } = workerData as Load;
const agent = new Agent({ keepAlive: true, maxSockets: 100 });

/** As large as GitHub's are. */
const padding = 'x'.repeat(12_000);

function send(number: number): Promise<number> {
  const body = JSON.stringify({
    ...{ ref: 'refs/heads/main', after: 'a'.repeat(40), created: false, deleted: false, padding },
    repository: { id: (number % 500) + 1, default_branch: 'main' },
    installation: { id: 1 },
    sender: { login: 'ana', type: 'User' },
  });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-github-event': 'push',
    'x-github-delivery': `${process.pid}-${Date.now()}-${number}`,
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve(performance.now() - began);
        else reject(new Error(`answered ${String(answer.statusCode)}`));
      });
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

async function asFastAsAnswered(): Promise<number[]> {
  let next = 0;
  const latencies: number[] = [];
  const one = async (): Promise<void> => {
    while (next < count) latencies.push(await send(next++));
  };
  await Promise.all(Array.from({ length: together }, one));
  return latencies;
}

async function atRate(rate: number): Promise<number[]> {
  const began = performance.now();
  const sent: Promise<number>[] = [];
  for (let number = 0; number < count; number += 1) {
    const wait = began + (number * 1_000) / rate - performance.now();
    if (wait > 0) await sleep(wait);
    sent.push(send(number));
  }
  return Promise.all(sent);
}

const began = performance.now();
const latencies = await (perSecond === undefined ? asFastAsAnswered() : atRate(perSecond));
const loaded: Loaded = {
  seconds: (performance.now() - began) / 1_000,
  latencies: latencies.sort((a, b) => a - b),
};
agent.destroy();
parentPort?.postMessage(loaded);
