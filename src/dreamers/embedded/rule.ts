/** A rule of the embedded dreamer: pure, one thing it looks for. */
import type { DreamInput } from '../../core/dream/dreamer.ts';
import type { Draft, Lead, Question } from '../../core/dream/proposal.ts';

export interface RuleResult {
  readonly proposals: readonly Draft[];
  readonly questions: readonly Question[];
  readonly leads: readonly Lead[];
}

export type Rule = (input: DreamInput) => RuleResult;

export const nothing: RuleResult = { proposals: [], questions: [], leads: [] };
