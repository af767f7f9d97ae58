/** Which objects a ledger commit holds, by what they are; known without reading any of them. */
import { createHash } from 'node:crypto';
import type { NoteKind } from '../core/dream/notes.ts';
import { DreamkeeperError } from '../core/error.ts';
import { partPath, readPath, sessionPathOf } from './layout.ts';

export interface Contents {
  /** The whole tree: by path, its object. */
  readonly tree: ReadonlyMap<string, string>;
  /** By main path, the objects of a session's files in order. */
  readonly sessions: ReadonlyMap<string, readonly string[]>;
  /** By session hash. */
  readonly extracts: ReadonlyMap<string, string>;
  /** By kind, then by hash of the name. */
  readonly notes: ReadonlyMap<NoteKind, ReadonlyMap<string, string>>;
  /** By dream id. */
  readonly journals: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

/** @param tree by path, the objects that count (trusted.ts). */
export function sortContents(tree: ReadonlyMap<string, string>): Contents {
  const sessions = new Map<string, readonly string[]>();
  const extracts = new Map<string, string>();
  const journals = new Map<string, string>();
  const notes = new Map<NoteKind, Map<string, string>>();
  const problems: string[] = [];
  for (const [path, object] of [...tree].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const found = readPath(path);
    if (found === undefined) problems.push(`${path} is no part of a ledger`);
    else if (found.kind === 'session' && found.part === 1) sessions.set(path, partsOf(tree, path));
    else if (found.kind === 'extract') extracts.set(found.hash, object);
    else if (found.kind === 'note') {
      const ofKind = notes.get(found.note) ?? new Map<string, string>();
      notes.set(found.note, ofKind.set(found.hash, object));
    } else if (found.kind === 'journal') journals.set(found.dream, object);
  }
  return { tree, sessions, extracts, notes, journals, problems };
}

function partsOf(tree: ReadonlyMap<string, string>, main: string): readonly string[] {
  const parts: string[] = [];
  for (let part = 1; ; part += 1) {
    const object = tree.get(partPath(main, part));
    if (object === undefined) return parts;
    parts.push(object);
  }
}

/** One id for a session's content: its object, or a digest of them where it is split over several files. */
export function sessionObject(parts: readonly string[]): string {
  const [only = ''] = parts;
  return parts.length < 2 ? only : createHash('sha256').update(parts.join('\n')).digest('hex');
}

/** Session paths with their object; a session of which only the extract is kept has the extract's. */
export function sessionObjects(contents: Contents): ReadonlyMap<string, string> {
  const objects = new Map<string, string>();
  for (const [hash, object] of contents.extracts) objects.set(sessionPathOf(hash), object);
  for (const [path, parts] of contents.sessions) objects.set(path, sessionObject(parts));
  return new Map([...objects].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * @param readme the README of the branch, if it has one.
 * @throws {DreamkeeperError} `ledger` when the branch is somebody's own.
 */
export function requireLedger(contents: Contents, readmeVersion: number | undefined, branch: string): void {
  const onlyOurs = contents.problems.length === 0;
  if (readmeVersion !== undefined || onlyOurs) return;
  throw new DreamkeeperError('ledger', `the branch ${branch} is there, but it is no ledger of Dreamkeeper`, {
    remedy: `Rename it (git branch -m ${branch} <other name>); Dreamkeeper needs the name for its ledger.`,
  });
}
