/** What has been read and paid for stays read: one note for each session on the ledger. */
import { z } from 'zod';
import type { Aside, Note, Notes } from '../../../core/dream/notes.ts';
import { count } from '../../../core/dream/report.ts';
import { sha256Hex } from '../../../core/text/sha256.ts';
import { observationSchema } from '../observation.ts';
import type { Window } from './window.ts';

const readWindowSchema = z.strictObject({
  /** What the model was shown, hashed: a session that grew has other windows at its end only. */
  shown: z.string(),
  first: z.number().int(),
  last: z.number().int(),
  observations: z.array(observationSchema).readonly(),
  /** Observations whose words were not found in the session. */
  dropped: z.number().int(),
  /** Why it was not, or not wholly, read: the end of a sentence. It is not asked again. */
  trouble: z.string().optional(),
});
export type ReadWindow = z.infer<typeof readWindowSchema>;

const keptSchema = z.strictObject({
  /** Of the extractor, and its model. */
  version: z.string(),
  /** The session as it lay on the ledger. */
  object: z.string(),
  /** Estimated tokens that the model was shown. */
  tokens: z.number().int(),
  /** How many windows the session has; it is read when all of them are. */
  windows: z.number().int(),
  read: z.array(readWindowSchema),
});
export type Kept = z.infer<typeof keptSchema>;

/** What was read of each session, and what the ledger does not know yet. */
export interface Shelf {
  readonly version: string;
  get(session: string): Kept | undefined;
  /** Keeps it in memory, and on the ledger with the next of `flush`. */
  put(session: string, kept: Kept): void;
  /** How many sessions the ledger does not know yet. */
  readonly pending: () => number;
  /** In one commit, with what else belongs to it. */
  flush(also?: {
    readonly message: string;
    readonly notes: readonly Note[];
    readonly aside?: Aside;
  }): Promise<void>;
}

/** What another version kept, or nobody we know, counts as never read. */
export async function openShelf(notes: Notes, version: string): Promise<Shelf> {
  const found = await notes.read('claude-extract');
  const shelf = new Map<string, Kept>();
  for (const [session, value] of found) {
    const parsed = keptSchema.safeParse(value);
    if (parsed.success && parsed.data.version === version) shelf.set(session, parsed.data);
  }
  const pending = new Map<string, Kept>();
  const write: Shelf['flush'] = async (also) => {
    const own = [...pending];
    const all = [
      ...own.map(([name, value]): Note => ({ kind: 'claude-extract', name, value })),
      ...(also?.notes ?? []),
    ];
    if (all.length === 0) return;
    pending.clear();
    try {
      const message = also?.message ?? `Keep what Claude read of ${count(own.length, 'session')}`;
      await notes.keep(message, all, also?.aside);
    } catch (error) {
      for (const [session, kept] of own) if (!pending.has(session)) pending.set(session, kept);
      throw error;
    }
  };
  let last: Promise<void> = Promise.resolve();
  return {
    version,
    get: (session) => shelf.get(session),
    put(session, kept) {
      shelf.set(session, kept);
      pending.set(session, kept);
    },
    pending: () => pending.size,
    // One after the other, so that we do not race ourselves.
    flush: (also) => (last = last.catch(() => undefined).then(() => write(also))),
  };
}

export function isRead(kept: Kept | undefined, object: string | undefined): boolean {
  return kept !== undefined && kept.object === object && kept.read.length === kept.windows;
}

/** 16 hex digits. */
export const shownOf = ({ text }: Window): string => sha256Hex(text).slice(0, 16);
