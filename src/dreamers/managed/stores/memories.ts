/** What a memory store at Anthropic holds, by the path in the repository: read in part, written only where nobody else did. */
import { createHash } from 'node:crypto';
import { askingAnthropic } from '../../anthropic/failure.ts';
import { within, type Connection } from '../connection.ts';

export interface Remembered {
  readonly id: string;
  /** As in the repository: without the slash at its beginning. */
  readonly path: string;
  /** Of its UTF-8 bytes. */
  readonly sha256: string;
  /** ISO 8601. */
  readonly changedAt: string;
}

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** By path. No text is fetched. @throws as `askingAnthropic`. */
export async function listMemories(
  connection: Connection,
  store: string,
): Promise<ReadonlyMap<string, Remembered>> {
  const found = new Map<string, Remembered>();
  await askingAnthropic('listing the memories of a store', async () => {
    const { memories } = connection.client.beta.memoryStores;
    for await (const item of memories.list(store, { view: 'basic', limit: 100 }, within(connection))) {
      if (item.type !== 'memory') continue;
      const path = item.path.replace(/^\//, '');
      found.set(path, { id: item.id, path, sha256: item.content_sha256, changedAt: item.updated_at });
    }
  });
  return found;
}

/** @throws as `askingAnthropic`. */
export async function readMemory(connection: Connection, store: string, { id }: Remembered): Promise<string> {
  const { memories } = connection.client.beta.memoryStores;
  const read = await askingAnthropic('reading a memory', () =>
    memories.retrieve(id, { memory_store_id: store, view: 'full' }, within(connection)),
  );
  return read.content ?? '';
}

/**
 * All files of a store; of those that are known already by their hash, nothing is fetched.
 * @throws as `askingAnthropic`.
 */
export async function readStore(
  connection: Connection,
  store: string,
  known: readonly TextFile[],
): Promise<TextFile[]> {
  const byHash = new Map(known.map(({ text }) => [hashOf(text), text]));
  const files: TextFile[] = [];
  for (const memory of (await listMemories(connection, store)).values()) {
    const text = byHash.get(memory.sha256) ?? (await readMemory(connection, store, memory));
    files.push({ path: memory.path, text });
  }
  return files;
}

/**
 * @param before what is replaced; undefined: nothing may be there.
 * @throws {DreamkeeperError} `conflict` when somebody else was faster; else as `askingAnthropic`.
 */
export async function writeMemory(
  connection: Connection,
  store: string,
  { path, text }: TextFile,
  before?: Pick<Remembered, 'id' | 'sha256'>,
): Promise<void> {
  const { memories } = connection.client.beta.memoryStores;
  await askingAnthropic(`writing ${path} to a memory store`, async () => {
    if (before === undefined) {
      await memories.create(store, { path: `/${path}`, content: text }, within(connection));
      return;
    }
    const precondition = { type: 'content_sha256', content_sha256: before.sha256 } as const;
    const changed = { memory_store_id: store, content: text, precondition };
    await memories.update(before.id, changed, within(connection));
  });
}

/** @throws {DreamkeeperError} `conflict` when somebody else changed it; else as `askingAnthropic`. */
export async function removeMemory(connection: Connection, store: string, memory: Remembered): Promise<void> {
  const { memories } = connection.client.beta.memoryStores;
  const expected = { memory_store_id: store, expected_content_sha256: memory.sha256 };
  await askingAnthropic(`removing ${memory.path} from a memory store`, () =>
    memories.delete(memory.id, expected, within(connection)),
  );
}

/** As Anthropic computes it. */
export const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
