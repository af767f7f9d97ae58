/** The words of a text, and what remains of them for comparing. */
import { remembered } from './remembered.ts';
import { stemmer } from 'stemmer';
import { withoutMarkup } from './markup.ts';
import { notWords, stopWords, synonymLines } from './word-lists.ts';

interface Word {
  readonly text: string;
  /** A path, flag, version, number or name of code: never stemmed. */
  readonly identifier: boolean;
}

// Scripts written without spaces; their words are not found without a dictionary, so pairs of characters stand in.
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;
const leadingMarks = /^[^\p{L}\p{N}\p{So}@$~./_<>=#*^-]+/u;
const trailingMarks = /[^\p{L}\p{M}\p{N}\p{So}/+#%_)*]+$/u;
/** "Make sure that X", "be sure to X": says no more than X. */
const fillers =
  /\b(?:make|making|be) (?:sure|certain)\b|\bremember to\b|\b(?:it is|it's) important (?:to|that)\b/gi;
const hasWordCharacter = /[\p{L}\p{N}\p{So}]/u;
const identifierShape = /[\p{N}_/\\@$.:=#+(]|^--?\p{L}|\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}/u;

/** The words of a text in order, lower-cased; identifiers, paths, flags and versions whole; marks of Markdown gone. */
export function words(text: string): string[] {
  return tokens(text).map((word) => word.text);
}

/**
 * What a text is compared by: its words without stop words, stemmed (Porter); identifiers as they are; every kind of
 * "not" as `not`. "must", "only", "always", "never" and their like stay, for they carry the rule.
 */
export function stems(text: string): string[] {
  return tokens(text.replace(fillers, ' ')).flatMap((word) => stemsOf(word));
}

function stemsOf({ text, identifier }: Word): string[] {
  if (stopWords.has(text)) return [];
  if (identifier) return [text];
  if (notWords.has(text)) return ['not'];
  // "case-insensitive" and "case insensitive" are the same words.
  const parts = text.split('-').filter((part) => part !== '');
  return parts
    .map((part) => part.replace(/'(?:s|re|ll|ve|d|m)?$/, ''))
    .filter((part) => part !== '' && !stopWords.has(part))
    .map((part) => stemOf(part));
}

/** The Porter stem of an English word, or of the word that stands for its synonyms; any other word as it is. */
function stemOf(word: string): string {
  // "HTTPS" is no plural.
  if (!/^[a-z]+$/.test(word) || word === 'https') return word;
  const stem = rootOf(word);
  return synonyms.get(stem) ?? stem;
}

/** "deployed" as "deployment": Porter turns the `y` of one of them into `i`. "Lazily" is "lazy". */
function rootOf(word: string): string {
  return stemmer(adjectiveOf(word)).replace(/(?<=[aeiou])i$/, 'y');
}

/** Words in "-ly" that are no adverbs of manner: how often, verbs and nouns, and those of another meaning than their root. */
const noManner =
  /^(?:(?:dai|week|month|night|hour|year|quarter|on|ear|sole|mere|hard|near|late|most|high|like|un?like|friend|cost|bare|short|sure|real|simp|fami|assemb|anoma|monopo|rep|app|supp|comp|imp|multip|re)ly|\w{0,3}ly)$/;

function adjectiveOf(word: string): string {
  if (!word.endsWith('ly') || noManner.test(word)) return word;
  if (word.endsWith('bly')) return `${word.slice(0, -1)}e`;
  return word.endsWith('ily') ? `${word.slice(0, -3)}y` : word.slice(0, -2);
}

const synonyms: ReadonlyMap<string, string> = new Map(
  synonymLines.flatMap((line) => {
    const [first = '', ...others] = line.split(' ').map((word) => rootOf(word));
    return others.map((other): [string, string] => [other, first]);
  }),
);

const tokens = remembered(tokenise);

function tokenise(text: string): Word[] {
  const result: Word[] = [];
  const plain = withoutMarkup(text).normalize('NFC').replaceAll(/[’ʼ]/g, "'");
  for (const chunk of plain.split(/[\s|,;"“”„«»…]+|[—–](?=\P{N}|$)/u)) {
    for (const word of wordsOfChunk(chunk)) result.push(word);
  }
  return result;
}

function wordsOfChunk(chunk: string): Word[] {
  if (chunk === '') return [];
  const core = trimMarks(chunk);
  if (!hasWordCharacter.test(core)) return [];
  if (core.search(unspaced) === -1) return [plainWord(core)];
  const result: Word[] = [];
  let from = 0;
  for (const match of core.matchAll(unspaced)) {
    pushSpaced(result, core.slice(from, match.index));
    for (const text of pairs(match[0])) result.push({ text, identifier: true });
    from = match.index + match[0].length;
  }
  pushSpaced(result, core.slice(from));
  return result;
}

function pushSpaced(result: Word[], piece: string): void {
  const core = trimMarks(piece);
  if (hasWordCharacter.test(core)) result.push(plainWord(core));
}

function plainWord(core: string): Word {
  return { text: core.toLowerCase(), identifier: identifierShape.test(core) };
}

function trimMarks(chunk: string): string {
  // No word is this long; what is, is data, and trimming it would take quadratic time.
  if (chunk.length > 400) return chunk;
  const core = chunk.replace(leadingMarks, '').replace(trailingMarks, '');
  // "(see docs)" loses its bracket, "render()" keeps it.
  return core.endsWith(')') && !core.includes('(')
    ? core.replace(/\)+$/, '').replace(trailingMarks, '')
    : core;
}

function pairs(run: string): string[] {
  const characters = Array.from(run);
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => (characters[index] ?? '') + character);
}
