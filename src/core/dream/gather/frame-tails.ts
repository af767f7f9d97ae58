/** Frames that a sentence begins or ends with, without a cut that a head needs: adverbs, remarks, quotes. */
import { insideCode, type Unframed } from './frame-cuts.ts';
import { condition, isKeepingOrder, marksOf, mostly, shareOfFrame } from './frame-marks.ts';
import { isFrameWord, wordsOf } from './frame-words.ts';

/** Adverbs of time and degree right before the rule, without a mark between. */
const leadIn =
  /^#?(?:(?:so|and|but) )?(?:memory|remember|from (?:now|here|today|this (?:point|day|moment))(?: on(?:wards?)?| forward)?|going forward|starting (?:today|now)|as of (?:now|today)|in (?:the )?future|for (?:the )?future(?: reference)?|henceforth|next time|(?:please )?(?:note|remember))\s+(?!that\b|to\b|when\b|in\b)(?=\S)/i;
const leadOut =
  /[\s,;.(—–-]+(?:in (?:every|each|all|any) (?:\w+ )?sessions?|from (?:now|here) on(?:wards?)?|going forward|in (?:the )?future|for (?:the )?future(?: reference)?|permanently)[\s).!]*$/i;

/** A remark at the end that is nothing but frame. */
export function withoutTail(text: string): Unframed | undefined {
  const lead = leadOut.exec(text);
  if (lead !== null) return { rest: text.slice(0, lead.index), marks: new Set(['keep']) };
  const found = /^(.*\S)(?:\s*[,;(]\s*|\s+[—–-]\s+)(\S.*)$/su.exec(text);
  if (found === null) return undefined;
  const [, rest = '', tail = ''] = found;
  const words = wordsOf(tail);
  if (insideCode(text, rest.length) || words.length === 0) return undefined;
  const contrast = /^(?:not|never|nor|but not|and not)\b(?! the other way)/i.test(tail);
  const share = shareOfFrame(tail);
  const kept = isKeepingOrder(tail);
  if (contrast || condition.test(tail) || !(share === 1 || (kept && share >= mostly))) return undefined;
  const marks = marksOf(tail);
  if (kept) marks.add('keep');
  return { rest, marks };
}

/** `add "…" to the notes` */
export function quoted(text: string): Unframed | undefined {
  const found = /^([^"“`]*)["“]([^"”]{8,})["”]([^"]*)$/.exec(text);
  if (found === null) return undefined;
  const frame = `${found[1] ?? ''} ${found[3] ?? ''}`;
  const words = wordsOf(frame);
  const marks = marksOf(frame);
  const all = words.filter(isFrameWord).length === words.length;
  return all && marks.size > 0 ? { rest: found[2] ?? '', marks } : undefined;
}

export function ledInto(text: string): Unframed | undefined {
  const lead = leadIn.exec(text);
  return lead === null ? undefined : { rest: text.slice(lead[0].length), marks: new Set(['keep']) };
}
