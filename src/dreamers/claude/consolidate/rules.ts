/** What rules without a model would propose: they see what recurs over sessions, and what Git proves, better than a reader does. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft, Lead } from '../../../core/dream/proposal.ts';
import { clip } from '../../../core/review/visible.ts';
import { embeddedDreamer } from '../../embedded/dreamer.ts';
import { evidenceLine, operationLine } from '../draft-text.ts';

export interface Rules {
  /** Best first; named by their place, from 1. */
  readonly drafts: readonly Draft[];
  readonly leads: readonly Lead[];
}

/** So many are read. */
const most = { drafts: 30, leads: 40, evidence: 6 } as const;

/** What was merged or rejected before is left out. */
export async function rulesOver(input: DreamInput): Promise<Rules> {
  const { proposals, leads } = await embeddedDreamer.dream(input);
  const open = proposals.filter(({ signals }) => signals.some((id) => !input.closed.has(id)));
  return { drafts: open.slice(0, most.drafts), leads: leads.slice(0, most.leads) };
}

export function rulesText({ drafts, leads }: Rules): string {
  return [
    ...drafts.map((draft, at) => `${draftText(draft, at + 1)}\n`),
    ...leads.map(({ kind, text, reason }) => `lead, ${kind}: ${clip(text, 300)} (${clip(reason, 200)})`),
  ].join('\n');
}

function draftText(
  { kind, lesson, rationale, operations, evidence, suggestion }: Draft,
  number: number,
): string {
  const more = evidence.length - most.evidence;
  return [
    `rule ${number}: ${kind}${lesson === undefined ? '' : `, ${lesson}`}. ${rationale}`,
    ...(suggestion === undefined ? [] : [`Suggested check: ${suggestion}`]),
    ...operations.map(operationLine),
    ...evidence.slice(0, most.evidence).map(evidenceLine),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ].join('\n');
}
