/** What a guard check reports, and the type that only the guard makes. */
import { z } from 'zod';
import type { Proposal } from '../dream/proposal.ts';

export const checkNames = [
  'evidence',
  'known',
  'specifics',
  'conflict',
  'loss',
  'taint',
  'secrets',
  'protected',
  'scope',
  'audience',
  'budget',
  // Not a check of the guard: what a dreamer's own grader held back.
  'grade',
] as const;
export const findingSchema = z.strictObject({
  check: z.enum(checkNames),
  /** block: withheld and listed with its reason; review: never auto-merged; note: said, no more. */
  severity: z.enum(['block', 'review', 'note']),
  /** A sentence for the reviewer: what was found and what would help. */
  message: z.string().min(1),
});
export type Finding = z.infer<typeof findingSchema>;
export type CheckName = Finding['check'];

declare const clearedBrand: unique symbol;
/** A proposal that no check blocked. Only `check.ts` in this folder makes one; only these are rendered. */
export type Cleared = Proposal & { readonly findings: readonly Finding[]; readonly [clearedBrand]: true };
/** A proposal that a check blocked. */
export type Withheld = Proposal & { readonly findings: readonly Finding[] };
