/** Turns a change of the ledger into files, leaving out those that would be written as they are. */
import { createHash } from 'node:crypto';
import type { LedgerChange } from '../core/dream/ledger.ts';
import { DreamkeeperError } from '../core/error.ts';
import type { FileChange } from '../git/fast-import.ts';
import type { GitSite } from '../git/run.ts';
import type { PackedText } from '../packed-text.ts';
import {
  decisionsPath,
  entriesPath,
  extractPath,
  journalPath,
  notePath,
  partPath,
  readPath,
  readmePath,
  readmeText,
  sessionPath,
} from './layout.ts';
import { encodeDecision, encodeEntries, encodeExtract, encodeJournal, encodeNote } from './records.ts';
import { encodeSession } from './session-file.ts';
import type { StoredView } from './view.ts';

export async function changedFiles(
  site: GitSite,
  view: StoredView,
  change: LedgerChange,
): Promise<readonly FileChange[]> {
  const files = new Map<string, Content>();
  for (const path of change.remove ?? []) {
    if (readPath(path) === undefined)
      throw new DreamkeeperError('usage', `this is no path of the ledger: ${JSON.stringify(path)}`);
    files.set(path, null);
  }
  for (const session of change.sessions ?? []) {
    const main = sessionPath(session.id);
    const parts = encodeSession(session);
    parts.forEach((part, index) => files.set(partPath(main, index + 1), part));
    const before = view.contents.sessions.get(main)?.length ?? 0;
    for (let part = parts.length + 1; part <= before; part += 1) files.set(partPath(main, part), null);
  }
  for (const extract of change.extracts ?? [])
    files.set(extractPath(extract.session.id), encodeExtract(extract));
  for (const journal of change.journals ?? []) files.set(journalPath(journal.id), encodeJournal(journal));
  for (const note of change.notes ?? [])
    files.set(notePath(note.kind, note.name), note.value === undefined ? null : encodeNote(note));
  if (change.decisions !== undefined && change.decisions.length > 0)
    files.set(decisionsPath, await appended(view, change.decisions));
  if (change.entries !== undefined) files.set(entriesPath, encodeEntries(change.entries));
  const changed = [...files].filter(([path, content]) => differs(site, view, path, content));
  if (changed.length > 0 && view.commit === undefined) changed.push([readmePath, readmeText]);
  return changed.map(([path, content]) => ({ path, content }));
}

async function appended(
  view: StoredView,
  decisions: NonNullable<LedgerChange['decisions']>,
): Promise<string> {
  const before = (await view.text(decisionsPath)) ?? '';
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  return before + gap + decisions.map(encodeDecision).join('');
}

type Content = string | PackedText | null;

function differs(site: GitSite, view: StoredView, path: string, content: Content): boolean {
  const there = view.contents.tree.get(path);
  if (content === null) return there !== undefined;
  return there === undefined || there !== blobId(site, content);
}

/** The id git gives a file of this content. */
export function blobId(site: GitSite, content: string | PackedText): string {
  const [bytes, pieces] =
    typeof content === 'string' ? [Buffer.byteLength(content), [content]] : [content.bytes, content];
  const hash = createHash(site.objectFormat ?? 'sha1').update(`blob ${bytes}\0`);
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}
