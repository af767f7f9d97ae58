/** What Claude noticed in one session: a lesson with the words it rests on, every one of them found again by code. */
import { z } from 'zod';
import { evidenceSchema } from '../../core/dream/evidence.ts';
import { lessonSchema } from '../../core/dream/proposal.ts';

export const observationSchema = z.strictObject({
  /** 12 hex digits, over session, lesson, and the event and words of the first quote: the same when the session grows. */
  id: z.string(),
  session: z.string(),
  /** `correction`: something remembered is wrong; else what a `learn` would claim to be. */
  lesson: z.union([lessonSchema, z.enum(['correction', 'failed-approach', 'term'])]),
  /** Worded to stand alone. */
  text: z.string().min(1).max(2_000),
  quotes: z.array(evidenceSchema.options[0]).min(1).max(8),
});
export type Observation = z.infer<typeof observationSchema>;

/** What gathering over all sessions came to. */
export interface Gathered {
  /** In the order of sessions, then of events. */
  readonly observations: readonly Observation[];
  /** Sentences for the reviewer: sessions that could not be read, quotes that were not found. */
  readonly remarks: readonly string[];
  /** A batch is under way: what for, as a sentence. */
  readonly waiting?: string;
}
