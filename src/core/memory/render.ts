/** What the files of a store are after proposals: the bytes that are committed. */
import { DreamkeeperError } from '../error.ts';
import { parseFile } from './parse.ts';
import type { FileChanges, NumberedOperations } from './changes.ts';
import { changesOf } from './changes.ts';
import { applyEdits } from './edit.ts';
import type { MemoryFile, Store } from './entry.ts';
import { isTopic, keepIndexes, titleOf } from './index-file.ts';
import { isCleanPath } from './paths.ts';
import { planEdits } from './plan-edits.ts';

/**
 * Renders proposals on the base. The result is the same for any order of the proposals.
 * @returns the whole new content of each file that changes; null for a topic file whose entries have all left
 * @throws {DreamkeeperError} `conflict` when an entry is unknown or in two operations, or a text is not one entry
 */
export function renderProposals(
  store: Store,
  proposals: readonly NumberedOperations[],
): ReadonlyMap<string, string | null> {
  const files = new Map(store.files.map((file) => [file.path, file]));
  const changes = changesOf(store, proposals);
  const made = [...changes].flatMap(([path, { inserted }]) => {
    const about = inserted[0]?.written.text;
    return files.has(path) || about === undefined ? [] : [{ path, about }];
  });
  const gone = store.files.filter((file) => isLeft(file, changes.get(file.path))).map(({ path }) => path);
  keepIndexes(store, changes, made, gone);
  const rendered = new Map<string, string | null>();
  for (const [path, change] of [...changes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const file = files.get(path) ?? newFile(path);
    const text = gone.includes(path) ? null : applyEdits(file.text, planEdits(file, change));
    if (text !== files.get(path)?.text) rendered.set(path, text);
  }
  return rendered;
}

/** A file that is not there yet, with its title. @throws {DreamkeeperError} `conflict` when the path cannot be one. */
function newFile(path: string): MemoryFile {
  if (!isCleanPath(path) || !/\.mdc?$/i.test(path)) {
    throw new DreamkeeperError('conflict', `${JSON.stringify(path)} cannot be a memory file.`);
  }
  return parseFile(path, `# ${titleOf(path)}\n`);
}

/** Every entry of a topic file was removed and nothing but headings, comments and front matter would stay. */
function isLeft(file: MemoryFile, change: FileChanges | undefined): boolean {
  if (change === undefined || change.inserted.length > 0 || !isTopic(file.path) || file.entries.length === 0)
    return false;
  if (!file.entries.every((entry) => change.removed.has(entry.id))) return false;
  const rest = applyEdits(
    file.text,
    file.headings.map(({ start, end }) => ({ start, end, text: '' })).concat(planEdits(file, change)),
  );
  const said = rest
    .replace(/^\ufeff?---\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n|$)/, '')
    .replace(/<!--[\s\S]*?-->|^[-*_ \t]+$/gm, '');
  return said.trim() === '';
}
