/** The title of a dream and the first line a reviewer reads. */
import type { Journal, JournalProposal } from '../dream/journal.ts';
import { removesText } from './change.ts';
import type { ReviewInput } from './input.ts';
import { count, signed } from './wording.ts';

const kept = (input: Pick<ReviewInput, 'journal' | 'dropped'>): JournalProposal[] =>
  input.journal.proposals.filter((proposal) => !input.dropped.has(proposal.number));

/** `Dream 2026-11-20: 5 changes from 23 sessions`; a clean-up says that it is one. */
export function reviewTitle(input: Pick<ReviewInput, 'journal' | 'dropped'>): string {
  const { at, inputs, cleanUp } = input.journal;
  const from = inputs.length === 0 ? 'the memory itself' : count(inputs.length, 'session');
  return `${cleanUp === true ? 'Clean-up' : 'Dream'} ${at.slice(0, 10)}: ${count(kept(input).length, 'change')} from ${from}`;
}

/** `5 changes, 2 remove text, always-loaded context −340 tokens.` */
export function headline(input: Pick<ReviewInput, 'journal' | 'dropped'>): string {
  const proposals = kept(input);
  const removing = proposals.filter(removesText).length;
  return `${[
    count(proposals.length, 'change'),
    removing === 0 ? 'none removes text' : `${removing} ${removing === 1 ? 'removes' : 'remove'} text`,
    contextChange(input.journal),
  ].join(', ')}.`;
}

function contextChange({ before, after }: Journal): string {
  return before.alwaysLoaded === undefined || after.alwaysLoaded === undefined
    ? `memory ${signed(after.tokens - before.tokens)} tokens`
    : `always-loaded context ${signed(after.alwaysLoaded - before.alwaysLoaded)} tokens`;
}
