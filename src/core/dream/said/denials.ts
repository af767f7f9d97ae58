/** Whether a sentence may deny or replace something that memory holds; what it does, only memory can tell. */
import { positionsOf, readPassage, wordsOf } from './clauses.ts';
import { saysItEnded } from './ends.ts';
import { standingOf } from './standing.ts';
import { now, tokensOf } from './tokens.ts';
import { spokenValues } from './values.ts';
import { ended, ending, farewells, lastWords, phrasalEndings, stops, vanishing } from './endings.ts';
import { verbStem } from './verbs.ts';
import { contrasts, negations, replacing } from './vocabulary.ts';

const cues = [
  negations,
  contrasts,
  ended,
  farewells,
  stops,
  new Set(phrasalEndings.map((phrase) => phrase.at(-1) ?? '')),
];

const isCue = (word: string): boolean =>
  cues.some((words) => words.has(word)) ||
  [ending, replacing, vanishing].some((each) => each.has(verbStem(word)));

const holdsLastWords = (words: readonly string[]): boolean =>
  lastWords.some((phrase) => ` ${words.join(' ')} `.includes(` ${phrase} `));

/** Tells of a change or of an end, denies something, or says what value something has. */
export function mayRefute(sentence: string): boolean {
  const passage = readPassage(tokensOf(sentence));
  const told = passage.clauses.filter(({ mood }) => mood === 'tells');
  const texts = told.map(({ from, to }) => wordsOf(passage, from, to));
  if (texts.some((words) => words.some(isCue) || holdsLastWords(words))) return true;
  return told.length > 0 && statesValue(sentence);
}

function statesValue(sentence: string): boolean {
  const values = spokenValues(sentence);
  if (values.length === 0) return false;
  const passage = readPassage(tokensOf(sentence, [], values));
  return positionsOf(passage, now).some((at) => standingOf(passage, at) === 'holds');
}

/** Sentences of more words say more than that something ended. */
const longest = 60;

/** Whether a sentence says of anything that it is no more, and nothing else. */
export function tellsOfAnEnd(sentence: string): boolean {
  const passage = readPassage(tokensOf(sentence));
  if (passage.tokens.length > longest || passage.clauses.some(({ mood }) => mood === 'orders')) return false;
  return passage.tokens.some(({ text, start, end }) => {
    if (!/\p{L}{2}/u.test(text)) return false;
    return saysItEnded(readPassage(tokensOf(sentence, [{ start, end }])));
  });
}
