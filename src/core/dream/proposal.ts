/** What a dream yields: proposals, questions and leads. */
import { z } from 'zod';
import { evidenceSchema } from './evidence.ts';
import { operationSchema } from '../memory/operation.ts';

export const proposalKinds = [
  'learn',
  'correct',
  'merge',
  'retire',
  'promote',
  'reorganise',
  'enforce',
] as const;
export const proposalKindSchema = z.enum(proposalKinds);
export type ProposalKind = z.infer<typeof proposalKindSchema>;

/** What a `learn` claims to be; decides which evidence it needs (DESIGN section 7). */
export const lessonSchema = z.enum([
  'request',
  'preference',
  'mistake',
  'workflow',
  'fact',
  'decision',
  'location',
  'lost-edit',
]);
export type Lesson = z.infer<typeof lessonSchema>;

export const strengthSchema = z.enum(['proved', 'supported', 'suggested']);

/** A grader's judgement, by a rubric. Scores are from 0 to 1. */
export const gradeSchema = z.strictObject({
  score: z.number().min(0).max(1),
  criteria: z
    .array(
      z.strictObject({ name: z.string().max(60), score: z.number().min(0).max(1), why: z.string().max(600) }),
    )
    .max(20),
  /** How often it was graded: one more than it was revised. */
  rounds: z.number().int().positive(),
});
export type Grade = z.infer<typeof gradeSchema>;

/** One of several agents of a dreamer, and what it did. */
export const agentSchema = z.strictObject({
  /** `lead`, `grader`, or a topic. */
  name: z.string().max(100),
  /** A sentence. */
  did: z.string().max(600),
});
export type Agent = z.infer<typeof agentSchema>;

export const proposalSchema = z.strictObject({
  /** Permanent within its dream, from 1, in the order a reviewer reads them. */
  number: z.number().int().positive(),
  kind: proposalKindSchema,
  /** For `learn` only: which row of the evidence table it must meet. */
  lesson: lessonSchema.optional(),
  /** One line, at most 100 characters, written by code. */
  title: z.string().min(1).max(100),
  /** One to three sentences: why a reviewer should want this. */
  rationale: z.string().min(1).max(1_000),
  /** Empty only for `enforce`, which changes no memory. */
  operations: z.array(operationSchema),
  evidence: z.array(evidenceSchema).min(1),
  strength: strengthSchema,
  /** Ids of the signals it rests on; a proposal needs one that was not yet merged or rejected. */
  signals: z.array(z.string()),
  /** `enforce`: the lint rule, hook or CI step suggested. */
  suggestion: z.string().optional(),
  /** What a grader thought of it. */
  grade: gradeSchema.optional(),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** A proposal before it has a number. */
export type Draft = Omit<Proposal, 'number'>;

/** A conflict that evidence cannot settle; asked in the pull request. */
export const questionSchema = z.strictObject({
  text: z.string().min(1),
  entries: z.array(z.string()),
  evidence: z.array(evidenceSchema),
});
export type Question = z.infer<typeof questionSchema>;

/** Something noticed that is not proved enough to propose: listed, folded, without a diff. */
export const leadSchema = z.strictObject({
  kind: proposalKindSchema,
  text: z.string().min(1),
  /** Why it is not a proposal. */
  reason: z.string().min(1),
  evidence: z.array(evidenceSchema),
});
export type Lead = z.infer<typeof leadSchema>;
