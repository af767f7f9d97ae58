/** Writes a path that moved as the note wrote it before: from the root, or from a folder. */
import type { StaleReference } from '../../../core/memory/lint/references.ts';
import { replaceName } from '../../../core/memory/statement-index.ts';

/** @returns the text with the new path, or undefined when that is not certain. */
export function movedReference(
  text: string,
  { reference, deleted, deletion }: StaleReference,
  live: ReadonlySet<string>,
): string | undefined {
  const { renamedTo } = deletion;
  if (renamedTo === undefined || !live.has(renamedTo)) return undefined;
  const written = writtenAs(reference.path, deleted, renamedTo);
  if (written === undefined) return undefined;
  const next = replaceName(text, reference.path, written);
  return next === text ? undefined : next;
}

/** `old.ts` under "### `src/a/`" becomes `new.ts` while it stays in that folder; a path that left it cannot be told. */
function writtenAs(path: string, deleted: string, renamedTo: string): string | undefined {
  if (path === deleted) return renamedTo;
  if (!deleted.endsWith(`/${path}`)) return undefined;
  const folder = deleted.slice(0, deleted.length - path.length);
  return renamedTo.startsWith(folder) ? renamedTo.slice(folder.length) : undefined;
}
