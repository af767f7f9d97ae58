/** One proposal as a reviewer sees it unfolded: a box, before and after, one quote, its strength. */
import type { Evidence } from '../dream/evidence.ts';
import type { JournalProposal } from '../dream/journal.ts';
import { changesOf, diffOf, type Change } from './change.ts';
import { gradeLine } from './grade-line.ts';
import { fenced, inert, inertBlock, inlineCode } from './inert.ts';
import { boxMarker } from './marker.ts';
import {
  authorNote,
  factSentence,
  shortSession,
  sourceOf,
  strongest,
  supportLine,
  unattributedSentence,
} from './support.ts';
import { clip } from './visible.ts';
import { placeOf, whereOf, type Script } from './where.ts';
import { shortDate } from './wording.ts';

/** How much of each part is shown; the largest that fits the page is taken. */
export interface Detail {
  readonly changes: number;
  readonly lines: number;
  readonly width: number;
  readonly quote: number;
  readonly rationale: number;
}

const markdown: Script = { code: inlineCode, prose: inert };

export interface ProposalView {
  readonly now: string;
  readonly quotes: boolean;
  readonly dropped: boolean;
  readonly detail: Detail;
}

export function proposalMarkdown(proposal: JournalProposal, view: ProposalView): string {
  const { detail, now } = view;
  const title = `**${proposal.number}. ${inert(clip(proposal.title, 100))}**`;
  const grade =
    proposal.grade === undefined ? '' : gradeLine(proposal.grade, (name) => inert(clip(name, 60)));
  const strength = [`*${proposal.strength}*`, supportLine(proposal.evidence, now), grade].filter(
    (part) => part !== '',
  );
  const blocks = [
    // One paragraph: what, and on how much it stands.
    `${boxMarker(proposal.number)} ${view.dropped ? `${title} (left out)` : title}\\\n${strength.join(' · ')}`,
    ...changesMarkdown(proposal, detail),
    ...(detail.quote === 0 ? [] : proof(proposal.evidence, view)),
    ...why(proposal, detail),
    ...notes(proposal, now),
  ];
  return `- [${view.dropped ? ' ' : 'x'}] ${indented(blocks.join('\n\n'))}`;
}

const indented = (text: string): string => text.replace(/\n(?!\n)/g, '\n  ');

function changesMarkdown(proposal: JournalProposal, detail: Detail): string[] {
  if (proposal.kind === 'enforce') {
    return [
      `Suggested check: ${inert(clip(proposal.suggestion ?? 'see below', detail.width))}`,
      ...writtenAlready(proposal.evidence, detail),
    ];
  }
  const changes = changesOf(proposal);
  const rest = changes.length - detail.changes;
  return [
    ...changes.slice(0, detail.changes).map((change) => changeMarkdown(change, detail)),
    ...(rest > 0 ? [`… and ${rest} more changes of this kind in the diff.`] : []),
  ];
}

function writtenAlready(evidence: readonly Evidence[], detail: Detail): string[] {
  const entry = evidence.find((item) => item.type === 'entry');
  if (entry === undefined) return [];
  const text = inert(clip(entry.text, Math.max(detail.quote, 80)));
  return [`Written in ${placeOf(entry, markdown)}: ${text}`];
}

function changeMarkdown(change: Change, detail: Detail): string {
  const diff = diffOf(change, detail);
  if (change.op === 'move') {
    const text = clip(change.after ?? '', Math.min(detail.width, 160));
    return `${whereOf(change, markdown)}: ${inert(text)}`;
  }
  return `${whereOf(change, markdown)}\n${fenced(diff.map(({ sign, text }) => `${sign} ${text}`.trimEnd()).join('\n'), 'diff')}`;
}

function proof(evidence: readonly Evidence[], view: ProposalView): string[] {
  const item = strongest(evidence.filter((each) => view.quotes || each.type !== 'quote'));
  return item === undefined ? [] : [evidenceMarkdown(item, view.now, view.detail.quote)];
}

/** A quote with who and when, or a fact; entries as where they stand. */
export function evidenceMarkdown(item: Evidence, now: string, length: number): string {
  switch (item.type) {
    case 'quote': {
      const from = [`— ${inert(clip(sourceOf(item), 60))}`, shortDate(item.at ?? '', now)];
      const session = `${inlineCode(shortSession(item.session))} event ${item.event}`;
      return `${inertBlock(clip(item.quote, length))}\\\n> ${[...from, session].filter(Boolean).join(', ')}`;
    }
    case 'comment': {
      const from = [`— ${inert(clip(item.person, 60))} in review`, shortDate(item.at ?? '', now)];
      return `${inertBlock(clip(item.quote, length))}\\\n> ${from.filter(Boolean).join(', ')}`;
    }
    case 'fact':
      return `> ${factSentence(item, now, (text) => inlineCode(clip(text, 200)))}`;
    case 'unattributed':
      return `> ${unattributedSentence(inlineCode(clip(item.dream, 60)))}`;
    case 'entry':
      return `> ${placeOf(item, markdown)}: ${inert(clip(item.text, length))}`;
  }
}

function why(proposal: JournalProposal, detail: Detail): string[] {
  return detail.rationale === 0 ? [] : [`Why: ${inert(clip(proposal.rationale, detail.rationale))}`];
}

function notes(proposal: JournalProposal, now: string): string[] {
  const author = authorNote(proposal, now, (name) => inert(clip(name, 60)));
  const looks = proposal.findings.filter((finding) => finding.severity === 'review');
  return [
    ...(author === undefined ? [] : [`⚠ ${author}`]),
    ...(looks.length === 0
      ? []
      : [
          `Look at: ${looks
            .slice(0, 2)
            .map(({ message }) => inert(clip(message, 240)))
            .join(' ')}${more(looks.length)}`,
        ]),
  ];
}

const more = (looks: number): string => (looks > 2 ? ` (and ${looks - 2} more below)` : '');
