/** Whether a person has to look at a proposal, however much else is automatic. */
import type { JournalProposal } from '../dream/journal.ts';

export function wantsLook({ findings }: Pick<JournalProposal, 'findings'>): boolean {
  return findings.some(({ severity }) => severity !== 'note');
}
