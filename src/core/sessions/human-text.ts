/** Who said what in a human turn: most of the characters there were not typed by the human. */
import { proseSpans } from './human-prose.ts';
import type { Part } from './human-tags.ts';
import { memoryText, tagParts } from './human-tags.ts';
import type { Span } from './session.ts';

export interface HumanTurn {
  /** `system` when a program wrote all of it. */
  readonly kind: 'person' | 'agent' | 'system';
  readonly spans: readonly Span<string>[];
}

/**
 * The spans of a human turn of a structured, interactive recording: `person` (typed), `pasted` (plans, quotes, output,
 * reviews, harness text), `echo` (memory read back), `agent` (compaction summaries). Nothing is dropped: joined they
 * are the text. In doubt a span is `pasted`: it does less harm there.
 */
export function humanSpans(text: string): readonly Span<string>[] {
  return humanTurn(text).spans;
}

export function humanTurn(text: string): HumanTurn {
  if (compaction.test(text)) return { kind: 'agent', spans: [{ text, trust: 'agent' }] };
  const parts = tagParts(text).flatMap((part) =>
    part.trust === 'person' ? untaggedParts(part.text) : [part],
  );
  const typed = parts.some((part) => part.by === 'typed' && part.text.trim() !== '');
  return { kind: typed ? 'person' : 'system', spans: joined(proseSpans(parts)) };
}

/** For in-band formats and runs without a person at the keyboard: what looks typed is only claimed to be. */
export function claimedSpans(spans: readonly Span<string>[]): readonly Span<string>[] {
  return spans.map((span) => (span.trust === 'person' ? { ...span, trust: 'claimed' } : span));
}

const compaction = /^\s*This session is being continued from a previous conversation/;
const plan = /^(\s*(?:Please )?[Ii]mplement (?:the following|this) plan:?[ \t]*\n)/;

/** Texts without tags that a harness puts into a human turn, from their start to the end of the text. */
const harnessTexts =
  /^\s*(?:Operation stopped by hook:|(?:Stop|PreToolUse|PostToolUse|UserPromptSubmit)[\w: ]* hook (?:feedback|error|blocking)|Caveat: The messages below were generated|API Error:|Unknown (?:slash command|skill):|\[(?:Request interrupted|Operation cancelled|Request cancelled))/;

function untaggedParts(text: string): readonly Part[] {
  const part = (words: string, by: Part['by'], trust: Part['trust']): Part => ({ text: words, by, trust });
  const memory = memoryText.exec(text);
  if (memory !== null) {
    return [...untaggedParts(text.slice(0, memory.index)), part(text.slice(memory.index), 'harness', 'echo')];
  }
  if (harnessTexts.test(text)) return [part(text, 'harness', 'pasted')];
  const sentence = plan.exec(text)?.[1];
  if (sentence === undefined) return text === '' ? [] : [part(text, 'typed', 'person')];
  return [part(sentence, 'typed', 'person'), part(text.slice(sentence.length), 'typed', 'pasted')];
}

/** Puts neighbours of one trust together; white space alone belongs to what is before it. */
function joined(parts: readonly Span<string>[]): readonly Span<string>[] {
  const spans: { text: string; trust: Span['trust'] }[] = [];
  for (const { text, trust } of parts) {
    const last = spans.at(-1);
    if (last && (last.trust === trust || text.trim() === '')) last.text += text;
    else if (text !== '') spans.push({ text, trust });
  }
  const [first, second] = spans;
  if (first && second && first.text.trim() === '') {
    spans.splice(0, 2, { text: first.text + second.text, trust: second.trust });
  }
  return spans;
}

/**
 * The start of what a harness answers the model when a person refuses a tool call. Only at the start of a result: the
 * same words further down are quoted by a file or a program.
 */
const refusal =
  /^(?:Error: )?(?:The user doesn't want to (?:proceed|take this action)|The user rejected this tool call|User rejected|The agent proposed a plan that was rejected by the user|\[Operation Cancelled\])/;
const wordsOfRefusal =
  /(?:the user said:|User feedback:|user provided the following reason[^:]*:|feedback from the user:)\s*/i;
/** Notes that harnesses append for the model. */
const noteAfterWords = /\n[ \t]*(?:Note: The user's next message|Note: |<system-reminder>|Rejected plan:)/;

/** Whether a tool result says that a person refused the call. */
export function isRefusal(toolResultText: string): boolean {
  return refusal.test(toolResultText);
}

/** The person's words in the result of a call they refused; undefined when they refused without words, or did not. */
export function rejectionWords(toolResultText: string): string | undefined {
  if (!isRefusal(toolResultText)) return undefined;
  const marker = wordsOfRefusal.exec(toolResultText);
  if (marker === null) return undefined;
  const words = toolResultText.slice(marker.index + marker[0].length);
  const note = noteAfterWords.exec(words);
  return (note === null ? words : words.slice(0, note.index)).trim() || undefined;
}

const answered = /^User has answered your questions?:\s*/;
const answer = /"="((?:[^"]|"(?!(?:, "|\.? ?(?:You can now|user notes:)|\s*$)))*)"/g;

/** What a person answered to an agent's questions, in order; an option they picked is their choice too. */
export function answerWords(toolResultText: string): readonly string[] {
  if (!answered.test(toolResultText)) return [];
  return Array.from(toolResultText.matchAll(answer), (match) => (match[1] ?? '').trim()).filter(
    (words) => words !== '',
  );
}

/**
 * A tool result in which a person's `words` occur, in this order: what they typed has the given trust, what they pasted
 * is pasted, the rest is the tool's.
 */
export function spansWithWords(
  text: string,
  words: readonly string[],
  trust: 'person' | 'claimed',
): readonly Span<string>[] {
  const spans: Span<string>[] = [];
  let done = 0;
  for (const word of words) {
    const at = text.indexOf(word, done);
    if (word === '' || at < 0) continue;
    if (at > done) spans.push({ text: text.slice(done, at), trust: 'tool' });
    const said = humanSpans(word);
    spans.push(...(trust === 'person' ? said : claimedSpans(said)));
    done = at + word.length;
  }
  if (done < text.length) spans.push({ text: text.slice(done), trust: 'tool' });
  return spans;
}
