/** What a note claims, clause by clause, in a form that case, punctuation, mood, inflection and synonyms do not change. */
import { remembered } from '../remembered.ts';
import { notWords, stopWords } from '../word-lists.ts';
import { stems, words } from '../words.ts';
import {
  directions,
  emphasis,
  empty,
  exceptions,
  foldSynonym,
  limits,
  narrowing,
  weak,
} from './claim-words.ts';
import { normalForm } from './normal-form.ts';

/** What follows a word of direction. */
export interface Followers {
  /** The first word that carries the claim. */
  readonly first: string;
  /** All words up to the second of them, if no other direction comes between. */
  readonly near: readonly string[];
}

export interface Clause {
  /** Words that carry the claim. */
  readonly strong: ReadonlySet<string>;
  /** Words so general that a paraphrase may lack them. */
  readonly weak: ReadonlySet<string>;
  /** What turns or narrows it, with repeats: `not`, `only`, `except`. Sorted. */
  readonly limits: readonly string[];
  /** Per word of direction (`before`, `from`, `not`), what follows it, each time it stands there. */
  readonly directions: ReadonlyMap<string, readonly Followers[]>;
  /** Strong and weak words in order. */
  readonly order: readonly string[];
  /** The words of `order` that are code, as stems. */
  readonly code: ReadonlySet<string>;
  /** "is called", "must be restarted". */
  readonly passive: boolean;
  /** It holds code or a number: a value. */
  readonly named: boolean;
  /** It narrows what was said before, or takes something away from it. */
  readonly narrows: boolean;
}

export interface Claim {
  readonly clauses: readonly Clause[];
  readonly strong: ReadonlySet<string>;
  /** All words in order, for telling exact repeats. */
  readonly words: string;
}

const clauseEnd = /[.;:!?…]+(?=\s|$)|[()—–]|,(?=\s)|\s-{1,2}(?=\s)|\n\s*\n/g;
const clauseStart =
  /\s(?=(?:because|since|so that|otherwise|which|as (?:it|they|this|we)|e\.g\.|to (?:keep|avoid|prevent|ensure|catch|stop|protect|reduce|help))\b)/giu;
const mark = '\u0001';
/** Code, quoted words and "Go" the language: taken as they are. They stand between these while the prose is rewritten. */
const asWritten =
  /(`+)([^`]+)\1|"([^"\n]{1,80})"|(?<=[\p{Ll}\p{N},)] )Go\b|\bGo (?=(?:files?|code|tests?|modules?|packages?|version|\d))/gu;
const masked = /\uE000(\d+)\uE001/;

const passive =
  /\b(?:is|are|was|were|be|been|being|gets?|got|notbe)\s+(?:\w+ly\s+)?(?:\w+(?:ed|wn|ken|ten|ven|den)|built|run|kept|set|made|sent|read|put|held|found|done|left|lost|met|paid|told)\b/iu;

/** Reads what a text claims. Code spans are never cut. */
export const readClaim = remembered((text: string): Claim => {
  const spans: string[] = [];
  const prose = text.replace(asWritten, (span) => {
    spans.push(span);
    return `\uE000${spans.length - 1}\uE001`;
  });
  const clauses = normalForm(prose)
    .replace(clauseEnd, `$&${mark}`)
    .replace(clauseStart, mark)
    .split(mark)
    .map((piece) => readClause(piece, spans))
    .filter(({ strong, weak: general, limits: turned }) => strong.size + general.size + turned.length > 0);
  return {
    clauses,
    strong: new Set(clauses.flatMap((clause) => [...clause.strong])),
    words: words(text).join(' '),
  };
});

interface Pointing {
  readonly word: string;
  readonly at: number;
  /** It binds to the next word and to no other. */
  readonly binds: boolean;
}

/** What is gathered while the words of a clause are read. */
interface Reading {
  readonly strong: Set<string>;
  readonly weak: Set<string>;
  readonly order: string[];
  readonly code: Set<string>;
  readonly limits: string[];
  /** Words of direction, and how many words stood before each. */
  readonly pointing: Pointing[];
}

function readClause(text: string, spans: readonly string[]): Clause {
  const reading: Reading = {
    strong: new Set(),
    weak: new Set(),
    order: [],
    code: new Set(),
    limits: [],
    pointing: [],
  };
  for (const { word, code } of wordsOf(text, spans)) {
    if (code) stemsOrWord(word).forEach((stem) => carry(reading, stem, true));
    else readWord(reading, word);
  }
  const { strong, weak: general, order, limits: turned } = reading;
  const first = words(text)[0];
  return {
    strong,
    weak: general,
    limits: turned.sort(),
    directions: followersOf(reading),
    order,
    code: reading.code,
    passive: passive.test(text),
    named: masked.test(text) || /\d/.test(text),
    narrows:
      (first !== undefined && narrowing.has(foldSynonym(first))) ||
      turned.some((word) => exceptions.has(word)),
  };
}

function readWord(reading: Reading, word: string): void {
  const binds = word === 'onlyself' || word === 'per';
  const plain = notWords.has(word) ? 'not' : word === 'onlyself' ? 'only' : foldSynonym(word);
  if (directions.has(plain)) reading.pointing.push({ word: plain, at: reading.order.length, binds });
  // It turns down the whole clause, whatever follows.
  const limit = plain === 'notbe' ? 'not' : plain;
  if (limits.has(limit)) reading.limits.push(limit);
  if (limits.has(limit) || stopWords.has(plain)) return;
  for (const stem of stems(word).map(foldSynonym)) {
    if (!empty.has(stem) && !emphasis.has(stem) && !directions.has(stem)) carry(reading, stem);
  }
}

function carry({ strong, weak: general, order, code: written }: Reading, stem: string, code = false): void {
  if (code) written.add(stem);
  (code || !weak.has(stem) ? strong : general).add(stem);
  order.push(stem);
}

function followersOf({ strong, order, pointing, code }: Reading): Map<string, Followers[]> {
  const followers = new Map<string, Followers[]>();
  for (const { word, at, binds } of pointing) {
    const end = pointing.find((other) => other.at > at && endsWhatFollows(word, other.word))?.at;
    const behind = order.slice(at, end);
    const carrying = behind.filter((stem) => strong.has(stem)).slice(0, 2);
    const [first, next] = carrying.length > 0 ? carrying : behind;
    if (first === undefined) continue;
    // "from the search index to the search page": where a word stands twice, only the next one tells which is meant.
    const twice = order.indexOf(first) !== order.lastIndexOf(first);
    // What a condition is about may stand in the other clause, and what is denied before or behind its verb.
    const alone = binds || (word === 'only' && code.has(first));
    const near = alone
      ? [first]
      : word === 'if' || word === 'not'
        ? behind
        : behind.slice(0, behind.indexOf(next ?? first) + 1);
    followers.set(word, [
      ...(followers.get(word) ?? []),
      twice ? { first: `${first} ${next ?? ''}`, near: [] } : { first, near },
    ]);
  }
  return followers;
}

/** "after a change to the schema" goes on behind "to", "from the inbox to the archive" does not. */
const goesOn: ReadonlySet<string> = new Set(['to', 'for', 'on', 'in']);

function endsWhatFollows(word: string, next: string): boolean {
  return word !== 'only' && (!goesOn.has(next) || (word === 'from' && next === 'to'));
}

/** Code carries the claim whatever its words are: `any`, `use`, `make`. */
function wordsOf(text: string, spans: readonly string[]): { word: string; code: boolean }[] {
  return text.split(masked).flatMap((part, index) => {
    const code = index % 2 === 1;
    return words(code ? (spans[Number(part)] ?? '') : part).map((word) => ({ word, code }));
  });
}

function stemsOrWord(word: string): string[] {
  const found = stems(word).map(foldSynonym);
  return found.length > 0 ? found : [word];
}
