/** Finds the words of an end in a list of words, and whether they mean the whole thing for good. */
import { anymore, ending, existing, existingOnce, phrasalEndings } from './endings.ts';
import { now } from './tokens.ts';
import { verbStem } from './verbs.ts';
import { isBetween, neutral, pronouns } from './vocabulary.ts';

/** How many words of a phrase a list begins with; "took it down" has an object before the particle. */
function phraseLength(words: readonly string[], phrase: readonly string[]): number {
  const begins = ([verb = '', ...rest]: readonly string[]): boolean =>
    verbStem(verb) === verbStem(phrase[0] ?? '') && phrase.slice(1).every((word, at) => word === rest[at]);
  if (begins(words)) return phrase.length;
  const [verb = '', object = '', ...rest] = words;
  return phrase.length === 2 && pronouns.has(object) && begins([verb, ...rest]) ? 3 : 0;
}

/** How many words of an end a list begins with: "removed", "shut down", "got rid of"; 0 for none. */
export function endingLength(words: readonly string[]): number {
  const phrasal = Math.max(...phrasalEndings.map((phrase) => phraseLength(words, phrase)));
  return phrasal === 0 && ending.has(verbStem(words[0] ?? '')) ? 1 : phrasal;
}

const wholes = new Set(
  'project repo repository code codebase product everywhere team plan stack setup system company'.split(' '),
);

/** "from the poster", "by the new one": only a part went, or something took its place. */
export function isPartial(rest: readonly string[]): boolean {
  const [first = '', second = '', third = ''] = rest;
  if (first === 'from') return !wholes.has(second) && !wholes.has(third);
  return ['by', 'with', 'into', 'to', 'for'].includes(first) && rest.includes(now);
}

/** "for fonts", "in my calendar": gone only there; but "in spring", "for cost reasons". */
export function isNarrowed(after: readonly string[]): boolean {
  const at = after.findIndex((word) => !anymore.has(word) && word !== 'any');
  if (!/^(?:for|in|on|at|inside|within)$/.test(after[at] ?? '')) return false;
  const rest = after.slice(at + 1).filter((word) => !isBetween(word));
  return rest.length > 0 && !rest.some((word) => neutral.has(word) || wholes.has(word) || /^\d/.test(word));
}

/** "any more", "no longer": it was so once. */
export const wasOnce = (words: readonly string[]): boolean => words.some((word) => anymore.has(word));

export const tellsOfExisting = (verb: string): boolean =>
  existing.has(verbStem(verb)) || existingOnce.has(verbStem(verb));
