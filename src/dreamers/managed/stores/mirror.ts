/** The memory as a store at Anthropic: one store per repository, in which only what changed is written anew. */
import type Anthropic from '@anthropic-ai/sdk';
import { DreamkeeperError } from '../../../core/error.ts';
import { askingAnthropic } from '../../anthropic/failure.ts';
import { unlessGone, within, type Connection } from '../connection.ts';
import { requireRoom } from './limits.ts';
import { hashOf, listMemories, removeMemory, writeMemory, type TextFile } from './memories.ts';

/** How often it is begun anew when somebody else writes to the same store. */
const mostRounds = 3;

/**
 * Makes a store hold these files and nothing else.
 * @throws {DreamkeeperError} `limit` before anything is sent; else as `askingAnthropic`.
 */
export async function mirror(
  connection: Connection,
  store: string,
  files: readonly TextFile[],
): Promise<void> {
  requireRoom(files);
  for (let round = 1; ; round += 1) {
    try {
      return await mirrorOnce(connection, store, files);
    } catch (error) {
      if (!isConflict(error) || round >= mostRounds) throw error;
    }
  }
}

async function mirrorOnce(connection: Connection, store: string, files: readonly TextFile[]): Promise<void> {
  const there = await listMemories(connection, store);
  const wanted = new Set(files.map(({ path }) => path));
  // First what goes: a file that became a folder would be in the way of what is in it.
  for (const memory of there.values())
    if (!wanted.has(memory.path)) await removeMemory(connection, store, memory);
  for (const file of files) {
    const before = there.get(file.path);
    if (before?.sha256 !== hashOf(file.text)) await writeMemory(connection, store, file, before);
  }
}

export const isConflict = (error: unknown): boolean =>
  error instanceof DreamkeeperError && error.code === 'conflict';

/** What tells our stores from others; a store cannot be looked up by it, only seen in the list. */
const mark = 'dreamkeeper';

/**
 * @param known the store of last time.
 * @param key of this repository: a store that was made and never heard of is found by it.
 * @param since ISO 8601: when the key was first used.
 * @returns the id of a store that can be written to; one that was deleted or archived is made anew.
 * @throws as `askingAnthropic`.
 */
export async function openMirror(
  connection: Connection,
  {
    known,
    key,
    since,
  }: { readonly known?: string | undefined; readonly key: string; readonly since: string },
): Promise<string> {
  if (known !== undefined && (await canBeWritten(connection, known))) return known;
  const { memoryStores } = connection.client.beta;
  return askingAnthropic('making a memory store', async () => {
    // Archived ones are not in the list.
    for await (const store of memoryStores.list({ 'created_at[gte]': since }, within(connection)))
      if (store.metadata[mark] === key && store.id !== known) return store.id;
    // Not asked a second time here: a store whose answer is lost is there, and found by its mark the next time.
    const made = await memoryStores.create(
      {
        name: 'Dreamkeeper mirror',
        description:
          'A copy of memory kept in a Git repository. Dreams read it; what is written here is lost.',
        metadata: { [mark]: key },
      },
      { ...within(connection), maxRetries: 0 },
    );
    return made.id;
  });
}

async function canBeWritten(connection: Connection, id: string): Promise<boolean> {
  const found = await seen(connection, id);
  return found?.archived_at === null;
}

/** @returns undefined when it was deleted. */
function seen(
  connection: Connection,
  id: string,
): Promise<Anthropic.Beta.BetaManagedAgentsMemoryStore | undefined> {
  return askingAnthropic('looking at a memory store', () =>
    unlessGone(() => connection.client.beta.memoryStores.retrieve(id, {}, within(connection))),
  );
}
