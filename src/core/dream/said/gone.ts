/** Which thing an entry speaks of a person said is no more. */
import { negated } from '../../text/negations.ts';
import { remembered } from '../../text/remembered.ts';
import { stopWords } from '../../text/word-lists.ts';
import { stems } from '../../text/words.ts';
import { readPassage } from './clauses.ts';
import { passing } from './endings.ts';
import { saysItEnded } from './ends.ts';
import { standingOf } from './standing.ts';
import { now, tokensOf } from './tokens.ts';
import { comparable, isDistinctive, occurrences, spokenValues } from './values.ts';
import { local, perfects } from './vocabulary.ts';

interface Word {
  readonly text: string;
  /** What it is compared by; empty for stop words. */
  readonly stem: string;
  readonly start: number;
  readonly end: number;
  /** It may be a name by itself: code, or written like an identifier. */
  readonly distinctive: boolean;
}

/** No name is longer. */
const longestWord = 200;
/** Where so many stretches say nothing of an end, none does. */
const mostRuns = 12;

/** An entry's subject begins within this many words. */
const subjectWithin = 4;
const articles = /^(?:the|a|an|our|your|this|that|these|those|named|called)$/i;

/** Words without articles, with their places. */
const wordsOf = remembered(findWords);

function findWords(text: string): readonly Word[] {
  return [...text.matchAll(/`[^`\n]+`|[^\s,;:!?()"“”*]+/g)].flatMap((match): Word[] => {
    const word = match[0].replace(/[.'’]+$/, '');
    const plain = word.replaceAll('`', '');
    if (plain === '' || plain.length > longestWord || articles.test(plain)) return [];
    const distinctive = word.startsWith('`') || /\w[-_./]\w.*[-_./\d]|_|\p{Ll}\p{Lu}|\w\.\w/u.test(plain);
    const stem = stems(plain).join(' ');
    return [{ text: plain, stem, start: match.index, end: match.index + word.length, distinctive }];
  });
}

const content = (word: Word | undefined): boolean => {
  const text = word?.text.toLowerCase() ?? '';
  return text !== '' && !stopWords.has(text) && !perfects.has(text);
};

function same(a: Word, b: Word): boolean {
  const [mine, theirs] = [a.text.toLowerCase(), b.text.toLowerCase()];
  // A key stands for its pair: `Key: <value>`.
  if (mine === theirs || (b.distinctive && mine.startsWith(`${theirs}:`))) return true;
  return a.stem !== '' && a.stem === b.stem;
}

/** How many words an entry and what was said have in common from two places on; a name does not end with "is" or "at". */
function commonLength(mine: readonly Word[], theirs: readonly Word[]): number {
  const differ = mine.findIndex((word, at) => {
    const other = theirs[at];
    return other === undefined || !same(word, other);
  });
  const length = differ === -1 ? mine.length : differ;
  return mine.slice(0, length).findLastIndex(content) + 1;
}

interface Run {
  /** Words before it in the entry, its own, and the one after it. */
  readonly before: readonly Word[];
  readonly words: readonly Word[];
  readonly next: Word | undefined;
  /** The same words as they were said, and the one said before them. */
  readonly said: readonly Word[];
  readonly saidBefore: Word | undefined;
}

/** Every stretch of words that an entry begins with, more or less, and that was said. */
function* commonRuns(mine: readonly Word[], theirs: readonly Word[]): Generator<Run> {
  for (let at = 0; at < Math.min(subjectWithin, mine.length); at += 1)
    for (let from = 0; from < theirs.length; from += 1) {
      const [first, other] = [mine[at], theirs[from]];
      if (first === undefined || other === undefined || !same(first, other)) continue;
      const length = commonLength(mine.slice(at), theirs.slice(from));
      if (length === 0) continue;
      yield {
        before: mine.slice(0, at),
        words: mine.slice(at, at + length),
        next: mine[at + length],
        said: theirs.slice(from, from + length),
        saidBefore: theirs[from - 1],
      };
    }
}

/** What follows is no part of the name: a verb, a preposition, a stop. */
function endsThere(note: string, { words, next }: Run): boolean {
  const last = words.at(-1);
  if (next === undefined || last === undefined || last.distinctive) return true;
  if (/^[,;:.!?()–—]/.test(note.slice(last.end).trimStart())) return true;
  if (!content(next) || next.distinctive) return true;
  return /(?:s|ed)$|^(?:under|over|without|must|should|only|not|never)$/i.test(next.text);
}

/** The entry's name begins earlier and says something narrower, unless code or a name of its own identifies it. */
const isNarrowerInEntry = ({ before, words }: Run): boolean =>
  !words.some(({ distinctive }) => distinctive) && before.some(content);

/** A word right before makes what was said narrower: "the customer import" is not "the import"; nor the old one, where there is a new one. */
function isNarrowerInSpeech(said: string, { said: [first], saidBefore }: Run): boolean {
  if (saidBefore === undefined || first === undefined || first.distinctive) return false;
  if (said.slice(saidBefore.end, first.start).trim() !== '') return false;
  if (/^(?:old|older|previous|former)$/i.test(saidBefore.text) && /\bnew(?:er)?\b/i.test(said)) return true;
  if (!content(saidBefore) || !/^[\p{L}-]+$/u.test(saidBefore.text)) return false;
  return !leads.test(saidBefore.text) || isPartOfName(said, saidBefore);
}

/** "removing warehouses" removes them, but "the staging warehouse", or "the legacy warehouse", is one of them. */
const isPartOfName = (said: string, { text, start }: Word): boolean =>
  !/^(?:old|older|whole|entire|same|said)$/i.test(text) &&
  /\b(?:the|a|an|our|your|this|that|these|those|its|their)\s+$/i.test(said.slice(0, start));

/** Words that stand before a thing and are no part of its name. */
const leads =
  /(?:ed|ing)$|^(?:no|no-one|drop|kill|retire|remove|delete|use|uses|need|have|has|of|rid|off|down|out|away|such|more|any|old|longer|about|because|wrong|hm+|nope|sorry|fyi|so|up|not|threw|took|shut|cut|run|say|says|goodbye|bye|rip|ditch|axe|scrap|stop|quit|left|tore|never|nobody|actually|and|but|legacy|well|yes|yeah|careful|since|find|expect|still|only|now|ignore|forget|like|lol|mentions)$/i;

/** Names by itself: code or an identifier, or two words that mean something together. */
const isNamed = ({ words }: Run): boolean =>
  words.some(({ distinctive }) => distinctive) || words.filter(content).length >= 2;

const isPassing = (said: string): boolean => local.test(said) || passing.test(said);

/** The name, as said, of what an entry speaks of, if the person said that it is no more. */
export function goneThing(note: string, said: string): string | undefined {
  if (isPassing(said)) return undefined;
  const named = [...commonRuns(wordsOf(note), wordsOf(said))].filter(
    (run) =>
      isNamed(run) && endsThere(note, run) && !isNarrowerInEntry(run) && !isNarrowerInSpeech(said, run),
  );
  for (const { said: words } of named.slice(0, mostRuns)) {
    const [first, last] = [words[0], words.at(-1)];
    if (first === undefined || last === undefined) continue;
    const passage = readPassage(tokensOf(said, [{ start: first.start, end: last.end }]));
    if (saysItEnded(passage)) return said.slice(first.start, last.end).replaceAll('`', '');
  }
  return undefined;
}

/** Something else of its kind may be what the name was: then it was replaced, whatever is said of it besides. */
function namesAnother(said: string, name: string): boolean {
  const values = spokenValues(said);
  const [own] = values.filter(({ text }) => text.toLowerCase() === name.toLowerCase());
  const others = values.filter(
    (value) => own !== undefined && value.text !== own.text && comparable(own, value),
  );
  const passage = readPassage(tokensOf(said, [], others));
  return passage.tokens.some(
    ({ text }, at) => text === now && /^(?:holds|open)$/.test(standingOf(passage, at)),
  );
}

/** A name that an entry holds, wherever it stands there, if the person said that what is called so is no more. */
export function goneName(note: string, said: string): string | undefined {
  if (isPassing(said) || negated(note).length > 0) return undefined;
  const names = spokenValues(note).filter(({ kind, text }) => kind === 'name' && isDistinctive(text));
  // A sentence that names nothing else says so by itself; together they may say what took its place.
  const passages = [said, ...said.split('\n')];
  return names.find(({ text, kind }) =>
    passages.some((passage) => {
      const places = occurrences(passage, text, kind);
      const alone = places.length > 0 && !namesAnother(passage, text);
      return alone && saysItEnded(readPassage(tokensOf(passage, places)));
    }),
  )?.text;
}
