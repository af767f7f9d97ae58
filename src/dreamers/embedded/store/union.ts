/** One wording for two notes that share a claim and each add something. */
import { readClaim } from '../../../core/text/claim/claim.ts';
import { likeness, lostByClaim } from '../../../core/text/claim/same-claim.ts';

/** Sentences that point back at the one before them cannot follow another. */
const pointsBack =
  /^\W*(?:it|its|this|that|these|those|they|them|he|she|otherwise|then|so|but|and|or|also|which|because|else|there|here|however|instead|therefore|thus|for example|e\.g)\b/i;
const longestSentence = 200;

/**
 * The first note with the one sentence that only the second has; undefined when that is not so simple, for then a person
 * should word it.
 */
export function unite(first: string, second: string): string | undefined {
  const wordings = sentencesOf(second)
    .filter((sentence) => sentence.length <= longestSentence && !pointsBack.test(sentence))
    .map((sentence) => `${ended(first.trimEnd())} ${ended(sentence)}`)
    .filter((text) => holds(text, first) && holds(text, second));
  return wordings.length === 1 ? wordings[0] : undefined;
}

/** Whether a text says all that another says, every specific included. */
function holds(text: string, other: string): boolean {
  const relation = likeness(readClaim(text), readClaim(other), true);
  return (relation === 'same' || relation === 'first') && lostByClaim([other], text).length === 0;
}

function sentencesOf(text: string): string[] {
  const parts = text.split(/(`+[^`]*`+)/);
  const marked = parts.map((part, index) =>
    index % 2 === 1 ? part : part.replace(/[.!?。](?=\s)/g, '$&\u0001'),
  );
  return marked
    .join('')
    .split('\u0001')
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');
}

function ended(sentence: string): string {
  return /[.!?:;。…)]$/.test(sentence) ? sentence : `${sentence}.`;
}
