/** Whether a note would say nothing without the thing it names. */
import type { Entry } from '../../../core/memory/entry.ts';
import { negated } from '../../../core/text/negations.ts';

/** After the name comes what it is: `path` - description, `path`: description, `path` (description). */
const described =
  /^[`*_\])]*(?:\([^)]*\))?\s*(?:[-–—:(=]|→|is\b|are\b|contains?\b|holds?\b|lives?\b|has\b|$)/;

/**
 * True for notes whose subject is the name and which name no other path or code: "`src/old.ts` - parses dates", "The
 * parser is in `src/old.ts`". A note that names more than that says more than that.
 */
export function isWhollyAbout(entry: Pick<Entry, 'text' | 'headings' | 'leadIn'>, name: string): boolean {
  // Under "Never add" a note forbids something, whatever it names.
  if (negated([...entry.headings, entry.leadIn ?? ''].join('.\n')).length > 0) return false;
  const text = entry.text.trim();
  if (text.includes('\n\n') || /\n\s*(?:[-*+]|\d+[.)])\s|```|~~~/.test(text)) return false;
  const others = otherNames(text, name);
  if (others.length > 0) return false;
  const at = text.indexOf(name);
  if (at === -1 || sentences(text) > 1) return false;
  const before = text.slice(0, at);
  if (/^(?:the\s+)?(?:file|folder|script|directory|command|package|module)?\s*[`*_[(]*$/i.test(before)) {
    return described.test(text.slice(at + name.length));
  }
  return isPointer.test(before) && /^[`*_\])/]*[.!]?$/.test(text.slice(at + name.length));
}

/** "The parser is in", "See", "Defined in": all that the note says is where something is. Nothing in brackets or behind commas. */
const isPointer =
  /^(?:(?:see|read)|[^.,;:()]{0,60}\b(?:is|are|lives?|stays?|located|defined|found|documented|kept|stored|listed|described) (?:in|at|under|by))\s+(?:the\s+)?(?:file\s+)?[`*_[]*$/i;

function otherNames(text: string, name: string): string[] {
  const spans = [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
  return spans.filter((span) => !span.includes(name) && /[/.]\w|^\w+[-:_]\w/.test(span));
}

function sentences(text: string): number {
  return text.replace(/`[^`]*`/g, '').split(/[.!?](?=\s+\p{Lu})/u).length;
}
