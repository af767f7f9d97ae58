/** Explicit requests to remember: a frame that asks for memory (`frames.ts`), and the lesson inside it. */
import { isKeepingOrder, isOnlyFrame, marksOf, type Mark, ordersToWriteDown } from './frame-marks.ts';
import { unframe } from './frames.ts';
import type { Sentence } from './reading.ts';
import { sayable } from './claims.ts';
import { isTiedToNow } from './one-off.ts';
import { isQuestion } from './speech.ts';
import { teachesNothing } from './teaches-nothing.ts';
import { lessonText, stripPleasantries } from './wording.ts';

/** "remember" that asks for nothing lasting. */
const notARequest =
  /^(?:do you|don'?t you|you|i|we|can'?t|cannot|if i|he|she|they) remember\b|\bremember when\b|\bremember(?: that)? (?:bug|time|issue|error|test|conversation|discussion|pr|commit)\b/i;

/** The whole sentence asks to keep what stands before it: "please remember that", "add this to the notes". */
export function pointsBack(sentence: string): boolean {
  const text = stripPleasantries(sentence);
  return isKeepingOrder(text) && isOnlyFrame(text) && marksOf(text).has('keep');
}

/**
 * The lesson a request to remember carries; undefined when it asks for none.
 * @param said what the sentences around it say of it.
 */
export function requestedLesson(
  sentence: Pick<Sentence, 'text' | 'previous'>,
  said: ReadonlySet<Mark> = new Set(),
): string | undefined {
  const text = stripPleasantries(sentence.text);
  if (notARequest.test(text)) return undefined;
  if (pointsBack(sentence.text)) {
    const before = sentence.previous ?? '';
    return isQuestion(before) ? undefined : lessonIn(unframe(stripPleasantries(before)).body);
  }
  const { body, marks } = unframe(text);
  return marks.has('keep') || said.has('keep') ? lessonIn(body.replace(/\?\s*$/, '')) : undefined;
}

function lessonIn(body: string): string | undefined {
  const lesson = lessonText(body);
  if (ordersToWriteDown(lesson)) return undefined;
  if (teachesNothing(lesson)) return undefined;
  return isQuestion(body) || isTiedToNow(lesson) || !sayable(lesson) ? undefined : lesson;
}
