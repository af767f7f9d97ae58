/** What a dreamer with a model tells of its work: remarks, who did what, grades, and what each phase cost. */
import type { Grade, Proposal } from '../dream/proposal.ts';
import type { Journal, JournalProposal } from '../dream/journal.ts';
import type { Fold } from './fold.ts';
import { inert } from './inert.ts';
import type { ReviewInput } from './input.ts';
import { clip } from './visible.ts';
import { count, thousands } from './wording.ts';

type Bill = NonNullable<NonNullable<Journal['usage']>['bills']>[number];

export function howItWent({ journal: { remarks = [], agents = [] } }: ReviewInput): Fold {
  const said = remarks.map((remark) => `- ${inert(clip(remark, 400))}`);
  const did = agents.map(
    ({ name, did: what }) => `- **${inert(clip(name, 100))}** ${inert(clip(what, 300))}`,
  );
  const summary = said.length === 0 ? 'Who did what' : `How it went: ${count(said.length, 'remark')}`;
  return { summary, pieces: [...said, ...did] };
}

/** @returns nothing where nothing was graded. */
export function grades({ journal, quotes }: ReviewInput): Fold {
  const pieces = [...journal.proposals, ...journal.withheld].flatMap(({ grade, ...proposal }) =>
    grade === undefined ? [] : gradePieces(proposal, grade, quotes),
  );
  return { summary: 'Grades', pieces };
}

/** The grader's reasons may hold words of a session. */
function gradePieces(
  { number, title }: Pick<Proposal | JournalProposal, 'number' | 'title'>,
  { score, criteria }: Grade,
  quotes: boolean,
): string[] {
  const about = quotes ? ` ${inert(clip(title, 100))}` : '';
  return [
    `**${number}.**${about}: ${score.toFixed(2)}`,
    ...criteria.map(({ name, score: given, why }) => {
      const reason = quotes ? ` — ${inert(clip(why, 240))}` : '';
      return `- ${inert(clip(name, 60))} ${given.toFixed(2)}${reason}`;
    }),
  ];
}

/** A table with a row for each phase, model and price. */
export function billsMarkdown(bills: readonly Bill[]): string {
  const rows = bills.map((bill) => {
    const read = bill.inputTokens + bill.cacheReadTokens + bill.cacheWriteTokens;
    const cells = [
      inert(clip(bill.phase, 40)) + (bill.batch ? ' (batch)' : ''),
      inert(clip(bill.model, 60)),
      thousands(bill.calls),
      thousands(read),
      `${read === 0 ? 0 : Math.round((bill.cacheReadTokens / read) * 100)} %`,
      thousands(bill.outputTokens),
      bill.usd === undefined ? 'unknown' : bill.usd.toFixed(2),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const head = '| phase | model | calls | tokens read | of these cached | tokens written | USD |';
  return [head, '|---|---|--:|--:|--:|--:|--:|', ...rows].join('\n');
}
