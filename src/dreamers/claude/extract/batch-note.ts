/** What must be known of a batch until it has been read, whoever asks for it then. */
import { z } from 'zod';
import { count } from '../../../core/dream/report.ts';
import type { Notes } from '../../../core/dream/notes.ts';

const batchSchema = z.strictObject({
  /** As Anthropic names it; missing while its answer is not there: whether it was made is then looked up. */
  id: z.string().optional(),
  /** Of the extractor, and its model. */
  version: z.string(),
  model: z.string(),
  /** ISO 8601 in UTC. */
  sentAt: z.string(),
  /** Money was set aside for it on the ledger. */
  aside: z.boolean(),
  sessions: z.number().int(),
  /** By `custom_id`: a window of a session, by the hash of what was shown, and how often it was sent. */
  items: z.record(
    z.string(),
    z.strictObject({ session: z.string(), shown: z.string(), sent: z.number().int().positive() }),
  ),
});
export type BatchNote = z.infer<typeof batchSchema>;

/** @returns by our key, which begins each `custom_id`; undefined for one that nobody can make sense of. */
export async function readBatchNotes(notes: Notes): Promise<ReadonlyMap<string, BatchNote | undefined>> {
  const found = await notes.read('claude-batch');
  return new Map([...found].map(([key, value]) => [key, batchSchema.safeParse(value).data]));
}

/** The name under which money for a batch is set aside. */
export const asideName = (key: string): string => `batch-claude-${key}`;

export const waitingFor = (id: string, sessions: number): string =>
  `Claude reads ${count(sessions, 'session')} in a batch (${id}), which takes up to a day`;
