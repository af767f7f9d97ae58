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

export interface Clause {
  /** Words that carry the claim. */
  readonly strong: ReadonlySet<string>;
  /** Words so general that a paraphrase may lack them. */
  readonly weak: ReadonlySet<string>;
  /** What turns or narrows it, with repeats: `not`, `only`, `except`. Sorted. */
  readonly limits: readonly string[];
  /** Per word of direction (`before`, `from`, `not`), what follows it: a strong word, or two where the first stands twice. */
  readonly directions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Strong and weak words in order. */
  readonly order: readonly string[];
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

function readClause(text: string, spans: readonly string[]): Clause {
  const general = new Set<string>();
  const turned: string[] = [];
  const strong: string[] = [];
  const order: string[] = [];
  const pointed: { readonly word: string; readonly at: number }[] = [];
  let open: string[] = [];
  const carry = (stem: string): void => {
    for (const word of open) pointed.push({ word, at: strong.length });
    open = [];
    strong.push(stem);
    order.push(stem);
  };
  for (const { word, code } of wordsOf(text, spans)) {
    if (code) {
      for (const stem of stemsOrWord(word)) carry(stem);
      continue;
    }
    const plain = notWords.has(word) ? 'not' : foldSynonym(word);
    if (directions.has(plain)) open.push(plain);
    if (limits.has(plain)) turned.push(plain);
    if (limits.has(plain) || stopWords.has(plain)) continue;
    for (const stem of stems(word).map(foldSynonym)) {
      if (empty.has(stem) || emphasis.has(stem) || directions.has(stem)) continue;
      if (!weak.has(stem)) carry(stem);
      else {
        general.add(stem);
        order.push(stem);
      }
    }
  }
  const first = words(text)[0];
  return {
    strong: new Set(strong),
    weak: general,
    limits: turned.sort(),
    directions: followersOf(pointed, strong),
    order,
    named: masked.test(text) || /\d/.test(text),
    narrows:
      (first !== undefined && narrowing.has(foldSynonym(first))) ||
      turned.some((word) => exceptions.has(word)),
  };
}

/** "from the search index to the search page": where a word stands twice, only the next one tells which is meant. */
function followersOf(
  pointed: readonly { readonly word: string; readonly at: number }[],
  strong: readonly string[],
): Map<string, Set<string>> {
  const followers = new Map<string, Set<string>>();
  for (const { word, at } of pointed) {
    const stem = strong[at] ?? '';
    const twice = strong.indexOf(stem) !== strong.lastIndexOf(stem);
    const known = followers.get(word) ?? new Set<string>();
    followers.set(word, known.add(twice ? `${stem} ${strong[at + 1] ?? ''}` : stem));
  }
  return followers;
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
