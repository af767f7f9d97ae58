/** What an agent is told at the beginning: what was noticed in sessions, and what reviewers said no to. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Decision } from '../../../core/dream/journal.ts';
import { independentGroups } from '../../../core/sessions/independence.ts';
import { tokens } from '../../../core/text/tokens.ts';
import type { DataBlocks } from '../data-block.ts';
import { rulesText, type Rules } from './rules.ts';
import type { Noticed } from './search.ts';

export function briefingOf(
  input: DreamInput,
  { blocks, rules }: { readonly blocks: DataBlocks; readonly rules: Rules },
  noticed: readonly Noticed[],
): string {
  const parts = [
    ['What was noticed in sessions, and the words it rests on:', sessionsText(input, noticed)],
    ['What rules without a model would propose, and their leads:', rulesText(rules)],
    ['What reviewers said no to, newest first:', refusedText(input.decisions)],
  ] as const;
  return parts
    .map(([title, text]) => `${title}\n${text === '' ? 'Nothing.' : blocks.enclose(text)}`)
    .join('\n\n');
}

/** Sessions in their order; those of one group are one piece of work. */
function sessionsText(input: DreamInput, noticed: readonly Noticed[]): string {
  const groups = independentGroups(input.sessions);
  const numbers = new Map<string, number>();
  const numberOf = (group: string): number => {
    const number = numbers.get(group) ?? numbers.size + 1;
    numbers.set(group, number);
    return number;
  };
  const by = Map.groupBy(noticed, ({ session }) => session);
  return input.sessions
    .flatMap(({ id, startedAt, people, agent }) => {
      const found = by.get(id);
      if (found === undefined) return [];
      const about = [startedAt?.slice(0, 10), agent, people.join(' and ')].filter(
        (part) => part !== undefined && part !== '',
      );
      const head = `session ${id} (group ${numberOf(groups.get(id) ?? id)}; ${about.join('; ')})`;
      return [[head, ...found.map(noticedUnderSession)].join('\n')];
    })
    .join('\n\n');
}

function noticedUnderSession({ text, quotes }: Noticed): string {
  const said = quotes.map(
    ({ event, trust, quote }) => `    event ${event} (${trust}): ${JSON.stringify(quote)}`,
  );
  return [`  - ${text.replaceAll('\n', ' / ')}`, ...said].join('\n');
}

/** Tokens that a thing noticed takes in a briefing. */
export const noticedTokens = (noticed: Noticed): number => tokens(noticedUnderSession(noticed)) + 4;

const refusalsShown = 60;

/** Proposals that were rejected or left out, with the words of who did it. */
function refusedText(decisions: readonly Decision[]): string {
  const rejected = decisions.flatMap((decision) => {
    if (decision.type === 'dropped')
      return decision.reason === undefined || decision.because !== undefined
        ? []
        : [`- left out on ${decision.at.slice(0, 10)}: ${decision.reason}`];
    if (decision.type !== 'rejected') return [];
    const { kind, at, words, targets, reason, evidence } = decision;
    const said = evidence.flatMap((item) =>
      item.type === 'quote' || item.type === 'comment' ? [item.quote] : [],
    );
    return [
      `- ${kind} on ${at.slice(0, 10)}${reason === undefined ? '' : `, because: ${reason}`}\n` +
        `  about ${targets.slice(0, 5).join(', ')}; its words: ${words.slice(0, 40).join(' ')}` +
        (said[0] === undefined ? '' : `\n  it cited: ${JSON.stringify(said[0])}`),
    ];
  });
  return rejected.slice(-refusalsShown).reverse().join('\n');
}
