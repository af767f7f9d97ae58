/** From operations to what happens to each file: entries replaced and removed, texts inserted. */
import { withoutMarkup } from '../text/markup.ts';
import { DreamkeeperError } from '../error.ts';
import type { Entry, MemoryFile, Store } from './entry.ts';
import type { Operation } from './operation.ts';
import { entriesOf } from './operation.ts';
import type { WrittenText } from './written-text.ts';
import { writtenBy } from './written-text.ts';

export interface Insertion {
  readonly heading: readonly string[] | undefined;
  readonly written: WrittenText;
  /** The lead-in it stood under, moved with it. */
  readonly leadIn?: string;
}

export interface FileChanges {
  /** By entry id. */
  readonly replaced: Map<string, WrittenText>;
  readonly removed: Set<string>;
  /** In the order of proposals, then operations. */
  readonly inserted: Insertion[];
}

export interface NumberedOperations {
  readonly number: number;
  readonly operations: readonly Operation[];
}

/**
 * Collects the changes of proposals by file, whatever the order they are given in.
 * @throws {DreamkeeperError} `conflict` when an entry is unknown or in two operations
 */
export function changesOf(store: Store, proposals: readonly NumberedOperations[]): Map<string, FileChanges> {
  const files = new Map(store.files.map((file) => [file.path, file]));
  const changes = new Map<string, FileChanges>();
  const claimed = new Set<string>();
  for (const { operations } of [...proposals].sort((a, b) => a.number - b.number)) {
    for (const operation of operations) {
      const entries = claim(store, operation, claimed, files);
      record(operation, entries, files, (path) => changesOfFile(changes, path));
    }
  }
  for (const [path, change] of changes) removeLeftLeadIns(files.get(path), change, claimed);
  return changes;
}

/** The entries below a lead-in that it speaks of. */
export function groupOf(file: MemoryFile, leadIn: Entry): readonly Entry[] {
  const from = file.entries.indexOf(leadIn) + 1;
  const shown = withoutMarkup(leadIn.text).replace(/\s+/g, ' ').trim();
  const end = file.entries.findIndex(
    (entry, index) => index >= from && (entry.leadIn !== shown || !samePath(entry.headings, leadIn.headings)),
  );
  return file.entries.slice(from, end === -1 ? undefined : end);
}

function changesOfFile(changes: Map<string, FileChanges>, path: string): FileChanges {
  const known = changes.get(path);
  if (known !== undefined) return known;
  const made: FileChanges = { replaced: new Map(), removed: new Set(), inserted: [] };
  changes.set(path, made);
  return made;
}

function claim(
  store: Store,
  operation: Operation,
  claimed: Set<string>,
  files: ReadonlyMap<string, MemoryFile>,
): readonly Entry[] {
  return entriesOf(operation).map((id) => {
    const entry = store.entries.get(id);
    if (entry === undefined) throw new DreamkeeperError('conflict', `There is no entry ${id} in this store.`);
    const file = files.get(entry.file);
    const moved =
      operation.op === 'move' && entry.kind === 'lead-in' && file !== undefined ? groupOf(file, entry) : [];
    for (const each of [entry, ...moved]) {
      if (claimed.has(each.id))
        throw new DreamkeeperError('conflict', `The entry ${each.id} is in two operations.`);
      claimed.add(each.id);
    }
    return entry;
  });
}

function record(
  operation: Operation,
  entries: readonly Entry[],
  files: ReadonlyMap<string, MemoryFile>,
  of: (path: string) => FileChanges,
): void {
  switch (operation.op) {
    case 'add':
      of(operation.file).inserted.push({ heading: operation.heading, written: writtenBy(operation) });
      return;
    case 'revise':
      for (const entry of entries) of(entry.file).replaced.set(entry.id, revised(entry, operation));
      return;
    case 'retire':
      for (const entry of entries) of(entry.file).removed.add(entry.id);
      return;
    case 'merge':
      return recordMerge(operation, entries, of);
    case 'move':
      for (const entry of entries) recordMove(operation, entry, files.get(entry.file), of);
      return;
  }
}

function revised(entry: Entry, operation: Extract<Operation, { op: 'revise' }>): WrittenText {
  if (operation.text === entry.text) return { kind: entry.kind, text: entry.text };
  const written = writtenBy(operation, entry.text);
  const leads = /[:：][*_]*$/.test(written.text.trim());
  if (leads && entry.kind === 'paragraph' && written.kind === 'paragraph') {
    throw new DreamkeeperError(
      'conflict',
      `The entry ${entry.id} would become a lead-in of what is below it.`,
    );
  }
  return written;
}

/**
 * The result stands where an entry of the target already says it, else where the first of them stood; else it is added
 * there.
 */
function recordMerge(
  operation: Extract<Operation, { op: 'merge' }>,
  entries: readonly Entry[],
  of: (path: string) => FileChanges,
): void {
  const { file, heading, text } = operation;
  const here = entries.filter(
    (entry) => entry.file === file && (heading === undefined || samePath(entry.headings, heading)),
  );
  const home = here.find((entry) => entry.text === text) ?? here[0];
  const written = writtenBy(operation, entries.map((entry) => entry.text).join('\n'));
  for (const entry of entries) if (entry !== home) of(entry.file).removed.add(entry.id);
  if (home === undefined) of(file).inserted.push({ heading, written });
  else of(file).replaced.set(home.id, written);
}

function recordMove(
  { file, heading }: Extract<Operation, { op: 'move' }>,
  entry: Entry,
  from: MemoryFile | undefined,
  of: (path: string) => FileChanges,
): void {
  const group = from !== undefined && entry.kind === 'lead-in' ? groupOf(from, entry) : [];
  of(entry.file).removed.add(entry.id);
  const moved = group.length === 0 ? [entry] : group;
  const leadIn = group.length === 0 ? leadInSource(from, entry) : entry.text;
  for (const each of moved) {
    of(each.file).removed.add(each.id);
    const kind = each.kind === 'lead-in' ? 'paragraph' : each.kind;
    of(file).inserted.push({
      heading,
      written: { kind, text: each.text },
      ...(leadIn === undefined ? {} : { leadIn }),
    });
  }
}

/** The lead-in above an entry, as written. */
function leadInSource(file: MemoryFile | undefined, entry: Entry): string | undefined {
  if (file === undefined || entry.leadIn === undefined) return undefined;
  const above = file.entries
    .slice(0, file.entries.indexOf(entry))
    .findLast((each) => each.kind === 'lead-in');
  return above?.text ?? entry.leadIn;
}

/** A lead-in whose entries all left would speak of the wrong block: it leaves with them. */
function removeLeftLeadIns(
  file: MemoryFile | undefined,
  { removed }: FileChanges,
  claimed: ReadonlySet<string>,
): void {
  for (const entry of file?.entries ?? []) {
    if (entry.kind !== 'lead-in' || claimed.has(entry.id) || file === undefined) continue;
    const group = groupOf(file, entry);
    if (group.length > 0 && group.every((each) => removed.has(each.id))) removed.add(entry.id);
  }
}

/** Whether two heading paths are equal, text by text. */
export function samePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
