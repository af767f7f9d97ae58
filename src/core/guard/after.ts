/** The memory as proposals would leave it. */
import type { Proposal } from '../dream/proposal.ts';
import type { MemoryFile, Store } from '../memory/entry.ts';
import { renderProposals } from '../memory/render.ts';

/** Whole new content of each file that changes; null when it goes. @throws when the proposals cannot be rendered. */
export type Changed = ReadonlyMap<string, string | null>;

export function changedBy(store: Store, proposals: readonly Proposal[]): Changed {
  return renderProposals(store, proposals);
}

/** A store of the new texts. Changed files are not parsed: who loads them depends on their text alone. */
export function storeAfter(store: Store, changed: Changed): Store {
  const kept = store.files.filter(({ path }) => !changed.has(path));
  const fresh = [...changed].flatMap(([path, text]): MemoryFile[] =>
    text === null ? [] : [{ path, text, entries: [], headings: [] }],
  );
  const files = [...kept, ...fresh].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, entries: new Map(kept.flatMap((file) => file.entries.map((entry) => [entry.id, entry]))) };
}
