/** How far sessions at Anthropic have been read. They are listed by when they began, and may go on long after. */
import { z } from 'zod';
import { sha256Hex } from '../../../core/text/sha256.ts';

/** A session as a list shows it; times are ISO 8601. */
export const listedSchema = z.object({ id: z.string(), created: z.string(), updated: z.string() });
export type Listed = z.infer<typeof listedSchema>;

export const cursorSchema = z.object({
  /** Sessions that began before this are not looked at again. */
  since: z.string().optional(),
  /** Those that began later and were read as they were then, by a hash: a session that is forgotten takes its notes with it. */
  read: z.array(z.object({ hash: z.string(), created: z.string(), updated: z.string() })),
});
export type Cursor = z.infer<typeof cursorSchema>;

export const beginning: Cursor = { read: [] };

/** So long after its beginning a session that goes on is still read again. */
const followedFor = 30 * 24 * 3_600_000;

/** @returns those that are new, or went on since they were read; in the order given. */
export function unread<S extends Listed>({ read }: Cursor, listed: readonly S[]): S[] {
  const known = new Map(read.map(({ hash, updated }) => [hash, updated]));
  return listed.filter(({ id, updated }) => known.get(hashOf(id)) !== updated);
}

const hashOf = (id: string): string => sha256Hex(id).slice(0, 32);

/**
 * The cursor when some of what was listed has been read.
 * @param left what was listed and must be listed again: too many, or not at their end.
 * @param now ISO 8601 in UTC.
 */
export function advanced(
  cursor: Cursor,
  {
    read,
    left,
    now,
  }: { readonly read: readonly Listed[]; readonly left: readonly Listed[]; readonly now: string },
): Cursor {
  const month = new Date(Date.parse(now) - followedFor).toISOString();
  const oldest = left.map(({ created }) => created).sort()[0];
  const since = oldest !== undefined && oldest < month ? oldest : month;
  const fresh = read.map(({ id, created, updated }) => ({ hash: hashOf(id), created, updated }));
  const kept = new Map([...cursor.read, ...fresh].map((each) => [each.hash, each]));
  return {
    since: cursor.since !== undefined && cursor.since > since ? cursor.since : since,
    read: [...kept.values()].filter(({ created }) => created >= since),
  };
}
