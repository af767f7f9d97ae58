import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { missedDeliveries } from '../../src/github/missed-deliveries.ts';
import { listen } from '../../src/http/listen.ts';
import { aHosting, type Hosting } from './hosted.ts';

const signal = new AbortController().signal;
const log = pino({ level: 'silent' });
const at = { owner: 'acme', repo: 'shop' };

/** Where webhooks go. @returns the ids that were heard, and a switch. */
async function aServer({ github }: Hosting) {
  const heard: string[] = [];
  let up = true;
  const server = await listen({
    port: 0,
    host: '127.0.0.1',
    onError: () => undefined,
    handlers: [
      (request, response) => {
        if (up) heard.push(String(request.headers['x-github-delivery']));
        request.resume();
        response.writeHead(up ? 200 : 503).end();
        return true;
      },
    ],
  });
  onTestFinished(() => server.close());
  github.deliverTo(`http://127.0.0.1:${server.port}/`);
  return { heard, turn: (on: boolean) => void (up = on) };
}

async function somethingHappens({ github }: Hosting, title: string): Promise<void> {
  await github.as('ana').rest.issues.create({ ...at, title });
  await github.webhooks.settled();
}

const run = async ({ github, client }: Hosting, slot = 'turn', isNew = false, ahead = 0): Promise<number> => {
  const events = new Set(['issues', 'push', 'installation']);
  const hook = missedDeliveries({
    app: client.forApp(),
    events,
    isNew: () => Promise.resolve(isNew),
    now: () => Date.now() + ahead,
  });
  const sent = await hook.run({ slot, signal, log });
  await github.webhooks.settled();
  return sent;
};

it('has what failed sent again, in its order, and no more than that', async () => {
  const hosting = await aHosting();
  const { heard, turn } = await aServer(hosting);
  await run(hosting);
  heard.length = 0;
  await somethingHappens(hosting, 'one');
  turn(false);
  await somethingHappens(hosting, 'two');
  await somethingHappens(hosting, 'three');
  turn(true);
  const missed = hosting.github.webhooks.list.slice(-2).map(({ guid }) => guid);
  expect(await run(hosting)).toBe(2);
  expect(heard.slice(1)).toEqual(missed);
  expect(await run(hosting)).toBe(0);
});

it('asks one question when nothing failed', async () => {
  const hosting = await aHosting();
  const before = hosting.github.requests.length;
  const aDay = 24 * 3_600_000 + 60_000;
  expect(await run(hosting, 'turn', false, aDay)).toBe(0);
  expect(hosting.github.requests.length - before).toBe(1);
});

it('gives up after a few tries', async () => {
  const hosting = await aHosting();
  const { turn } = await aServer(hosting);
  await run(hosting);
  turn(false);
  await somethingHappens(hosting, 'one');
  const hour = 3_600_000;
  const tries = [];
  for (let hours = 1; hours <= 5; hours += 1) tries.push(await run(hosting, 'turn', false, hours * hour));
  expect(tries).toEqual([1, 1, 1, 0, 0]);
});

it('has everything of a day sent again, once, when the database was lost', async () => {
  const hosting = await aHosting();
  const { heard } = await aServer(hosting);
  await run(hosting);
  await somethingHappens(hosting, 'one');
  await somethingHappens(hosting, 'two');
  heard.length = 0;
  expect(await run(hosting, 'rebuilt 2026-03-01T12:00:00.000Z')).toBe(2);
  expect(heard).toEqual(hosting.github.webhooks.list.slice(-4, -2).map(({ guid }) => guid));
  expect(await run(hosting, 'rebuilt 2026-03-01T12:00:00.000Z')).toBe(0);
  const aDay = 24 * 3_600_000;
  expect(await run(hosting, 'start', true, aDay + 60_000)).toBe(0);
});
