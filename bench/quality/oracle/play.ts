/** A model that says what it is told to: every session is read, every wish laid down once, every draft graded well. */
import type { Asked } from '../../../test/support/anthropic/messages/asked.ts';
import { answers, uses, type Reply } from '../../../test/support/anthropic/messages/reply.ts';
import type { Wish } from './wishes.ts';

/**
 * @param wishes asked for once, when the lead is first asked.
 * @param mend what it says instead of a wish that is withheld; undefined when it gives up.
 */
export function playing(
  wishes: () => readonly Wish[],
  mend: (wish: Wish) => Wish | undefined = () => undefined,
): (asked: Asked) => Reply {
  let laid: readonly Wish[] | undefined;
  return (asked) => {
    if (asked.tools.includes('propose')) {
      const next = laid === undefined ? wishes() : mended(laid, asked, mend);
      laid = laid === undefined ? next.map(withoutNumber) : [];
      return next.length === 0 ? [uses('finish', {})] : next.map((wish) => uses('propose', wish));
    }
    const numbers = [...asked.latest.matchAll(/^=== Proposal (\d+):/gm)].map((match) => Number(match[1]));
    if (numbers.length === 0) return answers({ observations: noticed(asked.latest) });
    return answers({ proposals: numbers.map((number) => ({ number, criteria: criteria(), advice: '' })) });
  };
}

/** So that the lead has as much to read as sessions are many: the last words of a person in each. */
function noticed(record: string): readonly object[] {
  const [, event, quote] = [...record.matchAll(/^\[(\d+)\] person: (.+)$/gm)].at(-1) ?? [];
  if (event === undefined || quote === undefined || quote.includes('characters cut]')) return [];
  return [{ lesson: 'preference', text: quote, quotes: [{ event: Number(event), quote }] }];
}

type Again = Wish & { readonly replaces?: number };

const withoutNumber = ({ replaces: _replaces, ...wish }: Again): Wish => wish;

/** The answers to the wishes come in their order. */
function mended(
  laid: readonly Wish[],
  asked: Asked,
  mend: (wish: Wish) => Wish | undefined,
): readonly Again[] {
  const results = asked.params.messages.at(-1)?.content ?? [];
  return laid.flatMap((wish, at): Again[] => {
    const withheld = /Draft (\d+) is withheld/.exec(JSON.stringify(results[at]));
    const better = withheld === null ? undefined : mend(wish);
    return better === undefined ? [] : [{ ...better, replaces: Number(withheld?.[1]) }];
  });
}

const names = ['supported', 'durable', 'new', 'actionable', 'lossless', 'scope', 'safe'];
const criteria = () => names.map((name) => ({ name, score: 1, why: 'Nothing is wrong with it.' }));
