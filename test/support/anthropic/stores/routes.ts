/** `/v1/memory_stores`. */
import { z } from 'zod';
import type { BetaManagedAgentsDeletedMemoryStore } from '@anthropic-ai/sdk/resources/beta/memory-stores/memory-stores';
import { bodyOf } from '../server/body.ts';
import { pageByCursor } from '../server/paging.ts';
import { found, invalid } from '../server/refusal.ts';
import { ok, type Call, type Route } from '../server/route.ts';
import { withinTimes } from '../server/times.ts';
import { addStore, checkWritable, shownStore, type Store } from './store.ts';

export const memoryBetas = ['agent-memory-2026-07-22', 'managed-agents-2026-04-01'];

const name = z.string().regex(/^[^\u0000-\u001f\u007f]{1,255}$/);
const description = z.string().max(1_024);
const key = z.string().min(1).max(64);
const value = z.string().max(512);

const createSchema = z.strictObject({
  name,
  description: description.exactOptional(),
  metadata: z.record(key, value).exactOptional(),
});

const updateSchema = z.strictObject({
  name: name.nullish(),
  description: description.nullish(),
  metadata: z.record(key, value.nullable()).nullish(),
});

const root = '/v1/memory_stores';
const named = (does: string): string => `beta.memoryStores.${does}`;

export const storeRoutes: readonly Route[] = [
  {
    operation: named('create'),
    method: 'POST',
    path: root,
    betas: memoryBetas,
    answer({ world, body }) {
      const { name: called, ...more } = bodyOf(createSchema, body);
      checkMetadata(more.metadata ?? {});
      return ok(shownStore(addStore(world, called, more)));
    },
  },
  {
    operation: named('list'),
    method: 'GET',
    path: root,
    betas: memoryBetas,
    answer({ world, query }) {
      const archived = query.get('include_archived') === 'true';
      const stores = [...world.stores.values()]
        .reverse()
        .filter(({ archivedAt, createdAt }) => (archived || !archivedAt) && withinTimes(createdAt, query));
      return pageByCursor(stores.map(shownStore), query);
    },
  },
  {
    operation: named('retrieve'),
    method: 'GET',
    path: `${root}/:store`,
    betas: memoryBetas,
    answer: (call) => ok(shownStore(storeOf(call))),
  },
  { operation: named('update'), method: 'POST', path: `${root}/:store`, betas: memoryBetas, answer: update },
  {
    operation: named('delete'),
    method: 'DELETE',
    path: `${root}/:store`,
    betas: memoryBetas,
    answer(call) {
      const { id } = storeOf(call);
      call.world.stores.delete(id);
      return ok({ id, type: 'memory_store_deleted' } satisfies BetaManagedAgentsDeletedMemoryStore);
    },
  },
  {
    operation: named('archive'),
    method: 'POST',
    path: `${root}/:store/archive`,
    betas: memoryBetas,
    answer(call) {
      const store = storeOf(call);
      store.archivedAt ??= store.updatedAt = call.world.now();
      return ok(shownStore(store));
    },
  },
];

function update(call: Call) {
  const store = storeOf(call);
  checkWritable(store);
  const changes = bodyOf(updateSchema, call.body);
  const merged = Object.entries({ ...store.metadata, ...changes.metadata });
  const metadata = Object.fromEntries(merged.flatMap(([k, v]) => (v === null ? [] : [[k, v]])));
  checkMetadata(metadata);
  store.name = changes.name ?? store.name;
  store.description = changes.description ?? store.description;
  store.metadata = metadata;
  store.updatedAt = call.world.now();
  return ok(shownStore(store));
}

/** @throws {Refusal} 404 */
export function storeOf({ world, at: { store = '' } }: Call): Store {
  return found(world.stores.get(store), `The memory store ${store}`);
}

function checkMetadata(metadata: object): void {
  if (Object.keys(metadata).length > 16) throw invalid('metadata: at most 16 pairs');
}
