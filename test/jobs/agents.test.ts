/** A served repository whose agents run at Anthropic: sessions come by themselves, and what was merged reaches them. */
import { expect, it, vi } from 'vitest';
import { createHandlers } from '../../src/jobs/handlers.ts';
import { ledgersHook } from '../../src/jobs/reconcile.ts';
import { createRepositoryStates } from '../../src/jobs/repository-state.ts';
import { personSays } from '../support/anthropic/sessions/session.ts';
import { refusals } from '../support/anthropic/server/refusal.ts';
import { anAnthropic } from '../support/anthropic/setting.ts';
import { openQueue } from '../support/jobs.ts';
import { scratchFolder } from '../support/repository.ts';
import { servedFolder } from '../support/served.ts';

const soon = { timeout: 20_000, interval: 50 };

async function serving() {
  const { anthropic } = await anAnthropic();
  const store = anthropic.stores.create('memory of the agents');
  const access = { ANTHROPIC_API_KEY: anthropic.key, ANTHROPIC_BASE_URL: anthropic.url };
  const served = servedFolder(scratchFolder(), access);
  served.add('shop', {
    'CLAUDE.md': '# Memory\n\n- Use pnpm, not npm.\n',
    '.github/dreamkeeper.yml': `dream:\n  dreamer: embedded\n  sessions: 1\n  apart: 0\nmanaged:\n  agent: agent_0000000001\nsync:\n  store: ${store}\n`,
  });
  const open = await openQueue();
  const states = createRepositoryStates(open.database);
  const { source } = served;
  const hooks = [ledgersHook({ source, states, queue: open.queue, staleSeconds: 3_600 })];
  const worker = open.worker(createHandlers({ source, states, queue: open.queue, hooks, spread: 1 }));
  const ended = () =>
    worker.ended.map(({ claim, end, result }) => `${claim.payload.kind}: ${result?.outcome ?? end}`);
  return { anthropic, store, ...open, ...served, ended };
}

it('is asked for sessions now and then, and before each dream', async () => {
  const { anthropic, queue, git, ended } = await serving();
  anthropic.sessions.add({ events: [personSays('Always run `pnpm lint` before you commit.')] });
  await queue.send({ kind: 'dream', repository: 'shop' });
  await vi.waitFor(() => expect(ended()).toHaveLength(1), soon);
  const kept = (): number =>
    git('shop', 'ls-tree', '-r', '--name-only', 'dreamkeeper', 'sessions/').split('\n').length;
  expect(kept()).toBe(1);
  anthropic.sessions.add({ events: [personSays('Never push on Fridays.')] });
  await queue.send({ kind: 'sweep', slot: 'next' });
  await vi.waitFor(() => expect(ended()).toContain('ingest: ingested'), soon);
  expect(kept()).toBe(2);
});

it('has its memory brought to the agents, and again when it changed', async () => {
  const { anthropic, store, queue, git, ended } = await serving();
  await queue.send({ kind: 'sync', repository: 'shop', slot: 'first' });
  await vi.waitFor(() => expect(anthropic.stores.contents(store)).toHaveProperty(['/CLAUDE.md']), soon);
  git('shop', 'mv', 'CLAUDE.md', 'AGENTS.md');
  git('shop', 'commit', '-q', '-m', 'Rename');
  await queue.send({ kind: 'sync', repository: 'shop', slot: 'second' });
  await vi.waitFor(() => expect(Object.keys(anthropic.stores.contents(store))).toEqual(['/AGENTS.md']), soon);
  expect(ended().filter((line) => line.startsWith('sync'))).not.toContain('sync: failed');
});

it('goes on where Anthropic does not answer', async () => {
  const { anthropic, queue, ended } = await serving();
  anthropic.fail('beta.sessions.list', refusals.forbidden());
  anthropic.fail('beta.memoryStores.memories.list', refusals.forbidden());
  await queue.send({ kind: 'dream', repository: 'shop', asked: true });
  await vi.waitFor(() => expect(ended()).toContain('dream: nothing'), soon);
});
