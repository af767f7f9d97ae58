/** The pull request text of a dream (DESIGN section 9): two minutes to read, rebuilt from the journal, parses back. */
import type { Question } from '../dream/proposal.ts';
import { foldsMarkdown, foldsOf } from './folds.ts';
import { inert, inlineCode } from './inert.ts';
import type { ReviewInput } from './input.ts';
import { headMarker } from './marker.ts';
import { readAfterQuestions, reviewOrder } from './order.ts';
import { evidenceMarkdown, proposalMarkdown, type Detail } from './proposal-markdown.ts';
import { headline } from './title.ts';
import { clip } from './visible.ts';

/** GitHub takes 65,536 characters; the rest is room for what people add. */
export const reviewLimit = 60_000;
/** What stands unfolded may use this much, so that withheld proposals and evidence always have a place. */
const unfoldedLimit = 45_000;

/** From all a reviewer could want to what still names every change. The first that fits is taken. */
const details: readonly Detail[] = [
  { changes: 6, lines: 24, width: 600, quote: 400, rationale: 600 },
  { changes: 3, lines: 10, width: 300, quote: 200, rationale: 250 },
  { changes: 1, lines: 4, width: 140, quote: 100, rationale: 100 },
  { changes: 1, lines: 2, width: 80, quote: 0, rationale: 0 },
  { changes: 0, lines: 0, width: 80, quote: 0, rationale: 0 },
];

const questionsShown = 8;

/** @returns Markdown of at most 60,000 characters (UTF-16). Deterministic: same input, same text. */
export function renderReview(input: ReviewInput): string {
  const { journal } = input;
  const numbers = journal.proposals.map((proposal) => proposal.number).sort((a, b) => a - b);
  const dropped = numbers.filter((number) => input.dropped.has(number));
  const head = headMarker({
    dream: journal.id,
    base: journal.base,
    ...(journal.head === undefined ? {} : { head: journal.head }),
    proposals: numbers,
    ...(dropped.length === 0 ? {} : { dropped }),
  });
  const how =
    journal.proposals.length === 0 ? '' : ' Merging accepts the ticked changes; untick one to leave it out.';
  const top = `${head}\n\n**${headline(input)}**${how}`;
  const readMore = inlineCode(input.readMore);
  const body = unfolded(input);
  const folds = foldsMarkdown(foldsOf(input), reviewLimit - top.length - body.length - 8, readMore);
  return `${[top, body, folds].filter((part) => part !== '').join('\n\n')}\n`;
}

function unfolded(input: ReviewInput): string {
  let text = '';
  for (const [index, detail] of details.entries()) {
    text = sections(input, detail, index > 0);
    if (text.length <= unfoldedLimit) break;
  }
  return text;
}

function sections(input: ReviewInput, detail: Detail, shortened: boolean): string {
  const ordered = reviewOrder(input.journal.proposals);
  const markdown = (proposal: (typeof ordered)[number]): string =>
    proposalMarkdown(proposal, {
      now: input.journal.at,
      quotes: input.quotes,
      dropped: input.dropped.has(proposal.number),
      detail,
    });
  return [
    ...ordered.filter((proposal) => !readAfterQuestions(proposal.kind)).map(markdown),
    questionsMarkdown(input, detail),
    ...ordered.filter((proposal) => readAfterQuestions(proposal.kind)).map(markdown),
    shortened ? `Shortened to fit. All of it: ${inlineCode(input.readMore)}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function questionsMarkdown({ journal, quotes, readMore }: ReviewInput, detail: Detail): string {
  if (journal.questions.length === 0) return '';
  const rest = journal.questions.length - questionsShown;
  const question = ({ text, evidence }: Question): string =>
    [
      `**Question:** ${inert(clip(text, Math.max(detail.rationale, 200)))}`,
      ...evidence
        .filter((item) => quotes || item.type !== 'quote')
        .slice(0, detail.quote === 0 ? 0 : 2)
        .map((item) => evidenceMarkdown(item, journal.at, Math.min(detail.quote, 200))),
    ].join('\n\n');
  return [
    ...journal.questions.slice(0, questionsShown).map(question),
    ...(rest > 0 ? [`… and ${rest} more questions: ${inlineCode(readMore)}`] : []),
  ].join('\n\n');
}
