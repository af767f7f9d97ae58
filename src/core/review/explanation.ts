/** All that one proposal stands on, for a reviewer who asks: the answer to `/dream explain`. */
import type { JournalProposal } from '../dream/journal.ts';
import { inert } from './inert.ts';
import { evidenceMarkdown } from './proposal-markdown.ts';
import { clip } from './visible.ts';
import { count } from './wording.ts';

export interface ExplanationView {
  /** ISO 8601. */
  readonly now: string;
  /** False where no word of a session may be shown. */
  readonly quotes: boolean;
}

/** A decision holds 20,000 characters. */
const longest = 18_000;
const longestQuote = 1_000;

/** @returns Markdown of at most 18,000 characters; all foreign words in it are inert. */
export function explanationOf(proposal: JournalProposal, { now, quotes }: ExplanationView): string {
  const { number, title, kind, strength, rationale, findings } = proposal;
  const shown = proposal.evidence.filter((item) => quotes || item.type !== 'quote');
  const hidden = proposal.evidence.length - shown.length;
  const blocks = [
    `**${number}. ${inert(clip(title, 100))}** (${kind}, ${strength})`,
    `Why: ${inert(clip(rationale, 1_000))}`,
    ...(findings.length === 0
      ? ['Every check passed.']
      : [
          findings
            .map(({ check, severity, message }) => `- ${check} (${severity}): ${inert(clip(message, 400))}`)
            .join('\n'),
        ]),
    'It rests on:',
    ...shown.map((item) => evidenceMarkdown(item, now, longestQuote)),
    ...(hidden === 0 ? [] : [`Not shown here: ${count(hidden, 'quote')} of sessions.`]),
  ];
  return fitting(blocks);
}

function fitting(blocks: readonly string[]): string {
  let text = '';
  for (const [at, block] of blocks.entries()) {
    const more = `\n\n… and ${blocks.length - at} more.`;
    if (text.length + block.length + more.length > longest) return `${text}${more}`;
    text = text === '' ? block : `${text}\n\n${block}`;
  }
  return text;
}
