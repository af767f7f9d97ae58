/** What a sync does to each path of a memory store: pure, from what is approved, what is there, and what we wrote last. */
import { z } from 'zod';

export const syncedFileSchema = z.object({
  /** SHA-256 of what we wrote last; missing when we took it away or never wrote it. */
  wrote: z.string().optional(),
  /** Somebody else's version that was taken in as a session, beside ours of that time. */
  seen: z.object({ theirs: z.string().optional(), ours: z.string().optional() }).optional(),
});
export type SyncedFile = z.infer<typeof syncedFileSchema>;

export type Step =
  | { readonly does: 'nothing' }
  | { readonly does: 'write' }
  | { readonly does: 'remove' }
  /** It changed there: it is taken in, and stays. */
  | { readonly does: 'take in' }
  /** It changed there, was taken in before, and nothing was decided since. */
  | { readonly does: 'leave' };

export interface Versions {
  /** SHA-256 of the approved text; undefined when the memory has no such file. */
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
  readonly before: SyncedFile | undefined;
}

export function stepFor({ ours, theirs, before }: Versions): Step {
  if (theirs === ours) return { does: 'nothing' };
  const untouched = theirs === before?.wrote;
  if (!untouched && !decidedSince(ours, theirs, before)) {
    return before?.seen !== undefined && before.seen.theirs === theirs
      ? { does: 'leave' }
      : { does: 'take in' };
  }
  return ours === undefined ? { does: 'remove' } : { does: 'write' };
}

/** The memory changed after their version was taken in: whoever approved that could know of it. */
function decidedSince(
  ours: string | undefined,
  theirs: string | undefined,
  before: SyncedFile | undefined,
): boolean {
  const { seen } = before ?? {};
  return seen !== undefined && seen.theirs === theirs && seen.ours !== ours;
}
