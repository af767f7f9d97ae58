/** Cuts what somebody said into clauses. */
import { isCondition, isHearsay, type Mood, moodOf } from './mood.ts';
import { isMark, type Token } from './tokens.ts';
import { conjunctions, copulas, subjects } from './vocabulary.ts';

export interface Clause {
  /** Positions of its first token and of the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly mood: Mood;
}

export interface Passage {
  readonly tokens: readonly Token[];
  readonly clauses: readonly Clause[];
}

const sentenceEnds = new Set(['.', '!', '?', ';', '\n']);
const clauseMarks = new Set([',', ':', '(', ')', '–', '—', '-']);
/** After "and" they begin a clause of their own, as subjects do. */
const goesOn = new Set(['not', 'now', 'no', 'have', 'has', 'is']);

type Span = readonly [from: number, to: number];

/** Positions between marks, which belong to none. */
function spansBetween([from, to]: Span, isBoundary: (at: number) => boolean): Span[] {
  const bounds = Array.from({ length: to - from }, (_, at) => from + at).filter(isBoundary);
  return [from - 1, ...bounds]
    .map((bound, at): Span => [bound + 1, bounds[at] ?? to])
    .filter(([first, last]) => last > first);
}

/** Positions cut before the words that open a clause. */
function spansFrom([from, to]: Span, opens: (at: number) => boolean): Span[] {
  const starts = Array.from({ length: to - from }, (_, at) => from + at).filter(
    (at) => at === from || opens(at),
  );
  return starts.map((start, at): Span => [start, starts[at + 1] ?? to]);
}

const textAt = (tokens: readonly Token[], at: number): string => tokens[at]?.text ?? '';

const textsOf = (tokens: readonly Token[], [from, to]: Span): string[] =>
  tokens.slice(from, to).map(({ text }) => text);

/** A comma, a bracket, a dash; but in "port: 5173" the colon is a sign between a name and its value. */
const isClauseMark = (tokens: readonly Token[], at: number): boolean =>
  clauseMarks.has(textAt(tokens, at)) && !(textAt(tokens, at) === ':' && isMark(textAt(tokens, at + 1)));

/** "because", "while"; but "and", "since", "that" only where a clause follows. */
function opensClause(tokens: readonly Token[], at: number): boolean {
  const [word, next] = [textAt(tokens, at), textAt(tokens, at + 1)];
  if (!conjunctions.has(word)) return false;
  switch (word) {
    case 'and':
    case 'or':
      return subjects.has(next) || goesOn.has(next) || isMark(next);
    case 'since':
    case 'as':
      return subjects.has(next) && next !== 'the' && next !== 'our';
    case 'but':
      // "not OLD but NEW" is one clause.
      return !isMark(next) || copulas.has(textAt(tokens, at + 2));
    case 'that':
      return subjects.has(next) || isMark(next) || copulas.has(textAt(tokens, at - 1));
    default:
      return true;
  }
}

function clausesOf(tokens: readonly Token[], sentence: Span): Clause[] {
  const spans = spansBetween(sentence, (at) => isClauseMark(tokens, at)).flatMap((span) =>
    spansFrom(span, (at) => opensClause(tokens, at)),
  );
  const texts = spans.map((span) => textsOf(tokens, span));
  const asked = textAt(tokens, sentence[1]) === '?';
  const conditional = texts.some(isCondition);
  const mood = (words: readonly string[], before: readonly string[]): Mood => {
    if (asked) return 'asks';
    // "somebody said that …": so is what was said.
    const reported = words[0] === 'that' && isHearsay(before);
    return conditional || reported ? 'supposes' : moodOf(words);
  };
  return spans.map(([from, to], at) => ({ from, to, mood: mood(texts[at] ?? [], texts[at - 1] ?? []) }));
}

/** What was said, cut into clauses. */
export function readPassage(tokens: readonly Token[]): Passage {
  const sentences = spansBetween([0, tokens.length], (at) => sentenceEnds.has(textAt(tokens, at)));
  return { tokens, clauses: sentences.flatMap((sentence) => clausesOf(tokens, sentence)) };
}

/** The number of the clause that a token stands in. */
export function clauseAt({ clauses }: Passage, position: number): number {
  return clauses.findIndex(({ from, to }) => position >= from && position < to);
}

/** The words of a stretch of the passage. */
export function wordsOf({ tokens }: Passage, from: number, to?: number): string[] {
  return tokens.slice(from, to).map(({ text }) => text);
}

/** The positions of the tokens that carry a mark. */
export function positionsOf({ tokens }: Passage, mark: string): number[] {
  return tokens.flatMap(({ text }, at) => (text === mark ? [at] : []));
}
