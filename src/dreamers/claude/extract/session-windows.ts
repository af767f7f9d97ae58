/** A session of the ledger, prepared for reading: its windows, and which of them have been read already. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Session } from '../../../core/sessions/session.ts';
import { condenseForModel } from './condense-for-model.ts';
import { type Kept, type ReadWindow, type Shelf, shownOf } from './kept.ts';
import { type Window, windowsOf } from './window.ts';

export interface Prepared {
  readonly session: Session;
  /** With what has been read of it before. */
  readonly kept: Kept;
  readonly unread: readonly Window[];
}

/** @returns undefined when the session is no longer there. */
export async function prepare(
  input: Pick<DreamInput, 'readSession' | 'objects'>,
  shelf: Shelf,
  id: string,
): Promise<Prepared | undefined> {
  const session = await input.readSession(id);
  if (session === undefined) return undefined;
  const windows = windowsOf(condenseForModel(session));
  const before = new Map((shelf.get(id)?.read ?? []).map((read) => [read.shown, read]));
  const read = windows.flatMap((window) => before.get(shownOf(window)) ?? []);
  return {
    session,
    kept: {
      version: shelf.version,
      object: input.objects.get(id) ?? '',
      tokens: windows.reduce((sum, window) => sum + window.tokens, 0),
      windows: windows.length,
      read,
    },
    unread: windows.filter((window) => !before.has(shownOf(window))),
  };
}

/** In the order of the windows, whatever came first. */
export function withRead(kept: Kept, read: ReadWindow): Kept {
  const others = kept.read.filter(({ shown }) => shown !== read.shown);
  return { ...kept, read: [...others, read].sort((a, b) => a.first - b.first) };
}
