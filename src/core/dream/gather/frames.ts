/**
 * Takes the frame off a rule: "it is team convention that we", "note for all later sessions:", ", no exceptions". A frame
 * is found by its words, not by its phrase: a stretch up to a colon, a comma, "that", "to" or the next subject whose words
 * all belong to the vocabulary of frames (`frame-words.ts`). What is left is what the person wants done.
 */
import { withoutHead } from './frame-heads.ts';
import { isOnlyFrame, type Mark, marksOf } from './frame-marks.ts';
import { ledInto, quoted, withoutTail } from './frame-tails.ts';

export interface Framed {
  /** What is left, verbatim but for a "Never" in place of "it is forbidden to"; empty when all is frame. */
  readonly body: string;
  readonly marks: ReadonlySet<Mark>;
}

/** Frames stand within frames: "can you write down that in this repo we". More than this are no speech. */
const mostFrames = 6;

export function unframe(sentence: string): Framed {
  const marks = new Set<Mark>();
  let body = sentence.replace(/\*\*|__(?=\S)/g, '').trim();
  for (let round = 0; round < mostFrames; round += 1) {
    const step = quoted(body) ?? withoutHead(body) ?? ledInto(body) ?? withoutTail(body);
    if (step === undefined) break;
    step.marks.forEach((mark) => marks.add(mark));
    body = step.rest.trim();
  }
  // "It is important that you use" leaves an order to whoever reads it.
  if (marks.size > 0)
    body = body.replace(
      /^(?:here )?you (?!(?:can|could|are|were|did|have|had|may|might|will|would|must|should|need)\b)/i,
      '',
    );
  if (isOnlyFrame(body)) {
    marksOf(body).forEach((mark) => marks.add(mark));
    body = '';
  }
  return { body, marks };
}
