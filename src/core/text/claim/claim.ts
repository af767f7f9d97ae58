/** What a note claims, clause by clause, in a form that case, punctuation, inflection and synonyms do not change. */
import { notWords, stopWords } from '../word-lists.ts';
import { stems, words } from '../words.ts';
import {
  directions,
  emphasis,
  exceptions,
  foldSynonym,
  limits,
  narrowing,
  phrases,
  weak,
} from './claim-words.ts';

export interface Clause {
  /** Words that carry the claim. */
  readonly strong: ReadonlySet<string>;
  /** Words so general that a paraphrase may lack them. */
  readonly weak: ReadonlySet<string>;
  /** What turns or narrows it, with repeats: `not`, `only`, `except`. Sorted. */
  readonly limits: readonly string[];
  /** Per word of direction (`before`, `from`, `not`), the strong words that follow it. */
  readonly directions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Strong words in order. */
  readonly order: readonly string[];
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
  /\s(?=(?:because|since|so that|otherwise|which|as (?:it|they|this|we)|using|e\.g\.|to (?:keep|avoid|prevent|ensure|catch|stop|protect|reduce|help))\b)/giu;
const mark = '\u0001';

/** Reads what a text claims. Code spans are never cut. */
export function readClaim(text: string): Claim {
  const plain = phrases.reduce((result, [pattern, word]) => result.replace(pattern, word), text);
  const pieces = plain
    .split(/(`+[^`]*`+)/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(clauseEnd, `$&${mark}`).replace(clauseStart, mark),
    )
    .join('')
    .split(mark);
  const clauses = pieces.map(readClause).filter((clause) => clause.strong.size + clause.weak.size > 0);
  return {
    clauses,
    strong: new Set(clauses.flatMap((clause) => [...clause.strong])),
    words: words(text).join(' '),
  };
}

function readClause(text: string): Clause {
  const strong = new Set<string>();
  const general = new Set<string>();
  const turned: string[] = [];
  const order: string[] = [];
  const followers = new Map<string, Set<string>>();
  let open: string[] = [];
  const carry = (stem: string): void => {
    strong.add(stem);
    order.push(stem);
    for (const word of open) followers.set(word, (followers.get(word) ?? new Set<string>()).add(stem));
    open = [];
  };
  for (const { word, code } of wordsOf(text)) {
    if (code) {
      for (const stem of stemsOrWord(word)) carry(stem);
      continue;
    }
    const plain = notWords.has(word) ? 'not' : foldSynonym(word);
    if (directions.has(plain)) open.push(plain);
    if (limits.has(plain)) turned.push(plain);
    if (limits.has(plain) || stopWords.has(plain)) continue;
    for (const stem of stems(word).map(foldSynonym)) {
      if (weak.has(stem)) general.add(stem);
      else if (!emphasis.has(stem) && !directions.has(stem)) carry(stem);
    }
  }
  const first = words(text)[0];
  return {
    strong,
    weak: general,
    limits: turned.sort(),
    directions: followers,
    order,
    narrows:
      (first !== undefined && narrowing.has(foldSynonym(first))) ||
      turned.some((word) => exceptions.has(word)),
  };
}

/** Code carries the claim whatever its words are: `any`, `use`, `make`. */
function wordsOf(text: string): { word: string; code: boolean }[] {
  return text
    .split(/(`+[^`]*`+)/)
    .flatMap((part, index) => words(part).map((word) => ({ word, code: index % 2 === 1 })));
}

function stemsOrWord(word: string): string[] {
  const found = stems(word).map(foldSynonym);
  return found.length > 0 ? found : [word];
}
