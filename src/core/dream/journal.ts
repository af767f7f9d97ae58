/** What the ledger remembers of a dream and of what became of its proposals. */
import { z } from 'zod';
import { agentSchema, leadSchema, proposalKindSchema, proposalSchema, questionSchema } from './proposal.ts';
import { evidenceSchema } from './evidence.ts';
import { findingSchema } from '../guard/finding.ts';

// A journal says which branches are merged and deleted and what is built on: whoever wrote it, these are names and ids.
const commitId = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/, 'no id of a commit');
const dreamName = '[A-Za-z0-9][A-Za-z0-9._-]{0,99}';
/** As `git check-ref-format` has it, and nothing that git would read as an option or a revision. */
const branchName = z
  .string()
  .max(255)
  .regex(
    /^(?![-/.])(?!.*(?:\.\.|@\{|\/[/.]|\.lock(?:\/|$)))[^\x00-\x20\x7f~^:?*[\\]+$/,
    'no name of a branch',
  );

const checked = proposalSchema.extend({
  findings: z.array(findingSchema),
  /** Each entry the operations touch, as it was at the base. */
  before: z.array(
    z.strictObject({
      id: z.string(),
      file: z.string(),
      lines: z.tuple([z.number(), z.number()]),
      text: z.string(),
      /** The person who last wrote these lines by hand; absent when a dream wrote them or nobody knows. */
      author: z.string().optional(),
      /** When they did. */
      at: z.string().optional(),
    }),
  ),
  /** Lines the proposal added to each file; lets `why` find it after a squash merge. */
  added: z.array(z.strictObject({ file: z.string(), lines: z.array(z.string()) })),
  commit: commitId.optional(),
});
export type JournalProposal = z.infer<typeof checked>;

export const outcomeSchema = z.enum(['proposed', 'nothing', 'withheld', 'deferred']);
export type Outcome = z.infer<typeof outcomeSchema>;

export const sizeSchema = z.strictObject({
  files: z.number(),
  entries: z.number(),
  bytes: z.number(),
  tokens: z.number(),
  /** Tokens of the files that agents load whatever they do. */
  alwaysLoaded: z.number().optional(),
});
export type Size = z.infer<typeof sizeSchema>;

const billSchema = z.strictObject({
  phase: z.string().max(40),
  model: z.string().max(256),
  batch: z.boolean(),
  calls: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheWriteTokens: z.number(),
  usd: z.number().optional(),
});

export const journalSchema = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(new RegExp(`^${dreamName}$`), 'no id of a dream'),
  at: z.string(),
  dreamer: z.string(),
  base: commitId,
  /** The branch that the dream started from, and merges into. Absent on a detached HEAD. */
  onto: branchName.optional(),
  branch: branchName.regex(new RegExp(`^dream/${dreamName}$`), 'no branch of a dream').optional(),
  head: commitId.optional(),
  /** Every earlier head that was rendered to the branch, oldest first: a tip that is none of them is somebody else's. */
  heads: z.array(commitId).optional(),
  pullRequest: z.number().int().optional(),
  /** It only takes away, more than the guard lets a dream take otherwise. */
  cleanUp: z.literal(true).optional(),
  /** Hash of everything the dream read: equal inputs need no second dream. */
  digest: z.string(),
  outcome: outcomeSchema,
  reason: z.string(),
  /** Sessions read, with how many events dreams have consumed of each, and the ledger object they were read from. */
  inputs: z.array(z.strictObject({ session: z.string(), events: z.number().int(), object: z.string() })),
  proposals: z.array(checked),
  withheld: z.array(checked),
  questions: z.array(questionSchema),
  leads: z.array(leadSchema),
  before: sizeSchema,
  after: sizeSchema,
  /** Of model-backed dreamers; `inputTokens` are all that were read, from the cache too. */
  usage: z
    .strictObject({
      inputTokens: z.number(),
      outputTokens: z.number(),
      usd: z.number(),
      bills: z.array(billSchema).optional(),
    })
    .optional(),
  /** Sentences about how it went: what was left out, and why. */
  remarks: z.array(z.string().max(1_000)).max(100).optional(),
  /** Who did what, where several agents worked. */
  agents: z.array(agentSchema).max(100).optional(),
});
export type Journal = z.infer<typeof journalSchema>;

const at = z.string();
const person = z.string().optional();

/** One line of decisions.jsonl. Later lines win. */
export const decisionSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('merged'),
    at,
    person,
    dream: z.string(),
    proposals: z.array(z.number()),
    commit: z.string(),
  }),
  /** Taken out of an open dream; counts as a rejection once that dream is merged or closed. */
  z.strictObject({
    type: z.literal('dropped'),
    at,
    person,
    dream: z.string(),
    proposals: z.array(z.number()),
    reason: z.string().optional(),
    /** Memory changed under them, or what they rested on was forgotten: nobody said no, so it is never a rejection. */
    because: z.enum(['vanished', 'forgotten']).optional(),
  }),
  z.strictObject({
    type: z.literal('restored'),
    at,
    person,
    dream: z.string(),
    proposals: z.array(z.number()),
  }),
  z.strictObject({
    type: z.literal('rejected'),
    at,
    person,
    dream: z.string(),
    number: z.number(),
    kind: proposalKindSchema,
    /** Entry ids, or `file#heading` for additions. */
    targets: z.array(z.string()),
    /** Normalised words of what would have been written. */
    words: z.array(z.string()),
    evidence: z.array(evidenceSchema),
    signals: z.array(z.string()),
    reason: z.string().optional(),
  }),
  /** Closed without a person saying no: rejects nothing. */
  z.strictObject({
    type: z.literal('withdrawn'),
    at,
    person,
    dream: z.string(),
    reason: z.string(),
    /** Nobody looked at it for two weeks. */
    untouched: z.literal(true).optional(),
  }),
  /** Its pull request was opened again: earlier lines that it was rejected or withdrawn count no more. */
  z.strictObject({ type: z.literal('reopened'), at, person, dream: z.string() }),
  /** What a person told us, and what came of it: each `event` is answered once. */
  z.strictObject({
    type: z.literal('command'),
    at,
    person: z.string(),
    /** `comment-17`, `review-comment-3`, `review-9`, `button-<delivery>`, `ticks-<delivery>`. */
    event: z.string().max(200),
    dream: z.string().optional(),
    /** Of the issue or pull request it was said in. */
    number: z.number().int().positive().optional(),
    verb: z.string().max(40),
    outcome: z.enum(['done', 'refused']),
    /** The answer, for the person: Markdown of ours; foreign words in it are inert. */
    words: z.string().max(20_000),
  }),
  z.strictObject({ type: z.literal('paused'), at, person, until: z.string().optional() }),
  z.strictObject({ type: z.literal('resumed'), at, person }),
  z.strictObject({ type: z.literal('mode'), at, person, mode: z.literal('manual') }),
  /** A forgotten session is not taken in again. `session` is a hash of its id, so that the tombstone tells nothing. */
  z.strictObject({
    type: z.literal('tombstone'),
    at,
    person,
    session: z.string(),
    reason: z.enum(['forgotten', 'retention']),
  }),
  z.strictObject({
    type: z.literal('spend'),
    at,
    dream: z.string(),
    tokens: z.number(),
    usd: z.number(),
    /** The dream has ended: what it set aside and did not spend is free again. */
    over: z.literal(true).optional(),
  }),
  /** Set aside before a dream begins, so that no other can spend it. */
  z.strictObject({ type: z.literal('reserved'), at, dream: z.string(), tokens: z.number(), usd: z.number() }),
]);
export type Decision = z.infer<typeof decisionSchema>;
export type Rejection = Extract<Decision, { type: 'rejected' }>;
