/** The paths and links that entries name, and which of them are gone (DESIGN section 7, proof (a)). */
import type { Deletion, RepositoryFacts } from '../../dream/repository.ts';
import type { Entry, Store } from '../entry.ts';
import { folderOf, resolved } from '../paths.ts';
import type { PathIndex } from './path-index.ts';
import { pathIndex } from './path-index.ts';

export interface Reference {
  /** As written, without `./`, anchors, line numbers and a slash at the end. */
  readonly path: string;
  /** `link`: a Markdown link, which must lead somewhere. */
  readonly kind: 'link' | 'path';
  /** 1-based line of the file. */
  readonly line: number;
}

export interface StaleReference {
  readonly entry: Entry;
  readonly reference: Reference;
  /** The path that history shows deleted, from the root. */
  readonly deleted: string;
  readonly deletion: Deletion;
}

const fence = /^[ \t]*(`{3,}|~{3,})[\s\S]*?(?:^[ \t]*\1|$(?![\s\S]))/gm;
const comment = /<!--[\s\S]*?(?:-->|$)/g;
const link = /\[[^\][]*\]\(\s*<?([^\s()<>]+)>?(?:\s+["'][^"']*["'])?\s*\)/g;
const codeSpan = /`+([^`\n]+)`+/g;
const proseToken = /[\p{L}\p{N}_.@~/-]{3,200}/gu;
const extension =
  /\.(?:[cm]?[jt]sx?|json[5cl]?|ya?ml|toml|mdx?|mdc|py|go|rs|rb|java|kts?|swift|c|cc|cpp|h|hpp|cs|php|sh|bash|zsh|sql|html?|s?css|less|xml|csv|txt|proto|graphql|gradle|tf|vue|svelte|ipynb|snap|patch)$/i;
/** Globs, placeholders, other machines, other names: never a path of this repository that could be gone. */
const noPath =
  /[*?{}<>$|\\"'()[\]=,;!%^&]|\.\.\.|…|^[~@/]|:\/\/|^(?:https?|mailto|git@)|(?:^|\/)(?:path\/to|foo|bar|baz|your|my|some|example|xxx+|yyyy|node_modules|dist|build|target|coverage|out|tmp)(?:[-_./]|$)|\.(?:com|org|io|dev|net)\//i;
/** The entry itself says that the thing is gone or not there yet. */
const saidGone =
  /\b(?:removed?|deleted?|no longer|renamed|replaced|formerly|deprecated|used to|legacy|gone|migrated|moved|does(?: not|n['’]t) exist|create|generated?|optional(?:ly)?|if (?:it|present|there)|was|were|previously|do not (?:create|add|use)|never (?:create|add|use)|don['’]t (?:create|add|use))\b/i;

/** Paths and links that an entry names outside fences; globs, placeholders and what is no path of a repository left out. */
export function references(entry: Entry): Reference[] {
  const found = new Map<string, Reference>();
  const blank = (match: string): string => match.replace(/[^\n]/g, ' ');
  let text = entry.text.replace(fence, blank).replace(comment, blank);
  const note = (kind: 'link' | 'code' | 'prose', written: string, offset: number): void => {
    const path = cleaned(written);
    if (
      path === undefined ||
      found.has(path) ||
      (kind !== 'link' && !isPathLike(path, written, kind === 'prose'))
    )
      return;
    found.set(path, {
      path,
      kind: kind === 'link' ? 'link' : 'path',
      line: entry.lines[0] + text.slice(0, offset).split('\n').length - 1,
    });
  };
  for (const pattern of [link, codeSpan, proseToken]) {
    for (const match of text.matchAll(pattern)) {
      if (pattern === link) note('link', match[1] ?? '', match.index);
      else if (pattern === proseToken) {
        if (match[0].includes('/')) note('prose', match[0], match.index);
      } else for (const part of (match[1] ?? '').trim().split(/\s+/)) note('code', part, match.index);
    }
    text = text.replace(pattern, pattern === proseToken ? (match) => match : blank);
  }
  return [...found.values()];
}

/**
 * References of which nothing live matches and Git shows the path deleted. Resolved against the folder of the file, the
 * paths that its headings name, and the root; a live path that ends in the reference keeps it alive.
 */
export function staleReferences(store: Store, facts: RepositoryFacts): StaleReference[] {
  const live = pathIndex(facts.paths);
  const deleted = pathIndex(new Set(facts.deleted.keys()));
  return [...store.entries.values()].flatMap((entry) =>
    references(entry).flatMap((reference) => {
      if (saysItIsGone(entry, reference)) return [];
      const places = placesOf(entry, reference);
      if (isLive(places, reference, live, facts)) return [];
      const path = deletedPath(places, reference, deleted);
      const deletion = path === undefined ? undefined : deletionOf(path, facts);
      return path === undefined || deletion === undefined
        ? []
        : [{ entry, reference, deleted: path, deletion }];
    }),
  );
}

/** Links that lead to no file or folder of the repository, whether or not history knows one. */
export function deadLinks(store: Store, facts: RepositoryFacts): { entry: Entry; reference: Reference }[] {
  const live = pathIndex(facts.paths);
  return [...store.entries.values()].flatMap((entry) =>
    references(entry)
      .filter(({ kind }) => kind === 'link')
      .filter((reference) => !isLive(placesOf(entry, reference), reference, live, facts))
      .map((reference) => ({ entry, reference })),
  );
}

function cleaned(written: string): string | undefined {
  const path = written
    .replace(/[#?].*$/, '')
    .replace(/:\d+(?:[-:]\d+)*$/, '')
    .replace(/^\.\/|[.,:;]+$|\/+$/g, '');
  if (path.length < 3 || noPath.test(path) || /^[.-]+$/.test(path)) return undefined;
  return path;
}

function isPathLike(path: string, written: string, prose: boolean): boolean {
  if (extension.test(path)) return !/^\p{Lu}\p{Ll}*\.js$/u.test(path);
  if (!path.includes('/')) return false;
  // `internal/db` in code is a path; "and/or" in prose is not.
  return (
    written.endsWith('/') || (/^[\w.-]+(?:\/[\w.-]+)+$/.test(path) && (!prose || path.split('/').length > 2))
  );
}

/** The paths a reference may mean, from the root: beside its file, in the folders its headings name, from the root. */
export function placesOf(entry: Entry, { path }: Reference): string[] {
  const named = entry.headings.flatMap((heading) => heading.match(/(?<![\w.-])[\w.-]+(?:\/[\w.-]*)+/g) ?? []);
  const folders = [folderOf(entry.file), ...named.map((folder) => folder.replace(/\/+$/, '')), ''];
  return [...new Set(folders.map((folder) => resolved(folder, path)).filter((place) => place !== undefined))];
}

function isLive(
  places: readonly string[],
  { path }: Reference,
  live: PathIndex,
  facts: RepositoryFacts,
): boolean {
  const tail = path.replace(/^(?:\.\.\/)+/, '');
  if ([path, tail, ...places].some((place) => facts.ignored.has(place) || facts.ignored.has(`${place}/`)))
    return true;
  return (
    places.some((place) => live.has(place)) ||
    live.endingIn(tail).length > 0 ||
    live.endingIn(`${tail}.md`).length > 0
  );
}

function deletedPath(places: readonly string[], { path }: Reference, deleted: PathIndex): string | undefined {
  const place = places.find((each) => deleted.has(each));
  if (place !== undefined) return place;
  const ending = deleted.endingIn(path.replace(/^(?:\.\.\/)+/, ''));
  return ending.length === 1 ? ending[0] : undefined;
}

/** The deletion of a file, or the last one below a folder. */
function deletionOf(path: string, { deleted }: RepositoryFacts): Deletion | undefined {
  const own = deleted.get(path);
  if (own !== undefined) return own;
  let last: Deletion | undefined;
  for (const [file, { commit, at }] of deleted) {
    if (file.startsWith(`${path}/`) && (last === undefined || at > last.at)) last = { commit, at };
  }
  return last;
}

function saysItIsGone(entry: Entry, reference: Reference): boolean {
  const line = entry.text.split('\n')[reference.line - entry.lines[0]] ?? '';
  return (
    saidGone.test(line) ||
    /\b(?:removed|deleted|deprecated|legacy|archived?|old)\b/i.test(entry.headings.join(' '))
  );
}
