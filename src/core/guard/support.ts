/** The evidence of a proposal, sorted by what it can prove. */
import type { Evidence, Quote } from '../dream/evidence.ts';
import type { Event } from '../sessions/session.ts';
import { comparedText } from '../memory/entry.ts';
import { stems } from '../text/words.ts';
import type { GuardContext } from './context.ts';
import { newText, touchedBy } from './written.ts';

export type Of<K extends Evidence['type']> = Extract<Evidence, { type: K }>;

export interface Support {
  readonly quotes: readonly Quote[];
  /** Quotes that have a word in common with what is written or changed: the others prove nothing about it. */
  readonly bearing: readonly Quote[];
  /** Of these, what people said, proved or claimed. */
  readonly statements: readonly Quote[];
  /** Who said them, as far as known. */
  readonly people: ReadonlySet<string>;
  readonly comments: readonly Of<'comment'>[];
  readonly facts: readonly Of<'fact'>[];
  readonly entries: readonly Of<'entry'>[];
  /** What the proposal writes and what it changes. */
  readonly texts: readonly string[];
}

export function readSupport(ctx: GuardContext, evidence: readonly Evidence[]): Support {
  const quotes = evidence.filter((item) => item.type === 'quote');
  const entries = evidence.filter((item) => item.type === 'entry');
  const comments = evidence.filter((item) => item.type === 'comment');
  const texts = [
    ...newText(ctx.proposal),
    ...touchedBy(ctx.proposal, ctx.store).map(comparedText),
    // What is to be enforced stands in an entry that does not change.
    ...(ctx.proposal.kind === 'enforce' ? entries.map(({ text }) => text) : []),
  ];
  const known = new Set(texts.flatMap((text) => stems(text)));
  const bearing = quotes.filter((quote) => stems(aboutOf(ctx, quote)).some((stem) => known.has(stem)));
  const statements = bearing.filter(({ trust }) => trust === 'person' || trust === 'claimed');
  const speakers = [...statements, ...comments].flatMap(({ person }) => person ?? []);
  return {
    quotes,
    bearing,
    statements,
    people: new Set(speakers),
    comments,
    facts: evidence.filter((item) => item.type === 'fact'),
    entries,
    texts,
  };
}

/** What a quote is about: its words, and for what a tool said also the path it was called with, part by part. */
function aboutOf(ctx: GuardContext, quote: Quote): string {
  const path = quote.trust === 'tool' ? eventOf(ctx, quote)?.tool?.path : undefined;
  return path === undefined ? quote.quote : `${quote.quote}\n${path.replaceAll(/[\\/]/g, ' ')}`;
}

/** How many independent pieces of work the quotes come from. A session of unknown group is nobody's. */
export function groupCount(ctx: GuardContext, quotes: readonly Quote[]): number {
  return new Set(quotes.flatMap(({ session }) => ctx.groups.get(session) ?? [])).size;
}

export const eventOf = (ctx: GuardContext, quote: Quote): Event | undefined =>
  ctx.quoted(quote.session, quote.event);
