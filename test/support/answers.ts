/** The JSON that scripts rely on, as docs/cli.md says it. Loose where fields may be added. */
import { z } from 'zod';
import { evidenceSchema } from '../../src/core/dream/evidence.ts';
import { sizeSchema } from '../../src/core/dream/journal.ts';
import {
  leadSchema,
  proposalKindSchema,
  questionSchema,
  strengthSchema,
} from '../../src/core/dream/proposal.ts';
import { findingSchema } from '../../src/core/guard/finding.ts';

const commit = z.string().regex(/^[0-9a-f]{40}$/);
const line = z.number().int().positive();

const entry = z.object({
  id: z.string().regex(/^[0-9a-f]{10}(-\d+)?$/),
  file: z.string().min(1),
  lines: z.tuple([line, line]),
  text: z.string().min(1),
});

const operation = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('add'),
    file: z.string(),
    heading: z.array(z.string()).optional(),
    text: z.string(),
  }),
  z.object({ op: z.literal('revise'), entry, text: z.string() }),
  z.object({ op: z.literal('merge'), entries: z.array(entry).min(2), file: z.string(), text: z.string() }),
  z.object({ op: z.literal('retire'), entry }),
  z.object({ op: z.literal('move'), entry, file: z.string() }),
]);

const proposal = z.object({
  number: z.number().int().positive(),
  kind: proposalKindSchema,
  title: z.string(),
  rationale: z.string(),
  strength: strengthSchema,
  operations: z.array(operation),
  evidence: z.array(evidenceSchema).min(1),
  findings: z.array(findingSchema),
  commit: commit.optional(),
});

export const dreamAnswer = z.object({
  outcome: z.enum(['proposed', 'nothing', 'withheld', 'deferred']),
  reason: z.string(),
  message: z.string(),
  dream: z
    .object({
      id: z.string(),
      base: commit,
      head: commit,
      branch: z.string().optional(),
      dreamer: z.string(),
      sessions: z.array(z.string()),
    })
    .optional(),
  proposals: z.array(proposal),
  withheld: z.array(proposal),
  questions: z.array(questionSchema),
  leads: z.array(leadSchema),
  before: sizeSchema,
  after: sizeSchema,
});

export const demoAnswer = dreamAnswer.extend({ folder: z.string(), ingested: z.number() });

export const showAnswer = dreamAnswer.extend({
  state: z.enum(['open', 'merged', 'rejected', 'withdrawn', 'proposed nothing']),
  dropped: z.array(z.number()),
  markdown: z.string(),
  diff: z.string(),
});

export const ingestAnswer = z.strictObject({
  ingested: z.number(),
  unchanged: z.number(),
  refused: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
  sessions: z.array(
    z.strictObject({
      id: z.string(),
      agent: z.string(),
      format: z.string(),
      events: z.number(),
      redactions: z.number(),
      skippedLines: z.number(),
    }),
  ),
});

const bearing = z.object({ session: z.string(), event: z.number(), quote: z.string() });

export const whyAnswer = z.strictObject({
  file: z.string(),
  line,
  text: z.string(),
  commit: commit.nullable(),
  author: z.string().nullable(),
  at: z.iso.datetime().nullable(),
  dream: z.string().nullable(),
  proposal: z.number().nullable(),
  pullRequest: z.number().nullable(),
  kind: proposalKindSchema.nullable(),
  title: z.string().nullable(),
  rationale: z.string().nullable(),
  evidence: z.array(evidenceSchema),
  supported: z.array(bearing),
  violated: z.array(bearing),
});

export const statusAnswer = z.strictObject({
  sessions: z.number(),
  waiting: z.number(),
  lastDream: z
    .strictObject({ id: z.string(), at: z.string(), outcome: z.string(), reason: z.string() })
    .nullable(),
  openDream: z
    .strictObject({
      id: z.string(),
      at: z.string(),
      branch: z.string(),
      onto: z.string().nullable(),
      proposals: z.array(z.number()),
      dropped: z.array(z.number()),
    })
    .nullable(),
  due: z.boolean(),
  reason: z.string(),
  message: z.string(),
  problems: z.array(z.string()),
});

export const changedAnswer = z.strictObject({
  dream: z.string(),
  branch: z.string(),
  head: commit,
  dropped: z.array(z.number()),
  kept: z.array(z.number()),
});

export const acceptAnswer = z.strictObject({
  dream: z.string(),
  onto: z.string(),
  commit,
  merged: z.array(z.number()),
  rejected: z.array(z.number()),
});

export const rejectAnswer = z.strictObject({
  dream: z.string(),
  branch: z.string(),
  rejected: z.array(z.number()),
});

export const lintAnswer = z.strictObject({
  findings: z.array(
    z.object({ check: z.string(), file: z.string(), line: z.number().int(), message: z.string() }),
  ),
});

export const initAnswer = z.strictObject({
  config: z.literal('.github/dreamkeeper.yml'),
  written: z.boolean(),
  memory: z.array(
    z.object({
      path: z.string(),
      entries: z.number(),
      tokens: z.number(),
      audience: z.array(z.object({ agent: z.string(), when: z.string(), where: z.string() })),
    }),
  ),
});

export const errorAnswer = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), remedy: z.string().optional() }),
});
