/** Whether what was done is against an entry, or at least about it: what `enforce` counts. */
import type { Quote } from '../dream/evidence.ts';
import { comparedText, type Entry } from '../memory/entry.ts';
import { stems } from '../text/words.ts';
import { isDeed } from './carried-by.ts';
import type { GuardContext } from './context.ts';
import { speaksOf } from './spoken-of.ts';
import { eventOf } from './support.ts';

/** What an agent called must speak of the entry; of an error, a finding or a person's asking a word in common is enough. */
export function isAgainst(ctx: GuardContext, quote: Quote, entry: Entry): boolean {
  if (!isDeed(ctx, quote)) return false;
  const { kind, tool } = eventOf(ctx, quote) ?? {};
  const about = [quote.quote, tool?.command ?? ''];
  if (kind === 'tool_call') return speaksOf(entry, about);
  const known = new Set(stems(comparedText(entry).replaceAll('-', ' ')));
  return about.some((text) => stems(text.replaceAll('-', ' ')).some((stem) => known.has(stem)));
}
