/** Cuts what somebody said into clauses, and tells of each whether it says how things are. */
import { type Token, now, old } from './tokens.ts';
import {
  believing,
  conjunctions,
  copulas,
  futures,
  haves,
  isPast,
  modals,
  openers,
  orders,
  pastCopulas,
  saying,
  subjects,
  supposers,
  timeSupposers,
  verbStem,
  wishes,
} from './vocabulary.ts';

/** `tells` how things are or were; `asks`; `orders` somebody to do something; `supposes` what might be or is to come. */
export type Mood = 'tells' | 'asks' | 'orders' | 'supposes';

export interface Clause {
  /** Positions of its first token and of the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly mood: Mood;
  /** It begins another sentence than the clause before it. */
  readonly opensSentence: boolean;
}

export interface Passage {
  readonly tokens: readonly Token[];
  readonly clauses: readonly Clause[];
}

const sentenceEnds = new Set(['.', '!', '?', ';', '\n']);
const clauseMarks = new Set([',', ':', '(', ')', '–', '—', '-']);

type Span = readonly [from: number, to: number];

/** Positions between cuts; the token at a cut goes with what follows it where `keep` says so. */
function spansBetween(from: number, to: number, isCut: (at: number) => boolean, keep: boolean): Span[] {
  const spans: Span[] = [];
  let start = from;
  for (let at = from; at < to; at += 1) {
    if (!isCut(at)) continue;
    if (at > start) spans.push([start, at]);
    start = keep ? at : at + 1;
  }
  if (to > start) spans.push([start, to]);
  return spans;
}

/** A sign between a name and its value is no boundary: "port: 5173". */
const isSign = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.text === ':' && (tokens[at + 1]?.text === old || tokens[at + 1]?.text === now);

/** "because", "that"; but "and", "since" and their like only where a subject or verb follows. */
function opensClause(tokens: readonly Token[], at: number): boolean {
  const [here = '', next = ''] = [tokens[at]?.text, tokens[at + 1]?.text];
  if (!conjunctions.has(here)) return false;
  if (here === 'and' || here === 'or')
    return (
      subjects.has(next) ||
      next === 'not' ||
      next === 'now' ||
      next === 'no' ||
      next === 'have' ||
      next === 'has' ||
      next === 'is' ||
      next === old ||
      next === now
    );
  if (here === 'since' || here === 'as') return subjects.has(next) && next !== 'the' && next !== 'our';
  // "not OLD but NEW" is one clause.
  if (here === 'but' && (next === now || next === old))
    return tokens[at + 2] !== undefined && copulas.has(tokens[at + 2]?.text ?? '');
  if (here === 'that')
    return subjects.has(next) || next === old || next === now || copulas.has(tokens[at - 1]?.text ?? '');
  return true;
}

function textsOf(tokens: readonly Token[], [from, to]: Span): string[] {
  return tokens.slice(from, to).map(({ text }) => text);
}

/** The words of a clause from the first that says something on. */
function body(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => !openers.has(word));
  return at === -1 ? [] : words.slice(at);
}

const telling = new Set(['been', ...copulas, ...pastCopulas, ...haves]);

function isOrder(words: readonly string[]): boolean {
  const [first = '', second = ''] = body(words);
  const start = words.find((word) => word === 'please' || word === 'pls') ?? first;
  if (start !== first && !words.some((word) => subjects.has(word) && word !== 'that')) return true;
  if ((first === 'do' || first === 'never') && (second === 'not' || first === 'never'))
    return !subjects.has(words[2] ?? '');
  return orders.has(first) && !telling.has(second) && second !== 'of';
}

/** Before "may" they make a month of it. */
const monthly = new Set(['in', 'since', 'last', 'of', 'until', 'by', 'from', 'this', 'early', 'late']);

/** "will", "is going to", "we want to": not so yet. A note that "should say" something is wrong now. */
function isYetToBe(words: readonly string[]): boolean {
  return words.some((word, at) => {
    const next = words[at + 1] ?? '';
    if (word === 'may' && monthly.has(words[at - 1] ?? '')) return false;
    if (modals.has(word)) return !['say', 'read', 'know'].includes(next) && next !== 'not';
    if (futures.has(word) || word === 'wish' || word === 'hope') return true;
    return next === 'to' && wishes.has(verbStem(word)) && (!isPast(word) || word === 'planned');
  });
}

function supposes(words: readonly string[]): boolean {
  const [first = ''] = body(words);
  if (supposers.has(first)) return true;
  if (!timeSupposers.has(first)) return false;
  return words.some((word) => word === 'is' || word === 'are') || !words.some(isPast);
}

/** "where does it come from", with or without its mark. */
function isQuestion(words: readonly string[]): boolean {
  const [first = '', second = ''] = body(words);
  return questioners.has(first) && (telling.has(second) || /^(?:do|does|did|come)$/.test(second));
}

const questioners = new Set(['where', 'why', 'how', 'what', 'who']);

/** "somebody said …", "you assume …", "I thought …"; but "I told you …", and "it should say …". */
function isHearsay(words: readonly string[]): boolean {
  if (words.includes('should') || words.includes('must')) return false;
  if (words.some((word) => believing.has(word)) || words.includes('whoever')) return true;
  const at = words.findIndex((word) => saying.has(word));
  return at !== -1 && !words.slice(Math.max(0, at - 2), at).some((word) => word === 'i' || word === 'we');
}

function moodOf(words: readonly string[]): Mood {
  if (isQuestion(words)) return 'asks';
  if (supposes(words) || isYetToBe(words) || isHearsay(words)) return 'supposes';
  return isOrder(words) ? 'orders' : 'tells';
}

function clausesOf(tokens: readonly Token[], [from, to]: Span): Clause[] {
  const asks = tokens[to]?.text === '?';
  const spans = spansBetween(
    from,
    to,
    (at) => clauseMarks.has(tokens[at]?.text ?? '') && !isSign(tokens, at),
    false,
  ).flatMap(([first, last]) => spansBetween(first, last, (at) => opensClause(tokens, at), true));
  const moods = spans.map((span) => moodOf(textsOf(tokens, span)));
  // "If the old one is gone, there is no …": nothing in such a sentence is said to be so.
  const hypothetical = spans.some((span) => {
    const [first = ''] = body(textsOf(tokens, span));
    return first === 'if' || first === 'unless' || first === 'whether';
  });
  // "somebody said that …": so is what was said.
  moods.forEach((mood, at) => {
    const [from = 0] = spans[at + 1] ?? [];
    const [first, last] = spans[at] ?? [0, 0];
    if (mood === 'supposes' && tokens[from]?.text === 'that' && isHearsay(textsOf(tokens, [first, last])))
      moods[at + 1] = 'supposes';
  });
  return spans.map(([first, last], at) => ({
    from: first,
    to: last,
    mood: asks ? 'asks' : hypothetical ? 'supposes' : (moods[at] ?? 'tells'),
    opensSentence: at === 0,
  }));
}

/** What was said, cut into clauses. */
export function readPassage(tokens: readonly Token[]): Passage {
  const sentences = spansBetween(0, tokens.length, (at) => sentenceEnds.has(tokens[at]?.text ?? ''), false);
  return { tokens, clauses: sentences.flatMap((sentence) => clausesOf(tokens, sentence)) };
}

/** The position of the clause that a token stands in. */
export function clauseAt({ clauses }: Passage, position: number): number {
  return clauses.findIndex(({ from, to }) => position >= from && position < to);
}
