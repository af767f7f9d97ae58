/** What stands in the user's role of a Cursor transcript. */
import type { RawEvent } from '../format.ts';
import { claimedSpans, humanTurn } from '../human-text.ts';
import type { Span } from '../session.ts';

/** `agent`: the transcript of a sub-agent. `claimed`: in a text that anybody could have written. */
export type PromptTrust = 'person' | 'claimed' | 'agent';

const query = /<user_query>([\s\S]*?)(?:<\/user_query>|(?![\s\S]))/g;

/** Where Cursor marks what was typed by `<user_query>`, all else in the turn is its own. */
export function promptEvent(text: string, trust: PromptTrust): RawEvent | undefined {
  if (text.trim() === '') return undefined;
  if (trust === 'agent') return { kind: 'agent', spans: [{ text, trust: 'agent' }] };
  const turn = text.includes('<user_query>')
    ? { kind: 'person' as const, spans: queriedSpans(text) }
    : humanTurn(text);
  return { kind: turn.kind, spans: trust === 'claimed' ? claimedSpans(turn.spans) : turn.spans };
}

function queriedSpans(text: string): readonly Span<string>[] {
  const spans: Span<string>[] = [];
  let done = 0;
  for (const match of text.matchAll(query)) {
    const before = text.slice(done, match.index);
    if (before.trim() !== '') spans.push({ text: before, trust: 'pasted' });
    spans.push(...humanTurn((match[1] ?? '').trim()).spans);
    done = match.index + match[0].length;
  }
  const rest = text.slice(done);
  if (rest.trim() !== '') spans.push({ text: rest, trust: 'pasted' });
  return spans;
}
