/** A proposal in the words of a reviewer: the same change, said differently. */
import type { Evidence } from '../dream/evidence.ts';
import type { JournalProposal } from '../dream/journal.ts';
import { clip } from './visible.ts';

export type Comment = Extract<Evidence, { type: 'comment' }>;

const longestTitle = 100;
const longestRationale = 1_000;

/** @returns the one text that a proposal writes; undefined when it writes none or several. */
export function textOf({ operations }: Pick<JournalProposal, 'operations'>): string | undefined {
  const texts = operations.flatMap((operation) => ('text' in operation ? [operation.text] : []));
  return texts.length === 1 ? texts[0] : undefined;
}

/**
 * @param text in place of the one that it writes.
 * @param comment what the reviewer said; from now on the proposal rests on it too.
 */
export function revised(proposal: JournalProposal, text: string, comment: Comment): JournalProposal {
  const said = `${comment.person} gave these words in review.`;
  const before = proposal.rationale.endsWith(said)
    ? proposal.rationale.slice(0, -said.length).trimEnd()
    : proposal.rationale;
  return {
    ...proposal,
    title: retitled(proposal.title, text),
    rationale: `${clip(before, longestRationale - said.length - 1)} ${said}`.trimStart(),
    operations: proposal.operations.map((operation) =>
      'text' in operation ? { ...operation, text } : operation,
    ),
    evidence: [
      ...proposal.evidence.filter((item) => item.type !== 'comment' || item.url !== comment.url),
      comment,
    ],
  };
}

/** What kind of change it is stays; the words after it are the new ones. */
function retitled(title: string, text: string): string {
  const [, verb = 'Revised'] = /^([^:]{1,40}):/.exec(title) ?? [];
  const plain = text
    .replace(/[`*#>[\]]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.:;,]+$/, '');
  return clip(`${verb}: ${plain}`, longestTitle);
}
