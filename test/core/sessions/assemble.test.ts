import { expect, test } from 'vitest';
import { assemble, type Assembled } from '../../../src/core/sessions/assemble.ts';
import type { Parsed, RawHeader } from '../../../src/core/sessions/format.ts';

const header = (id: string): RawHeader => ({
  id,
  agent: 'aider',
  format: 'aider',
  interactive: true,
  people: [],
});
const said = (session: string, text: string, at?: string): Parsed => ({
  type: 'event',
  session,
  event: { kind: 'person', spans: [{ text, trust: 'person' }], ...(at === undefined ? {} : { at }) },
});

async function* from(items: readonly Parsed[]): AsyncGenerator<Parsed> {
  for (const item of items) yield await Promise.resolve(item);
}

async function assembled(items: readonly Parsed[]): Promise<Assembled[]> {
  const all: Assembled[] = [];
  for await (const item of assemble(from(items))) all.push(item);
  return all;
}

test('events of interleaved sessions are numbered per session', async () => {
  const all = await assembled([
    { type: 'session', header: header('a') },
    said('a', 'one'),
    { type: 'session', header: header('b') },
    said('b', 'first'),
    said('a', 'two'),
  ]);
  const numbers = all.flatMap((item) =>
    item.type === 'events' ? item.events.map((event) => `${item.session}${event.n}`) : [],
  );
  expect(numbers).toEqual(['a1', 'a2', 'b1']);
  expect(all.slice(-2)).toMatchObject([
    { header: { id: 'a' }, eventCount: 2 },
    { header: { id: 'b' }, eventCount: 1 },
  ]);
});

test('what is known only later is in the header', async () => {
  const all = await assembled([
    { type: 'session', header: header('a') },
    said('a', 'one'),
    {
      type: 'update',
      session: 'a',
      header: { title: 'Spinner', usage: { inputTokens: 1, outputTokens: 2 } },
    },
  ]);
  expect(all.at(-1)).toMatchObject({
    type: 'session',
    header: { title: 'Spinner', usage: { outputTokens: 2 } },
  });
});

test('start and end come from the events when the header does not say', async () => {
  const all = await assembled([
    { type: 'session', header: { ...header('a'), startedAt: '2026-02-09T08:00:00.000Z' } },
    said('a', 'copied from before', '2026-02-09T07:00:00.000Z'),
    said('a', 'last', '2026-02-09T09:00:00.000Z'),
    said('a', 'without time'),
  ]);
  expect(all.at(-1)).toMatchObject({
    header: { startedAt: '2026-02-09T08:00:00.000Z', endedAt: '2026-02-09T09:00:00.000Z' },
  });
});

test('a large session comes in several batches, none much larger than the limit', async () => {
  const items = Array.from({ length: 40 }, () => said('a', 'x'.repeat(100_000)));
  const all = await assembled([{ type: 'session', header: header('a') }, ...items]);
  const batches = all.filter((item) => item.type === 'events');
  expect(batches.length).toBeGreaterThan(5);
  expect(batches.flatMap((batch) => batch.events.map((event) => event.n))).toEqual(
    items.map((_, index) => index + 1),
  );
});

test('skipped lines and empty sessions pass through', async () => {
  expect(
    await assembled([
      { type: 'session', header: header('a') },
      { type: 'skipped', line: 3, reason: 'not JSON' },
    ]),
  ).toEqual([
    { type: 'skipped', line: 3, reason: 'not JSON' },
    { type: 'session', header: header('a'), eventCount: 0 },
  ]);
});
