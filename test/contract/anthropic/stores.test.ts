/** The memory stores of the stand-in, through the real SDK. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { anAnthropic } from '../../support/anthropic/setting.ts';
import type { AnthropicOptions } from '../../support/anthropic/options.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

async function aStore(contents: Readonly<Record<string, string>> = {}, options: AnthropicOptions = {}) {
  const { anthropic, client } = await anAnthropic(options);
  const store = anthropic.stores.create('team memory', contents);
  const { memories } = client.beta.memoryStores;
  const list = async (params: Parameters<typeof memories.list>[1] = {}) => {
    const items = [];
    for await (const item of memories.list(store, params)) items.push(item);
    return items;
  };
  return { anthropic, stores: client.beta.memoryStores, memories, store, list };
}

describe('a store', () => {
  it('is created, changed, listed, archived and deleted', async () => {
    const { client } = await anAnthropic();
    const { memoryStores } = client.beta;
    const metadata = { repository: 'acme/shop' };
    const { id } = await memoryStores.create({ name: 'shop', metadata });
    await memoryStores.update(id, { description: 'What agents remember.', metadata: { branch: 'main' } });
    expect(await memoryStores.retrieve(id)).toMatchObject({
      name: 'shop',
      description: 'What agents remember.',
      metadata: { repository: 'acme/shop', branch: 'main' },
      archived_at: null,
    });
    const ids = async (params = {}) => (await memoryStores.list(params)).data.map((store) => store.id);
    expect(await ids()).toEqual([id]);
    await memoryStores.archive(id);
    expect(await ids()).toEqual([]);
    expect(await ids({ include_archived: true })).toEqual([id]);
    const add = memoryStores.memories.create(id, { path: '/a.md', content: 'x' });
    await expect(add).rejects.toMatchObject({ status: 400 });
    expect(await memoryStores.delete(id)).toMatchObject({ type: 'memory_store_deleted' });
    await expect(memoryStores.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });
});

describe('memories', () => {
  it('are listed with their hashes, and with their text where it is asked for', async () => {
    const { memories, store, list } = await aStore({ '/b.md': 'Bé', '/a/c.md': 'C', '/a/d.md': 'D' });
    const [first, , last] = await list();
    expect(first).toMatchObject({ path: '/a/c.md', content: null, content_sha256: hash('C') });
    expect(last).toMatchObject({ path: '/b.md', content_sha256: hash('Bé'), content_size_bytes: 3 });
    expect(await list({ view: 'full', path_prefix: '/a/' })).toMatchObject([
      { content: 'C' },
      { content: 'D' },
    ]);
    expect(await list({ depth: 1 })).toMatchObject([
      { type: 'memory_prefix', path: '/a/' },
      { type: 'memory', path: '/b.md' },
    ]);
    const id = last !== undefined && 'id' in last ? last.id : '';
    expect(await memories.retrieve(id, { memory_store_id: store })).toMatchObject({ content: 'Bé' });
  });

  it('come a page at a time, with their text at most 20', async () => {
    const names = Array.from({ length: 45 }, (_, index) => `/${String(index).padStart(2, '0')}.md`);
    const { anthropic, list } = await aStore(Object.fromEntries(names.map((name) => [name, name])));
    expect(await list({ view: 'full', limit: 100 })).toHaveLength(45);
    expect(anthropic.requests).toHaveLength(3);
    expect(await list({ limit: 100 })).toHaveLength(45);
    expect(anthropic.requests).toHaveLength(4);
  });

  it('are changed and deleted only as they are expected to be', async () => {
    const { anthropic, memories, store } = await aStore();
    const { id, content_sha256 } = await memories.create(store, { path: '/a.md', content: 'one' });
    anthropic.stores.write(store, '/a.md', 'two, by somebody else');
    const at = { memory_store_id: store };
    const precondition = { type: 'content_sha256', content_sha256 } as const;
    const failed = { status: 409, type: 'memory_precondition_failed_error' };
    await expect(memories.update(id, { ...at, content: 'three', precondition })).rejects.toMatchObject(
      failed,
    );
    await expect(
      memories.delete(id, { ...at, expected_content_sha256: content_sha256 }),
    ).rejects.toMatchObject(failed);
    // The same again is no conflict: the answer of the first time may have been lost.
    const same = { ...at, content: 'two, by somebody else', precondition };
    expect(await memories.update(id, same)).toMatchObject({ content_sha256: hash(same.content) });
    await memories.update(id, { ...at, path: '/b.md' });
    expect(anthropic.stores.contents(store)).toEqual({ '/b.md': same.content });
    await memories.delete(id, { ...at, expected_content_sha256: hash(same.content) });
    expect(anthropic.stores.contents(store)).toEqual({});
  });

  it('cannot lie above or below each other', async () => {
    const { memories, store } = await aStore({ '/notes/todo.md': 'x' });
    for (const path of ['/notes', '/notes/todo.md', '/notes/todo.md/more'])
      await expect(memories.create(store, { path, content: 'y' })).rejects.toMatchObject({
        status: 409,
        type: 'memory_path_conflict_error',
        error: { error: { conflicting_path: '/notes/todo.md' } },
      });
    await memories.create(store, { path: '/notes-archive', content: 'y' });
  });

  it.each([
    'a.md',
    '/',
    '/a//b',
    '/../b',
    '/a\u0000',
    '/a\u202eb',
    '/e\u0301',
    `/${'é'.repeat(512)}`,
    '/a'.repeat(21),
  ])('cannot be at %j', async (path) => {
    const { memories, store } = await aStore();
    await expect(memories.create(store, { path, content: '' })).rejects.toMatchObject({ status: 400 });
  });

  it('are only so large and so many', async () => {
    const { memories, store } = await aStore({ '/a.md': '' }, { limits: { memories: 2 } });
    const add = (path: string, content: string) => memories.create(store, { path, content });
    await expect(add('/b.md', 'é'.repeat(51_201))).rejects.toMatchObject({ status: 400 });
    await add('/b.md', 'é'.repeat(51_200));
    await expect(add('/c.md', '')).rejects.toMatchObject({ status: 400 });
  });
});

it('asks for the beta', async () => {
  const { anthropic } = await anAnthropic();
  const response = await fetch(`${anthropic.url}/v1/memory_stores`, {
    headers: { authorization: `Bearer ${anthropic.key}`, 'anthropic-version': '2026-10-21' },
  });
  expect([response.status, await response.text()]).toEqual([
    400,
    expect.stringContaining('agent-memory-2026-07-22'),
  ]);
});
