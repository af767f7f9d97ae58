/** Whether the words cited say what is written, and not just something: a model may quote well and write another thing. */
import { specifics } from '../text/specifics.ts';
import { stems } from '../text/words.ts';
import type { GuardContext } from './context.ts';
import { eventOf, type Support } from './support.ts';
import { touchedBy, writtenBy } from './written.ts';

/** Of the words written, no more than this share in what is cited: it says something else. Measured on bench/quality. */
const leastSpoken = 1 / 4;
/** From this share on nobody needs to compare them. */
const wellSpoken = 1 / 2;

export type Spoken = 'well' | 'little' | 'not';

/**
 * Compares the whole turn of each person cited, not only the words quoted: what is meant by "always do that" stands beside
 * it. What tools and agents said counts as far as it is quoted.
 */
export function spokenFor(ctx: GuardContext, { quotes, comments }: Support): Spoken {
  const said = [
    ...quotes.flatMap((quote) => [quote.quote, ...turnOf(ctx, quote)]),
    ...comments.map(({ quote }) => quote),
    ...touchedBy(ctx.proposal, ctx.store).map(({ text }) => text),
  ].join('\n');
  const there = new Set([...stems(said), ...parts(said)]);
  const written = writtenBy(ctx.proposal, ctx.store).map(({ text }) => judge(text, said, there));
  return written.includes('not') ? 'not' : written.includes('little') ? 'little' : 'well';
}

function judge(text: string, said: string, there: ReadonlySet<string>): Spoken {
  const wanted = [...new Set(stems(text))];
  const found = wanted.filter((stem) => there.has(stem) || parts(stem).some((part) => there.has(part)));
  const share = wanted.length === 0 ? 1 : found.length / wanted.length;
  if (share >= wellSpoken) return 'well';
  // A path or a command that both name is no chance; one that nobody named is the model's own.
  const named = specifics(text).filter(({ kind }) => kind !== 'negation');
  const unsaid = named.filter(({ value }) => !said.includes(value));
  if (named.length > unsaid.length) return 'little';
  return share > leastSpoken && unsaid.length === 0 ? 'little' : 'not';
}

function turnOf(ctx: GuardContext, quote: Support['quotes'][number]): string[] {
  if (quote.trust !== 'person' && quote.trust !== 'claimed') return [];
  const spans = eventOf(ctx, quote)?.spans ?? [];
  return spans.filter(({ trust }) => trust === quote.trust).map(({ text }) => text);
}

/** `src/api/login.ts`, `login_page` and `loginPage` speak of a login. */
const parts = (text: string): string[] =>
  stems(text.replaceAll(/[\\/_.:#=-]+/g, ' ').replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2'));
