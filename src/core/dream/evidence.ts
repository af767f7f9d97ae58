/** What a proposal stands on. Every kind can be checked by code against its source. */
import { z } from 'zod';

const trust = z.enum(['person', 'claimed', 'pasted', 'agent', 'tool', 'echo']);

export const evidenceSchema = z.discriminatedUnion('type', [
  /** Words of a session, verbatim from the cited redacted event. */
  z.strictObject({
    type: z.literal('quote'),
    session: z.string(),
    event: z.number().int().positive(),
    quote: z.string().min(1),
    trust,
    person: z.string().optional(),
    at: z.string().optional(),
  }),
  /** An entry of the base, with the commit that last touched it where that is known. */
  z.strictObject({
    type: z.literal('entry'),
    entry: z.string(),
    file: z.string(),
    lines: z.tuple([z.number().int(), z.number().int()]),
    text: z.string(),
    commit: z.string().optional(),
    at: z.string().optional(),
    author: z.string().optional(),
  }),
  /** Something that is true of the repository at the base. */
  z.strictObject({
    type: z.literal('fact'),
    fact: z.enum(['exists', 'missing', 'deleted', 'renamed']),
    path: z.string(),
    commit: z.string().optional(),
    at: z.string().optional(),
    /** For `renamed`: where it went. */
    to: z.string().optional(),
  }),
  /** A reviewer's comment on a pull request. */
  z.strictObject({
    type: z.literal('comment'),
    url: z.string(),
    person: z.string(),
    quote: z.string().min(1),
    at: z.string().optional(),
  }),
  /** A model wrote it, and nobody's words were found for it: says where it comes from, and proves nothing. */
  z.strictObject({
    type: z.literal('unattributed'),
    /** The dream at Anthropic: `drm_…`. */
    dream: z.string().max(200),
    at: z.string().optional(),
  }),
]);

export type Evidence = z.infer<typeof evidenceSchema>;
export type Quote = Extract<Evidence, { type: 'quote' }>;
