/** The review for a terminal: what `renderReview` shows, without Markdown, wrapped, and with no control character of a stranger. */
import wrapAnsi from 'wrap-ansi';
import type { Evidence } from '../dream/evidence.ts';
import type { JournalProposal } from '../dream/journal.ts';
import type { Lead, Question } from '../dream/proposal.ts';
import { changesOf, diffOf, type Change } from './change.ts';
import { gradeLine } from './grade-line.ts';
import type { ReviewInput } from './input.ts';
import { readAfterQuestions, reviewOrder } from './order.ts';
import {
  authorNote,
  factSentence,
  shortSession,
  sourceOf,
  strongest,
  supportLine,
  unattributedSentence,
} from './support.ts';
import { headline, reviewTitle } from './title.ts';
import { clip, visible } from './visible.ts';
import { placeOf, whereOf, type Script } from './where.ts';
import { count, shortDate, signed, thousands } from './wording.ts';

type Paint = (text: string) => string;

/** How things are emphasised; the identity function for output that is not a terminal. */
export interface TerminalStyle {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
}

interface Page {
  readonly style: TerminalStyle;
  /** Columns. */
  readonly width: number;
  readonly now: string;
  readonly quotes: boolean;
}

/** Foreign text on one line; what would move the cursor is written out. */
const plain = (text: string): string => visible(text).replace(/\s+/gu, ' ').trim();
const script: Script = { code: plain, prose: plain };

const shown = { lines: 40, width: 2_000 };
const leadsShown = 10;
const narrowest = 40;

/** @returns lines ending in LF, at most `width` columns wide (40 at least). */
export function renderTerminal(input: ReviewInput, style: TerminalStyle, width = 100): string {
  const { journal } = input;
  const page: Page = { style, width: Math.max(width, narrowest), now: journal.at, quotes: input.quotes };
  const ordered = reviewOrder(journal.proposals);
  const lines = (proposal: JournalProposal): string =>
    proposalLines(proposal, input.dropped.has(proposal.number), page);
  const blocks = [
    `${wrapped(style.bold(reviewTitle(input)), 0, page)}\n${wrapped(headline(input), 0, page)}`,
    ...ordered.filter(({ kind }) => !readAfterQuestions(kind)).map(lines),
    ...journal.questions.map((question) => questionLines(question, page)),
    ...ordered.filter(({ kind }) => readAfterQuestions(kind)).map(lines),
    ...withheldLines(journal.withheld, page),
    ...leadLines(journal.leads, input.readMore, page),
    ...workLines(input, page),
    wrapped(style.dim(sizeLine(input)), 0, page),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function wrapped(text: string, indent: number, { width }: Page): string {
  const pad = ' '.repeat(indent);
  return wrapAnsi(text, width - indent, { hard: true, trim: false })
    .split('\n')
    .map((line) => `${pad}${line}`.trimEnd())
    .join('\n');
}

function proposalLines(proposal: JournalProposal, dropped: boolean, page: Page): string {
  const { style, now } = page;
  const title = `${proposal.number}. ${plain(proposal.title)}${dropped ? ' (left out)' : ''}`;
  const author = authorNote(proposal, now, plain);
  const looks = proposal.findings.filter((finding) => finding.severity === 'review');
  const grade = proposal.grade === undefined ? '' : gradeLine(proposal.grade, plain);
  const support = [proposal.strength, supportLine(proposal.evidence, now), grade].filter(
    (part) => part !== '',
  );
  return [
    wrapped((dropped ? style.dim : style.bold)(title), 0, page),
    ...(proposal.kind === 'enforce' ? enforceLines(proposal, page) : []),
    ...changesOf(proposal).map((change) => changeLines(change, page)),
    ...proofLines(proposal.evidence, page),
    wrapped(style.dim(support.join(' · ')), 3, page),
    wrapped(`Why: ${plain(proposal.rationale)}`, 3, page),
    ...(author === undefined ? [] : [wrapped(style.yellow(author), 3, page)]),
    ...looks.map(({ message }) => wrapped(style.yellow(`Look at: ${plain(message)}`), 3, page)),
  ].join('\n');
}

function enforceLines(proposal: JournalProposal, page: Page): string[] {
  const entry = proposal.evidence.find((item) => item.type === 'entry');
  return [
    wrapped(`Suggested check: ${plain(proposal.suggestion ?? '')}`, 3, page),
    ...(entry === undefined ? [] : [wrapped(entryLine(entry), 3, page)]),
  ];
}

const entryLine = (entry: Extract<Evidence, { type: 'entry' }>): string =>
  `Written in ${placeOf(entry, script)}: ${plain(clip(entry.text, 400))}`;

function changeLines(change: Change, page: Page): string {
  const place = wrapped(page.style.dim(whereOf(change, script)), 3, page);
  if (change.op === 'move') return `${place}\n${wrapped(plain(clip(change.after ?? '', 400)), 5, page)}`;
  const paint = { '-': page.style.red, '+': page.style.green, ' ': page.style.dim };
  const diff = diffOf(change, shown).map(({ sign, text }) =>
    wrapped(paint[sign](`${sign} ${text.replaceAll('\t', '  ')}`), 3, page),
  );
  return [place, ...diff].join('\n');
}

function proofLines(evidence: readonly Evidence[], page: Page): string[] {
  const item = strongest(evidence.filter((each) => page.quotes || each.type !== 'quote'));
  return item === undefined ? [] : [evidenceLines(item, page)];
}

function evidenceLines(item: Evidence, page: Page): string {
  if (item.type === 'fact') return wrapped(factSentence(item, page.now, plain), 3, page);
  if (item.type === 'entry') return wrapped(entryLine(item), 3, page);
  if (item.type === 'unattributed') return wrapped(unattributedSentence(plain(item.dream)), 3, page);
  const from = item.type === 'quote' ? sourceOf(item) : `${item.person} in review`;
  const where = item.type === 'quote' ? `${plain(shortSession(item.session))} event ${item.event}` : '';
  const source = [plain(clip(from, 60)), shortDate(item.at ?? '', page.now), where]
    .filter(Boolean)
    .join(', ');
  const said = visible(clip(item.quote, 600)).trim().split('\n').map(plain);
  return [
    ...said.map((line, index) =>
      wrapped(`${index === 0 ? '“' : ' '}${line}${index === said.length - 1 ? '”' : ''}`, 3, page),
    ),
    wrapped(page.style.dim(`— ${source}`), 4, page),
  ].join('\n');
}

function questionLines({ text, evidence }: Question, page: Page): string {
  return [
    wrapped(page.style.yellow(`Question: ${plain(text)}`), 0, page),
    ...evidence
      .filter((item) => page.quotes || item.type !== 'quote')
      .slice(0, 2)
      .map((item) => evidenceLines(item, page)),
  ].join('\n');
}

function withheldLines(withheld: readonly JournalProposal[], page: Page): string[] {
  if (withheld.length === 0) return [];
  const lines = withheld.map(({ number, kind, title, findings }) => {
    const reasons = findings.filter((finding) => finding.severity === 'block');
    const said = reasons.map(({ check, message }) => `${check}: ${plain(message)}`).join(' ');
    return wrapped(`${number}. ${page.quotes ? plain(title) : kind} — ${said}`, 3, page);
  });
  return [
    [
      wrapped(page.style.bold(`${count(withheld.length, 'proposal')} withheld, and why`), 0, page),
      ...lines,
    ].join('\n'),
  ];
}

function leadLines(leads: readonly Lead[], readMore: string, page: Page): string[] {
  if (leads.length === 0) return [];
  const lines = leads
    .slice(0, leadsShown)
    .map(({ kind, text, reason }) =>
      wrapped(`${kind}: ${page.quotes ? `${plain(text)} — ` : ''}${plain(reason)}`, 3, page),
    );
  const rest = leads.length - leadsShown;
  const more = rest > 0 ? [wrapped(`… and ${rest} more: ${readMore}`, 3, page)] : [];
  const title = `${count(leads.length, 'lead')}: noticed, not proved enough to propose`;
  return [[wrapped(page.style.bold(title), 0, page), ...lines, ...more].join('\n')];
}

/** What a dreamer with a model says of its work. */
function workLines({ journal: { remarks = [], agents = [] } }: ReviewInput, page: Page): string[] {
  const lines = [
    ...remarks.map((remark) => wrapped(page.style.yellow(plain(remark)), 3, page)),
    ...agents.map(({ name, did }) => wrapped(`${plain(name)} ${plain(did)}`, 3, page)),
  ];
  return lines.length === 0 ? [] : [[wrapped(page.style.bold('How it went'), 0, page), ...lines].join('\n')];
}

function sizeLine({ journal: { before, after, usage } }: ReviewInput): string {
  const part = (name: string, from: number, to: number): string =>
    `${thousands(to)} ${name} (${signed(to - from)})`;
  const spent =
    usage === undefined
      ? 'No model was asked.'
      : `${thousands(usage.inputTokens + usage.outputTokens)} tokens of a model, ${usage.usd.toFixed(2)} USD.`;
  return `Memory afterwards: ${part('entries', before.entries, after.entries)}, ${part('tokens', before.tokens, after.tokens)}. ${spent}`;
}
