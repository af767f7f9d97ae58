/** Memory stores: what is kept, and as the API shows it. */
import { createHash } from 'node:crypto';
import type {
  BetaManagedAgentsMemory,
  BetaManagedAgentsMemoryView,
} from '@anthropic-ai/sdk/resources/beta/memory-stores/memories';
import type { BetaManagedAgentsMemoryStore } from '@anthropic-ai/sdk/resources/beta/memory-stores/memory-stores';
import { invalid, Refusal } from '../server/refusal.ts';
import type { World } from '../world.ts';
import { checkPath } from './path.ts';

export interface Memory {
  readonly id: string;
  readonly createdAt: Date;
  path: string;
  content: string;
  updatedAt: Date;
  versionId: string;
}

export interface Store {
  readonly id: string;
  readonly createdAt: Date;
  name: string;
  description: string;
  metadata: Readonly<Record<string, string>>;
  updatedAt: Date;
  archivedAt?: Date;
  /** By id. */
  readonly memories: Map<string, Memory>;
}

export function addStore(
  world: World,
  name: string,
  more: Partial<Pick<Store, 'description' | 'metadata'>> = {},
) {
  const now = world.now();
  const store: Store = {
    id: world.newId('memstore'),
    name,
    description: '',
    metadata: {},
    createdAt: now,
    updatedAt: now,
    memories: new Map(),
    ...more,
  };
  world.stores.set(store.id, store);
  return store;
}

/** @throws {Refusal} when the store is full or archived, the path is taken or none, or the content is too large. */
export function addMemory(world: World, store: Store, path: string, content: string): Memory {
  checkWritable(store);
  checkFree(store, path);
  checkSize(world, content);
  if (store.memories.size >= world.limits.memories)
    throw invalid(`the memory store holds ${world.limits.memories} memories, which is the most`);
  const now = world.now();
  const id = world.newId('mem');
  const memory = { id, path, content, createdAt: now, updatedAt: now, versionId: world.newId('memver') };
  store.memories.set(id, memory);
  return memory;
}

/** @throws {Refusal} as `addMemory`. */
export function changeMemory(
  world: World,
  store: Store,
  memory: Memory,
  { path = memory.path, content = memory.content }: { path?: string; content?: string },
): void {
  checkWritable(store);
  if (path !== memory.path) checkFree(store, path, memory);
  checkSize(world, content);
  Object.assign(memory, { path, content, updatedAt: world.now(), versionId: world.newId('memver') });
}

export function checkWritable({ archivedAt }: Store): void {
  if (archivedAt !== undefined) throw invalid('the memory store is archived');
}

function checkSize({ limits }: World, content: string): void {
  if (Buffer.byteLength(content) > limits.memoryBytes)
    throw invalid(`content: must be at most ${limits.memoryBytes} bytes`);
}

/** A path is taken by itself, by what lies above it and by what lies below it. */
function checkFree({ memories }: Store, path: string, except?: Memory): void {
  checkPath(path);
  const taken = [...memories.values()].find(
    (other) =>
      other !== except &&
      (other.path === path || other.path.startsWith(`${path}/`) || path.startsWith(`${other.path}/`)),
  );
  if (taken === undefined) return;
  throw new Refusal(409, `the path overlaps ${taken.path}`, 'memory_path_conflict_error', {
    conflicting_memory_id: taken.id,
    conflicting_path: taken.path,
  });
}

export const sha256Of = (content: string): string => createHash('sha256').update(content).digest('hex');

export function shownStore(store: Store): BetaManagedAgentsMemoryStore {
  const { id, name, description, metadata, createdAt, updatedAt, archivedAt } = store;
  return {
    id,
    type: 'memory_store',
    name,
    description,
    metadata,
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
    archived_at: archivedAt?.toISOString() ?? null,
  };
}

export function shownMemory(
  store: Store,
  { id, path, content, createdAt, updatedAt, versionId }: Memory,
  view: BetaManagedAgentsMemoryView,
): BetaManagedAgentsMemory {
  return {
    id,
    type: 'memory',
    memory_store_id: store.id,
    memory_version_id: versionId,
    path,
    content: view === 'full' ? content : null,
    content_sha256: sha256Of(content),
    content_size_bytes: Buffer.byteLength(content),
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  };
}
