/** Whether a sentence may deny or replace something that memory holds; what it does, only memory can tell. */
import { readPassage } from './clauses.ts';
import { saysItEnded } from './ends.ts';
import { standingOf } from './standing.ts';
import { now, tokensOf } from './tokens.ts';
import { spokenValues } from './values.ts';
import {
  contrasts,
  ended,
  ending,
  lastWords,
  negations,
  phrasalEndings,
  replacing,
  vanishing,
  verbStem,
} from './vocabulary.ts';

const particles = new Set(phrasalEndings.map((phrase) => phrase.at(-1) ?? ''));

const isCue = (word: string): boolean =>
  negations.has(word) ||
  contrasts.has(word) ||
  ended.has(word) ||
  particles.has(word) ||
  /^(?:stopped|stop|quit|ceased|rip|goodbye|farewell|bye)$/.test(word) ||
  [ending, replacing, vanishing].some((verbs) => verbs.has(verbStem(word)));

const holdsLastWords = (words: readonly string[]): boolean =>
  lastWords.some((phrase) => ` ${words.join(' ')} `.includes(` ${phrase} `));

/** Tells of a change or of an end, denies something, or says what value something has. */
export function mayRefute(sentence: string): boolean {
  const { tokens, clauses } = readPassage(tokensOf(sentence));
  const told = clauses.filter(({ mood }) => mood === 'tells');
  const texts = told.map(({ from, to }) => tokens.slice(from, to).map(({ text }) => text));
  if (texts.some((words) => words.some(isCue) || holdsLastWords(words))) return true;
  return told.length > 0 && statesValue(sentence);
}

function statesValue(sentence: string): boolean {
  const values = spokenValues(sentence);
  if (values.length === 0) return false;
  const passage = readPassage(tokensOf(sentence, [], values));
  return passage.tokens.some(({ text }, at) => text === now && standingOf(passage, at) === 'holds');
}

/** Whether a sentence says of anything that it is no more, and nothing else. */
export function tellsOfAnEnd(sentence: string): boolean {
  const passage = readPassage(tokensOf(sentence));
  if (passage.clauses.some(({ mood }) => mood === 'orders')) return false;
  return passage.tokens.some(({ text, start, end }) => {
    if (!/\p{L}{2}/u.test(text)) return false;
    return saysItEnded(readPassage(tokensOf(sentence, [{ start, end }])));
  });
}
