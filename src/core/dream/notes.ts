/** What a dreamer keeps on the ledger between its steps, so that a restart neither loses it nor pays for it twice. */
import { z } from 'zod';
import type { Money } from './purse.ts';

/** Kinds of notes; each is a folder of the ledger. Notes about a session are kept under its id, and go when it is forgotten. */
export const noteKindSchema = z.enum([
  /** Claude's observations of one session; the name is the session's id. */
  'claude-extract',
  /** Message batches that were sent and not yet read; the name is the batch's id. */
  'claude-batch',
  /** The mirror of the store, dreams under way and cursors at Anthropic. */
  'managed',
  /** What a merge wrote to a memory store, by store. */
  'sync',
]);
export type NoteKind = z.infer<typeof noteKindSchema>;

export interface Note {
  readonly kind: NoteKind;
  readonly name: string;
  /** Anything JSON can say; undefined takes the note away. */
  readonly value: unknown;
}

export interface Notes {
  /** @returns by name; what it holds is as trusted as the ledger, and checked by who reads it. */
  read(kind: NoteKind): Promise<ReadonlyMap<string, unknown>>;
  /** Keeps them at once, with what has been spent so far. */
  keep(message: string, notes: readonly Note[], aside?: Aside): Promise<void>;
}

/** Money for what goes on when the dream has ended, as a batch does. */
export interface Aside {
  /** `batch-…` */
  readonly name: string;
  /** Undefined: it is paid for, and what is left is free again. */
  readonly money: Money | undefined;
}

/** Notes that last as long as the process: for dreams that write nothing. */
export function passingNotes(): Notes {
  const kept = new Map<NoteKind, Map<string, unknown>>();
  return {
    read: (kind) => Promise.resolve(new Map(kept.get(kind))),
    keep(_message, notes) {
      for (const { kind, name, value } of notes) {
        const ofKind = kept.get(kind) ?? new Map<string, unknown>();
        if (value === undefined) ofKind.delete(name);
        else ofKind.set(name, value);
        kept.set(kind, ofKind);
      }
      return Promise.resolve();
    },
  };
}
