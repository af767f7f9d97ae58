/**
 * Rewrites the ledger so that its history no longer holds what was taken out: one new root commit with the files that
 * are kept, moved to with a lease on the tip that was read. Writers that were slower begin again on the new tip.
 */
import type { Decision } from '../core/dream/journal.ts';
import type { FileChange } from '../git/fast-import.ts';
import { unpacked } from '../packed-text.ts';
import { discardHistory } from '../git/discard.ts';
import type { Remains } from '../git/discard.ts';
import { decisionsPath, partPath, readmePath, readmeText, readPath } from './layout.ts';
import type { StoredLedger } from './ledger.ts';
import { encodeDecision } from './records.ts';
import { encodeSession } from './session-file.ts';
import { isForeign, type StoredView } from './view.ts';

export interface Rewriting {
  /** By path, the new content; null takes the file out. Others stay as they are. */
  readonly files: ReadonlyMap<string, string | null>;
  /** Written at the end of the decisions. */
  readonly decisions: readonly Decision[];
}

/** @returns what could not be taken out; undefined when there was nothing to do. */
export async function rewriteLedger(
  ledger: StoredLedger,
  message: string,
  plan: (view: StoredView) => Promise<Rewriting | undefined>,
): Promise<Remains | undefined> {
  let tip: string | undefined;
  let planned: Rewriting | undefined;
  await ledger.commit(async (view) => {
    tip = view.commit;
    planned = await plan(view);
    return planned && { files: await keptFiles(view, planned) };
  }, message);
  if (planned === undefined) return undefined;
  return tip === undefined ? { refs: [], packed: 0 } : discardHistory(ledger.site, ledger.ref, tip);
}

/** What counts of the old tree and is part of a ledger; what others put there is left behind. */
async function keptFiles(view: StoredView, { files, decisions }: Rewriting): Promise<readonly FileChange[]> {
  const kept = new Map<string, FileChange['content']>([[readmePath, readmeText]]);
  for (const [path, object] of view.contents.tree)
    if (readPath(path) !== undefined && path !== readmePath) kept.set(path, { object });
  for (const [path, content] of await rewrittenSessions(view)) kept.set(path, content);
  for (const [path, content] of files)
    if (content === null) kept.delete(path);
    else kept.set(path, content);
  if (decisions.length > 0) {
    const before = files.get(decisionsPath) ?? (await view.text(decisionsPath)) ?? '';
    const gap = before === '' || before.endsWith('\n') ? '' : '\n';
    kept.set(decisionsPath, before + gap + decisions.map(encodeDecision).join(''));
  }
  return [...kept].map(([path, content]) => ({ path, content }));
}

/** What others committed would be ours after the rewrite: it is written down as what it counts for, or left behind. */
async function rewrittenSessions(view: StoredView): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const main of view.contents.sessions.keys()) {
    if (!isForeign(view, main)) continue;
    const summary = (await view.sessions()).find(({ summary: { id } }) => view.pathOf(id) === main)?.summary;
    const session = summary === undefined ? undefined : await view.session(summary.id);
    if (session === undefined) continue;
    encodeSession(session).forEach((part, index) => files.set(partPath(main, index + 1), unpacked(part)));
  }
  return files;
}

/** The files of a session, and what was extracted from it and noted of it. */
export function sessionFiles(view: StoredView, hash: string): readonly string[] {
  return [...view.contents.tree.keys()].filter((path) => {
    const found = readPath(path);
    return found !== undefined && 'hash' in found && found.hash === hash;
  });
}
