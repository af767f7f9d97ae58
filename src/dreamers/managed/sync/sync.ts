/** Brings approved memory to the memory store that agents mount, and never over what somebody else wrote there. */
import { z } from 'zod';
import type { Config } from '../../../core/config.ts';
import type { Synced } from '../../../core/dream/agent-service.ts';
import { extractorVersion, gather } from '../../../core/dream/gather/gather.ts';
import type { Ledger } from '../../../core/dream/ledger.ts';
import { dreamkeeper } from '../../../core/sessions/formats/dreamkeeper.ts';
import type { Redactor } from '../../../core/sessions/redact.ts';
import { ingest } from '../../../ingest.ts';
import type { Connection } from '../connection.ts';
import { requireRoom } from '../stores/limits.ts';
import {
  hashOf,
  listMemories,
  readMemory,
  removeMemory,
  writeMemory,
  type Remembered,
  type TextFile,
} from '../stores/memories.ts';
import { isConflict } from '../stores/mirror.ts';
import { sessionOf, type ForeignEdit } from './foreign.ts';
import { stepFor, syncedFileSchema, type SyncedFile } from './plan.ts';

export interface SyncOptions {
  readonly connection: Connection;
  readonly store: string;
  /** The memory that is approved; when only looking, whatever is at hand to compare with. */
  readonly files: readonly TextFile[];
  /** Takes in what somebody else changed, and writes nothing there. */
  readonly lookOnly?: boolean;
  readonly ledger: Ledger;
  readonly config: Pick<Config, 'ledger'>;
  readonly redactor: Redactor;
}

const noteSchema = z.object({
  /** Of the memory that is there: the same memory needs no second look. */
  digest: z.string().optional(),
  files: z.record(z.string(), syncedFileSchema),
});
type SyncNote = z.infer<typeof noteSchema>;

/** Whether this memory was brought to the store already. */
export async function isSynced(ledger: Ledger, store: string, files: readonly TextFile[]): Promise<boolean> {
  return (await readNote(ledger, store)).digest === digestOf(files);
}

async function readNote(ledger: Ledger, store: string): Promise<SyncNote> {
  const notes = await (await ledger.read()).notes('sync');
  return noteSchema.safeParse(notes.get(store)).data ?? { files: {} };
}

const digestOf = (files: readonly TextFile[]): string =>
  hashOf(JSON.stringify(files.map(({ path, text }) => [path, hashOf(text)])));

/**
 * Doing it twice changes nothing; what is interrupted goes on the next time.
 * @throws as `askingAnthropic`; {DreamkeeperError} `limit` when the memory does not fit.
 */
export async function syncMemory(options: SyncOptions): Promise<Synced> {
  const { connection, store, files, ledger, lookOnly = false } = options;
  if (!lookOnly) requireRoom(files);
  const note = await readNote(ledger, store);
  // Before the first sync all of it is somebody else's, and nobody has asked for it.
  if (lookOnly && note.digest === undefined) return { written: [], removed: [], foreign: [] };
  const there = await listMemories(connection, store);
  const ours = new Map(files.map((file) => [file.path, file]));
  const paths = new Set([...Object.keys(note.files), ...there.keys(), ...ours.keys()]);
  const known = new Map(Object.entries(note.files));
  const done: Done = { written: [], removed: [], foreign: [], files: known, again: false };
  // First what goes: a file that became a folder would be in the way of what is in it.
  for (const path of [...paths].sort((a, b) => Number(ours.has(a)) - Number(ours.has(b)))) {
    connection.signal?.throwIfAborted();
    await bring({ path, file: ours.get(path), memory: there.get(path) }, done, options);
  }
  await takeIn(done.foreign, options);
  const value: SyncNote = {
    ...(done.again ? {} : { digest: lookOnly ? note.digest : digestOf(files) }),
    files: Object.fromEntries([...done.files].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  if (JSON.stringify(value) !== JSON.stringify(note)) {
    await ledger.write(`Note what memory store ${store} has`, () =>
      Promise.resolve({ notes: [{ kind: 'sync', name: store, value }] }),
    );
  }
  return { written: done.written, removed: done.removed, foreign: done.foreign.map(({ path }) => path) };
}

interface Done {
  readonly written: string[];
  readonly removed: string[];
  readonly foreign: ForeignEdit[];
  readonly files: Map<string, SyncedFile>;
  /** Somebody wrote at the same moment, or something waits to be brought there: it is looked at again. */
  again: boolean;
}

interface One {
  readonly path: string;
  readonly file: TextFile | undefined;
  readonly memory: Remembered | undefined;
}

async function bring(one: One, done: Done, options: SyncOptions): Promise<void> {
  const { path, file, memory } = one;
  const { connection, store, lookOnly = false } = options;
  const before = done.files.get(path);
  const approved = file === undefined ? undefined : hashOf(file.text);
  const ours = lookOnly ? lastKnown(before) : approved;
  const versions = { ours, theirs: memory?.sha256, before };
  const { theirs } = versions;
  const { does } = stepFor(versions);
  if (does === 'leave') return;
  // Their version went away again: what is approved is brought by the next sync.
  if (lookOnly && (does === 'write' || does === 'remove')) {
    done.again = true;
    return;
  }
  if (does === 'take in') {
    if (memory !== undefined) done.foreign.push(await editOf(one, memory, options));
    done.files.set(path, { ...before, seen: { theirs, ours } });
    return;
  }
  try {
    if (does === 'write' && file !== undefined) {
      await writeMemory(connection, store, file, memory);
      done.written.push(path);
    }
    if (does === 'remove' && memory !== undefined) {
      await removeMemory(connection, store, memory);
      done.removed.push(path);
    }
    if (ours !== undefined) done.files.set(path, { wrote: ours });
    else done.files.delete(path);
  } catch (error) {
    if (!isConflict(error)) throw error;
    done.again = true;
  }
}

/** What was approved when the path was last looked at. */
const lastKnown = (before: SyncedFile | undefined): string | undefined =>
  before?.seen === undefined ? before?.wrote : before.seen.ours;

async function editOf(
  { path, file }: One,
  memory: Remembered,
  { connection, store }: SyncOptions,
): Promise<ForeignEdit> {
  const text = await readMemory(connection, store, memory);
  return { store, path, text, ours: file?.text ?? '', at: memory.changedAt };
}

async function takeIn(edits: readonly ForeignEdit[], options: SyncOptions): Promise<void> {
  const { ledger, redactor, config } = options;
  if (edits.length === 0) return;
  await ingest({
    sources: (async function* () {
      for (const edit of edits) yield await Promise.resolve(sessionOf(edit));
    })(),
    known: dreamkeeper,
    ledger,
    redactor,
    detail: config.ledger.detail,
    extractor: { version: extractorVersion, gather },
  });
}
