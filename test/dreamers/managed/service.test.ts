import { describe, expect, it } from 'vitest';
import { configSchema, type Config } from '../../../src/core/config.ts';
import { gather } from '../../../src/core/dream/gather/gather.ts';
import { createRedactor } from '../../../src/core/sessions/redact.ts';
import { openAnthropic } from '../../../src/dreamers/anthropic/client.ts';
import { createAgentService } from '../../../src/dreamers/managed/service.ts';
import { openRepository } from '../../../src/git/repository.ts';
import { openLedger } from '../../../src/ledger/ledger.ts';
import { agentSays, personSays } from '../../support/anthropic/sessions/session.ts';
import { refusals } from '../../support/anthropic/server/refusal.ts';
import { anAnthropic } from '../../support/anthropic/setting.ts';
import { word } from '../../support/invented-secrets.ts';
import { scratchRepository } from '../../support/repository.ts';

const now = '2026-11-21T12:00:00.000Z';
const agent = 'agent_0000000001';

async function setUp(config: (store: string) => Partial<Record<keyof Config, unknown>>) {
  const { anthropic } = await anAnthropic({ now: () => new Date(now) });
  const scratch = scratchRepository();
  scratch.commit('Remember', { 'CLAUDE.md': '- Use pnpm.\n' });
  const repository = await openRepository(scratch.dir, scratch.env);
  const ledger = openLedger(repository);
  const store = anthropic.stores.create('memory of the agents');
  const service = createAgentService({
    open: () => openAnthropic({ apiKey: anthropic.key, baseURL: anthropic.url, maxRetries: 0 }),
    config: configSchema.parse(config(store)),
    redactor: createRedactor(),
    repository,
    ledger,
  });
  return {
    anthropic,
    scratch,
    store,
    service,
    ledger,
    sync: async () => service.sync((await repository.resolve('HEAD')) ?? ''),
    session: async (id: string) => (await ledger.read()).session(id),
    sessions: async () => (await (await ledger.read()).sessions()).map(({ summary }) => summary.id),
  };
}

describe('sessions at Anthropic', () => {
  const ofAgent = () => setUp(() => ({ managed: { agent } }));

  it('come onto the ledger, redacted, and nobody is proved to have typed them', async () => {
    const { anthropic, service, session } = await ofAgent();
    const secret = `sk-ant-api03-${word(93)}AA`;
    const id = anthropic.sessions.add({
      events: [personSays(`Always use pnpm. My key is ${secret}`), agentSays('Noted.')],
    });
    anthropic.sessions.add({ agent: 'agent_of_others', events: [personSays('Something else.')] });
    expect(await service.takeIn(now)).toMatchObject({ ingested: 1, refused: [] });
    const taken = await session(id);
    expect(taken).toMatchObject({ format: 'managed-agents', interactive: false, people: [] });
    expect(taken?.events.map(({ spans }) => spans[0]?.trust)).toEqual(['claimed', 'agent']);
    expect(JSON.stringify(taken)).not.toContain(secret);
  });

  it('are read once, and again when they went on', async () => {
    const { anthropic, service, session } = await ofAgent();
    const id = anthropic.sessions.add({
      events: [personSays('Use pnpm.')],
      createdAt: new Date('2026-11-20'),
    });
    await service.takeIn(now);
    const reads = () =>
      anthropic.requests.filter(({ operation }) => operation === 'beta.sessions.events.list');
    expect(await service.takeIn(now)).toMatchObject({ ingested: 0 });
    expect(reads()).toHaveLength(1);
    anthropic.sessions.goOn(id, [agentSays('Done.')]);
    expect(await service.takeIn(now)).toMatchObject({ ingested: 1 });
    expect((await session(id))?.events).toHaveLength(2);
  });

  it('wait until they rest', async () => {
    const { anthropic, service } = await ofAgent();
    const createdAt = new Date('2026-11-20');
    const id = anthropic.sessions.add({ events: [personSays('Use pnpm.')], status: 'running', createdAt });
    expect(await service.takeIn(now)).toMatchObject({ ingested: 0 });
    anthropic.sessions.goOn(id, [], 'idle');
    expect(await service.takeIn(now)).toMatchObject({ ingested: 1 });
  });

  it('that were deleted meanwhile are missed by nobody', async () => {
    const { anthropic, service } = await ofAgent();
    anthropic.sessions.add({ events: [personSays('Use pnpm.')] });
    anthropic.fail('beta.sessions.events.list', refusals.notFound());
    expect(await service.takeIn(now)).toMatchObject({ ingested: 0, refused: [] });
  });
});

describe('approved memory', () => {
  const synced = () => setUp((store) => ({ sync: { store } }));

  it('is brought to the store that agents mount, once', async () => {
    const { anthropic, scratch, store, sync } = await synced();
    expect(await sync()).toEqual({ written: ['CLAUDE.md'], removed: [], foreign: [] });
    expect(anthropic.stores.contents(store)).toEqual({ '/CLAUDE.md': '- Use pnpm.\n' });
    const before = anthropic.requests.length;
    scratch.commit('Something else', { 'src/app.ts': '' });
    expect(await sync()).toEqual({ written: [], removed: [], foreign: [] });
    expect(anthropic.requests).toHaveLength(before);
    scratch.commit('Move', { 'memory/tools.md': '- Use pnpm.\n', 'CLAUDE.md': '- See memory/tools.md.\n' });
    expect(await sync()).toMatchObject({ written: ['CLAUDE.md', 'memory/tools.md'] });
  });

  it('never goes over what an agent wrote there; that becomes a session of no person', async () => {
    const { anthropic, scratch, store, sync, sessions, session } = await synced();
    await sync();
    anthropic.stores.write(store, '/CLAUDE.md', '- Use pnpm.\n- The build needs Node 24.\n');
    scratch.commit('Add', { 'memory/style.md': '- Prefer small functions.\n' });
    expect(await sync()).toEqual({ written: ['memory/style.md'], removed: [], foreign: ['CLAUDE.md'] });
    expect(anthropic.stores.contents(store)['/CLAUDE.md']).toContain('Node 24');
    const [id = ''] = await sessions();
    const taken = await session(id);
    expect(taken).toMatchObject({ interactive: false, people: [], format: 'managed-agents' });
    expect(taken === undefined ? [] : gather(taken)).toMatchObject([
      {
        kind: 'memory-edit',
        file: 'CLAUDE.md',
        added: [{ text: 'The build needs Node 24.' }],
        requested: false,
      },
    ]);
  });

  it('is brought there again when a person decided after that', async () => {
    const { anthropic, scratch, store, sync } = await synced();
    await sync();
    anthropic.stores.write(store, '/CLAUDE.md', '- Use npm.\n');
    scratch.commit('Add', { 'memory/style.md': '- Prefer small functions.\n' });
    await sync();
    scratch.commit('Decide', { 'CLAUDE.md': '- Use pnpm, never npm.\n' });
    expect(await sync()).toEqual({ written: ['CLAUDE.md'], removed: [], foreign: [] });
    expect(anthropic.stores.contents(store)['/CLAUDE.md']).toBe('- Use pnpm, never npm.\n');
  });

  it('does not win a race', async () => {
    const { anthropic, scratch, store, sync } = await synced();
    await sync();
    scratch.commit('Change', { 'CLAUDE.md': '- Use pnpm 11.\n' });
    anthropic.fail('beta.memoryStores.memories.update', {
      before: () => anthropic.stores.write(store, '/CLAUDE.md', '- Use yarn.\n'),
    });
    expect(await sync()).toEqual({ written: [], removed: [], foreign: [] });
    expect(anthropic.stores.contents(store)['/CLAUDE.md']).toBe('- Use yarn.\n');
    expect(await sync()).toMatchObject({ foreign: ['CLAUDE.md'] });
  });

  it('is looked for before each dream, so that what agents wrote is dreamed about', async () => {
    const { anthropic, store, sync, service } = await synced();
    await sync();
    anthropic.stores.write(store, '/notes.md', '- The replica sleeps at night.\n');
    expect(await service.takeIn(now)).toMatchObject({ ingested: 1 });
    expect(await service.takeIn(now)).toMatchObject({ ingested: 0 });
    expect(anthropic.stores.contents(store)['/notes.md']).toBe('- The replica sleeps at night.\n');
  });

  it('is not what is only checked out', async () => {
    const { anthropic, scratch, store, sync, service } = await synced();
    scratch.git('checkout', '-q', '-b', 'feature');
    scratch.commit('Try', { 'CLAUDE.md': '- Use yarn.\n' });
    await service.takeIn(now);
    expect(anthropic.stores.contents(store)).toEqual({});
    scratch.git('checkout', '-q', 'main');
    await sync();
    scratch.git('checkout', '-q', 'feature');
    anthropic.stores.write(store, '/CLAUDE.md', '- Use npm.\n');
    expect(await service.takeIn(now)).toMatchObject({ ingested: 1 });
    scratch.git('checkout', '-q', 'main');
    scratch.commit('Add', { 'memory/style.md': '- Prefer small functions.\n' });
    expect(await sync()).toEqual({ written: ['memory/style.md'], removed: [], foreign: [] });
    expect(anthropic.stores.contents(store)['/CLAUDE.md']).toBe('- Use npm.\n');
  });

  it('is brought by the next sync, not by a look, where an agent took its own version back', async () => {
    const { anthropic, scratch, store, sync, service } = await synced();
    await sync();
    anthropic.stores.write(store, '/CLAUDE.md', '- Use npm.\n');
    scratch.commit('Decide', { 'CLAUDE.md': '- Use pnpm 11.\n' });
    expect(await sync()).toMatchObject({ written: [], foreign: ['CLAUDE.md'] });
    anthropic.stores.write(store, '/CLAUDE.md', '- Use pnpm.\n');
    scratch.git('checkout', '-q', '-b', 'feature');
    scratch.commit('Try', { 'CLAUDE.md': '- Use yarn.\n' });
    await service.takeIn(now);
    expect(anthropic.stores.contents(store)['/CLAUDE.md']).toBe('- Use pnpm.\n');
    scratch.git('checkout', '-q', 'main');
    expect(await sync()).toEqual({ written: ['CLAUDE.md'], removed: [], foreign: [] });
  });
});
