/** Explicit requests to remember: a head that asks for memory, and the lesson behind (or before) it. */
import type { Sentence } from './reading.ts';
import { isQuestion, isTiedToNow, sayable } from './claims.ts';
import { lessonText, stripPleasantries } from './wording.ts';

const store = String.raw`(?:memory|memories|memory files?|notes?|project notes|knowledge(?: base)?|claude\.md|agents\.md|gemini\.md|copilot instructions|rules?(?: file)?|guidance|guidelines|instructions|docs? for (?:the )?agents|conventions?)`;
const later = String.raw`(?:future|later|next (?:time|session|run|one)|from (?:now|here) on(?:wards?)?|going forward|as of (?:now|today)|permanent(?:ly)?|for good|forever|long[- ]term|all sessions|every (?:agent|session|time))`;
const keeping = String.raw`(?:remember|memori[sz]e|note|record|save|store|write|put|add|keep|update|document|log|let it be written|include|append|persist)`;

/** Ask for memory by themselves, at the beginning of a sentence. */
const plain = new RegExp(
  String.raw`^(?:always |do |and )?(?:remember|memori[sz]e|keep in mind|bear in mind|don'?t (?:ever )?forget|never forget|make (?:yourself )?a note|take note|note(?: down)?|note to self|mental note)\b`,
  'i',
);
/** Say when or where it shall hold, or be kept. */
const lasting = new RegExp(String.raw`^(?:(?:for|in) (?:the |your )?future|${later})\b`, 'i');
const kept = new RegExp(
  String.raw`\b${keeping}\b.*\b(?:${store}|${later})\b|\b(?:${store}|${later})\b.*\b${keeping}\b`,
  'i',
);
const keptIn = new RegExp(String.raw`\b${keeping}\b.*\b${store}\b`, 'i');
const titled =
  /^(?:new |important |another |one more )*(?:rule|memory|reminder|remember|lesson|convention|policy)(?: for you| for (?:the )?agents?)?(?:, (?:please )?(?:save|remember|note|keep|store) (?:it|this))?$/i;

/** Where a head may end, the surest first. At a word the head must itself name remembering or the place to keep it. */
const separators: readonly RegExp[] = [
  /\s*[:—–]\s+|\s-\s/g,
  /\s+(?:that (?:says|tells(?: \w+)?|states)|so that (?:every|all|the next)[^,:]{0,40}? (?:knows?|learns?|remembers?))(?: to| that)?\s+/gi,
  /,\s+|\s+(?:that|to)\s+/gi,
];
const longestHead = 18;

/** @param byWord the head ends in a word such as "that": then it must name remembering or the place to keep it. */
function asksForMemory(head: string, byWord: boolean): boolean {
  const text = head
    .trim()
    .replace(
      /^(?:(?:can|could|would|will) you|i (?:want|need|would like|'d like) you to|you (?:should|must|need to)|please|let'?s)\s+(?:please\s+)?/i,
      '',
    );
  if (text.split(/\s+/).length > longestHead) return false;
  if (plain.test(text)) return true;
  return byWord ? keptIn.test(text) : lasting.test(text) || titled.test(text) || kept.test(text);
}

/** Names where it is to be kept: the head goes on. */
const place = new RegExp(
  String.raw`^(?:(?:to|in|into) )?(?:the |your |our )?(?:project )?${store}(?![\w-])`,
  'i',
);

const suffix = new RegExp(
  String.raw`[\s,;.(—–-]+(?:(?:and |so )?(?:please )?(?:remember|memori[sz]e|note|keep|save|store|record|write|put|add) (?:this|that|it)(?: down| in mind)?(?: (?:to|in|into|for) (?:the |your |our )?(?:${store}|${later}))?|from (?:now|here) on(?:wards?)?|going forward|in (?:the )?future|for (?:the )?future(?: reference)?)[\s).!]*(?:please|thanks)?[\s).!]*$`,
  'i',
);

/** The whole sentence points at the one before it. */
const pointer = new RegExp(
  String.raw`^(?:(?:please|also|and|so|can you|could you|i want you to)\s+)*(?:${keeping})(?: (?:this|that|it))(?: rule| as a rule| down| in mind)?(?: (?:to|in|into|for) (?:the |your |our )?(?:project )?(?:${store}|${later})(?: sessions?)?)*(?: please)?[.!?]*$`,
  'i',
);

/** "remember" that asks for nothing lasting. */
const notARequest =
  /^(?:do you|don'?t you|you|i|we|can'?t|cannot|if i|he|she|they) remember\b|\bremember when\b|\bremember(?: that)? (?:bug|time|issue|error|test|conversation|discussion|pr|commit)\b/i;

export const pointsBack = (sentence: string): boolean => pointer.test(stripPleasantries(sentence));

/** What follows a head that asks for memory; undefined when there is none. */
function behindHead(text: string): string | undefined {
  for (const pattern of separators) {
    for (const match of text.matchAll(pattern)) {
      const head = text.slice(0, match.index);
      const body = text.slice(match.index + match[0].length);
      if (place.test(body)) continue;
      if (asksForMemory(head, /\w/.test(match[0]))) return body.replace(/^to\s+/i, '');
    }
  }
  const bare =
    /^(?:from (?:now|here) on(?:wards?)?|going forward|in (?:the )?future|for (?:the )?future(?: reference)?|remember)\s+(.+)$/i.exec(
      text,
    );
  return bare?.[1];
}

/** The lesson a request to remember carries; undefined when it asks for none. */
export function requestedLesson(sentence: Pick<Sentence, 'text' | 'previous'>): string | undefined {
  const text = stripPleasantries(sentence.text);
  if (notARequest.test(text)) return undefined;
  if (pointer.test(text)) {
    const before = sentence.previous === undefined ? '' : lessonText(sentence.previous);
    return before !== '' && sayable(before) && !isQuestion(sentence.previous ?? '') ? before : undefined;
  }
  const cut = text.replace(suffix, '');
  const body = behindHead(text) ?? (cut === text ? undefined : cut);
  if (body === undefined) return undefined;
  const lesson = lessonText(body.replace(/\?\s*$/, ''));
  return isQuestion(body.replace(/\?\s*$/, '')) || isTiedToNow(body) || !sayable(lesson) ? undefined : lesson;
}
