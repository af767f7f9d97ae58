/** What happened to an open dream by itself, in sentences for its status comment. */
import type { Decision, Journal } from '../dream/journal.ts';
import { vanishedFrom } from '../dream/vanished.ts';
import { inert } from './inert.ts';

/** A proposal that cannot stand on the new base. */
export interface Gone {
  readonly number: number;
  /** Words with names of branches and files in them. */
  readonly reason: string;
}

/** @returns a sentence for each proposal that memory changed under, with the reason. */
export function vanishedNotes(
  { id }: Pick<Journal, 'id'>,
  decisions: readonly Decision[],
): readonly string[] {
  const vanished = vanishedFrom(id, decisions);
  const reasons = new Map<number, string>();
  for (const decision of decisions)
    if (decision.type === 'dropped' && decision.dream === id && decision.because === 'vanished')
      for (const number of decision.proposals) reasons.set(number, decision.reason ?? '');
  return [...reasons]
    .filter(([number]) => vanished.has(number))
    .sort(([a], [b]) => a - b)
    .map(([number, reason]) => `Proposal ${number} was left out: ${inert(sentence(reason))}`);
}

/** @returns a sentence for each proposal that memory changed under, in a branch that people have committed to. */
export function affectedNotes(gone: readonly Gone[], conflicting: boolean): readonly string[] {
  const each = gone.map(
    ({ number, reason }) => `Look at proposal ${number} before merging: ${inert(sentence(reason))}`,
  );
  if (each.length > 0 || !conflicting) return each;
  return ['The branch and its base changed the same lines: a person has to merge the two.'];
}

const sentence = (reason: string): string => (/[.!?]$/.test(reason) ? reason : `${reason}.`);
