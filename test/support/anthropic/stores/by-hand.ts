/** What a test does to memory stores, and sees in them, without asking the API. */
import type { World } from '../world.ts';
import { addMemory, addStore, changeMemory, type Store } from './store.ts';

/** Paths in the store, each with its text. */
export type Contents = Readonly<Record<string, string>>;

export interface Stores {
  /** @returns the id of a new store. */
  readonly create: (name: string, contents?: Contents) => string;
  /** In the order of paths. */
  readonly contents: (store: string) => Contents;
  /** As somebody else would: writes, or takes away where there is no text. */
  readonly write: (store: string, path: string, content: string | undefined) => void;
  readonly isArchived: (store: string) => boolean;
  /** The ids of all stores there are. */
  readonly list: () => readonly string[];
}

export function storesByHand(world: World): Stores {
  const storeOf = (id: string): Store => {
    const store = world.stores.get(id);
    if (store === undefined) throw new Error(`there is no memory store ${id}`);
    return store;
  };
  return {
    create(name, contents = {}) {
      const store = addStore(world, name);
      fill(world, store, contents);
      return store.id;
    },
    contents: (id) => contentsOf(storeOf(id)),
    write: (id, path, content) => put(world, storeOf(id), path, content),
    isArchived: (id) => storeOf(id).archivedAt !== undefined,
    list: () => [...world.stores.keys()],
  };
}

export function contentsOf({ memories }: Store): Contents {
  const entries = [...memories.values()].map(({ path, content }) => [path, content] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Makes the store hold exactly this. */
export function fill(world: World, store: Store, contents: Contents): void {
  for (const { path } of store.memories.values()) if (!(path in contents)) put(world, store, path, undefined);
  for (const [path, content] of Object.entries(contents)) put(world, store, path, content);
}

function put(world: World, store: Store, path: string, content: string | undefined): void {
  const memory = [...store.memories.values()].find((one) => one.path === path);
  if (content === undefined) store.memories.delete(memory?.id ?? '');
  else if (memory === undefined) addMemory(world, store, path, content);
  else if (memory.content !== content) changeMemory(world, store, memory, { content });
}
