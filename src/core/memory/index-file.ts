/** The index of a memory folder: one line per topic file, kept true in the same commit (DESIGN section 4). */
import { withoutMarkup } from '../text/markup.ts';
import type { FileChanges } from './changes.ts';
import type { Entry, MemoryFile, Store } from './entry.ts';
import { indexLineCharacters } from './limits.ts';
import { folderOf, resolved } from './paths.ts';

/** `MEMORY.md` and `_index.md` are indexes; each speaks of its folder and the folders below that have none. */
export function isIndex(path: string): boolean {
  return /(?:^|\/)(?:MEMORY|_index)\.md$/i.test(path);
}

/** Files that hosts load by name: they are never removed when empty, and no index lists them. */
export function isHostFile(path: string): boolean {
  return /(?:^|\/)(?:CLAUDE(?:\.local)?|AGENTS(?:\.override)?|GEMINI|README|copilot-instructions|[^/]*\.instructions)\.md$|\.mdc$|(?:^|\/)\.claude\//i.test(
    path,
  );
}

/** A file of memory about one topic, which an index can list. */
export function isTopic(path: string): boolean {
  return !isIndex(path) && !isHostFile(path);
}

/** The index that should list a file: the nearest one in its folder or above. */
export function indexFor(store: Store, path: string): MemoryFile | undefined {
  if (!isTopic(path)) return undefined;
  const candidates = store.files.filter(
    ({ path: index }) => isIndex(index) && isBelow(path, folderOf(index)),
  );
  return candidates.reduce<MemoryFile | undefined>(
    (best, each) =>
      best === undefined || folderOf(each.path).length > folderOf(best.path).length ? each : best,
    undefined,
  );
}

/** Entries of an index that point to a file, and to nothing else. */
export function linesFor(index: MemoryFile, path: string): readonly Entry[] {
  return index.entries.filter((entry) => {
    const links = linksOf(entry.text).map((link) => resolved(folderOf(index.path), link));
    return (
      links.length > 0 &&
      links.every((link) => link === path || link === `${path}.md` || `${link}.md` === path)
    );
  });
}

/** Adds to the changes what keeps indexes true when files appear and go. */
export function keepIndexes(
  store: Store,
  changes: Map<string, FileChanges>,
  made: readonly { readonly path: string; readonly about: string }[],
  gone: readonly string[],
): void {
  const of = (path: string): FileChanges => {
    const known = changes.get(path) ?? { replaced: new Map(), removed: new Set(), inserted: [] };
    changes.set(path, known);
    return known;
  };
  for (const { path, about } of made) {
    const index = indexFor(store, path);
    if (index === undefined || linesFor(index, path).length > 0) continue;
    const heading = index.entries.findLast(({ text }) => linksOf(text).length > 0)?.headings;
    of(index.path).inserted.push({
      heading,
      written: { kind: 'item', text: indexLine(index.path, path, about) },
    });
  }
  for (const path of gone) {
    const index = indexFor(store, path);
    for (const entry of index === undefined ? [] : linesFor(index, path)) {
      if (changes.get(entry.file)?.replaced.has(entry.id) !== true) of(entry.file).removed.add(entry.id);
    }
  }
}

/** `[Title](topic.md): what it says first`, at most 150 characters with its list marker. */
export function indexLine(index: string, path: string, about: string): string {
  const folder = folderOf(index);
  const link = folder === '' ? path : path.slice(folder.length + 1);
  const start = `[${titleOf(path)}](${/[\s()]/.test(link) ? `<${link}>` : link})`;
  const words = withoutMarkup(about.split('\n').find((line) => line.trim() !== '') ?? '')
    .replace(/<[^>]*>|[[\]<>]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const room = indexLineCharacters - start.length - '- : '.length;
  if (words === '' || room < 20) return start;
  return `${start}: ${words.length <= room ? words : `${words.slice(0, room - 1).replace(/\s+\S*$/, '')}…`}`;
}

/** A title from a file name: `memory/build-and-test.md` → `Build and test`. */
export function titleOf(path: string): string {
  const name = (path.split('/').at(-1) ?? path).replace(/\.[^.]+$/, '');
  const words = name.replace(/[-_\s]+/g, ' ').trim() || name;
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function linksOf(text: string): string[] {
  const links = [...text.matchAll(/\]\(\s{0,9}<?([^\s()>#]+)[^()]*\)|\[\[([^\][|#]+)[^\][]*\]\]/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  return links.filter((link) => link !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(link));
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}
