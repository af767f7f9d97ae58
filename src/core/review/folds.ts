/** The folded parts of a review, each a list of pieces so that it can shrink without breaking. */
import type { Evidence } from '../dream/evidence.ts';
import type { JournalProposal } from '../dream/journal.ts';
import type { Fold } from './fold.ts';
import type { ReviewInput } from './input.ts';
import { billsMarkdown, grades, howItWent } from './how-it-went.ts';
import { fenced, inert, inlineCode } from './inert.ts';
import { evidenceMarkdown } from './proposal-markdown.ts';
import { shortSession, strongest } from './support.ts';
import { clip } from './visible.ts';
import { count, shortDate, signed, thousands } from './wording.ts';

/** @returns the folds that have something in them, the ones a reviewer wants most first. */
export function foldsOf(input: ReviewInput): Fold[] {
  return [
    withheld(input),
    howItWent(input),
    moreEvidence(input),
    leads(input),
    grades(input),
    sizes(input),
    chart(input),
    cost(input),
  ].filter((fold) => fold.pieces.length > 0);
}

function withheld({ journal, quotes }: ReviewInput): Fold {
  const pieces = journal.withheld.map((proposal) => {
    const reasons = proposal.findings.filter((finding) => finding.severity === 'block');
    const said = reasons.map(({ check, message }) => `${check}: ${inert(clip(message, 300))}`);
    // A title may hold words of a session, and nobody has checked these.
    const title = quotes ? ` **${inert(clip(proposal.title, 100))}**` : '';
    return `- ${proposal.kind}${title} — ${said.join(' ')}`;
  });
  return { summary: `${count(pieces.length, 'proposal')} withheld, and why`, pieces };
}

function moreEvidence({ journal, quotes }: ReviewInput): Fold {
  const pieces = journal.proposals.flatMap((proposal) => {
    const shown = strongest(proposal.evidence);
    const touched = new Set(proposal.before.map((entry) => entry.id));
    const rest = proposal.evidence.filter(
      (item) =>
        item !== shown &&
        (quotes || item.type !== 'quote') &&
        // Its text stands in the diff already.
        !(item.type === 'entry' && touched.has(item.entry)),
    );
    const notes = notesOf(proposal);
    if (rest.length === 0 && notes.length === 0) return [];
    return [
      `**${proposal.number}. ${inert(clip(proposal.title, 100))}**`,
      ...notes,
      ...groupedEvidence(rest, journal.at),
    ];
  });
  return { summary: 'More evidence', pieces: quotes ? pieces : [...pieces, withoutQuotes] };
}

const withoutQuotes = 'Words from sessions are left out, because this repository is public.';

/** The same words from several sessions are shown once, with all their sources. */
function groupedEvidence(items: readonly Evidence[], now: string): string[] {
  const groups = Map.groupBy(items, (item) =>
    item.type === 'quote' ? `${item.trust}\n${item.person ?? ''}\n${item.quote}` : item,
  );
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const also = others.slice(0, 8).flatMap((item) => (item.type === 'quote' ? [item.session] : []));
    const rest = others.length - also.length;
    const sessions = also.map((id) => inlineCode(shortSession(id))).join(', ');
    const more = rest > 0 ? ` and ${rest} more` : '';
    return [`${evidenceMarkdown(first, now, 300)}${also.length === 0 ? '' : `; also ${sessions}${more}`}`];
  });
}

/** Findings that do not stand unfolded: notes, and reviews beyond the second. */
function notesOf(proposal: JournalProposal): string[] {
  const reviews = proposal.findings.filter((finding) => finding.severity === 'review').slice(2);
  const notes = proposal.findings.filter((finding) => finding.severity === 'note');
  return [...reviews, ...notes].map(({ check, message }) => `- ${check}: ${inert(clip(message, 300))}`);
}

function leads({ journal, quotes }: ReviewInput): Fold {
  const pieces = journal.leads.map(({ kind, text, reason }) => {
    const said = quotes ? ` ${inert(clip(text, 240))}` : '';
    return `- ${kind}:${said} — ${inert(clip(reason, 200))}`;
  });
  return { summary: `${count(pieces.length, 'lead')}: noticed, not proved enough to propose`, pieces };
}

function sizes({ journal: { before, after } }: ReviewInput): Fold {
  const row = (name: string, from: number, to: number): string =>
    `| ${name} | ${thousands(from)} | ${thousands(to)} | ${signed(to - from)} |`;
  const rows = [
    row('files', before.files, after.files),
    row('entries', before.entries, after.entries),
    row('bytes', before.bytes, after.bytes),
    row('tokens', before.tokens, after.tokens),
    ...(before.alwaysLoaded === undefined || after.alwaysLoaded === undefined
      ? []
      : [row('always-loaded tokens', before.alwaysLoaded, after.alwaysLoaded)]),
  ];
  const table = ['| memory | before | after | change |', '|---|--:|--:|--:|', ...rows].join('\n');
  return { summary: 'Memory before and after', pieces: [table] };
}

/** GitHub renders small charts only. */
const chartPoints = 20;

function chart({ journal, past }: ReviewInput): Fold {
  const points = [...past, { at: journal.at, entries: journal.after.entries }].slice(-chartPoints);
  const summary = 'Memory over past dreams';
  if (points.length < 2) return { summary, pieces: [] };
  const lines = [
    'xychart-beta',
    '  title "Entries after each dream"',
    `  x-axis [${points.map(({ at }) => `"${shortDate(at, journal.at)}"`).join(', ')}]`,
    `  y-axis "entries" 0 --> ${Math.max(1, ...points.map((point) => point.entries))}`,
    `  line [${points.map((point) => point.entries).join(', ')}]`,
  ];
  return { summary, pieces: [fenced(lines.join('\n'), 'mermaid')] };
}

function cost({ journal: { usage, dreamer } }: ReviewInput): Fold {
  const mind = `Dreamer: ${inert(clip(dreamer, 60))}.`;
  const spent =
    usage === undefined
      ? 'No model was asked, nothing was spent.'
      : `${thousands(usage.inputTokens)} input and ${thousands(usage.outputTokens)} output tokens, ${usage.usd.toFixed(2)} USD.`;
  const { bills = [] } = usage ?? {};
  return {
    summary: 'Cost',
    pieces: [`${mind} ${spent}`, ...(bills.length === 0 ? [] : [billsMarkdown(bills)])],
  };
}

/**
 * Renders folds into at most `room` characters. What does not fit is counted, with where to read it.
 * Every fold may use what the ones before it left over.
 */
export function foldsMarkdown(folds: readonly Fold[], room: number, readMore: string): string {
  let left = room;
  return folds
    .map((fold, index) => {
      const text = foldMarkdown(fold, Math.floor(left / (folds.length - index)), readMore);
      left -= text.length + 2;
      return text;
    })
    .filter((text) => text !== '')
    .join('\n\n');
}

function foldMarkdown({ summary, pieces }: Fold, room: number, readMore: string): string {
  const open = `<details><summary>${summary}</summary>\n\n`;
  const close = '\n\n</details>';
  const rest = (number: number): string => `… and ${thousands(number)} more: ${readMore}`;
  let left = room - open.length - close.length - rest(pieces.length).length - 2;
  if (left < 0) return '';
  const taken: string[] = [];
  for (const piece of pieces) {
    left -= piece.length + 2;
    if (left < 0) break;
    taken.push(piece);
  }
  const missing = pieces.length - taken.length;
  return `${open}${joined([...taken, ...(missing > 0 ? [rest(missing)] : [])])}${close}`;
}

/** List items stand close, all else is its own block. */
const joined = (pieces: readonly string[]): string =>
  pieces.reduce(
    (text, piece, index) =>
      index === 0
        ? piece
        : `${text}${piece.startsWith('- ') && (pieces[index - 1] ?? '').startsWith('- ') ? '\n' : '\n\n'}${piece}`,
    '',
  );
