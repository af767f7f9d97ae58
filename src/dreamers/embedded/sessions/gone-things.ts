/** Whether a person said that what an entry speaks of is no more. */
import type { Entry } from '../../../core/memory/entry.ts';
import { stopWords } from '../../../core/text/word-lists.ts';
import { stems } from '../../../core/text/words.ts';
import { marked, saysItIsGone } from './polarity.ts';

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** It may be a name by itself: code, or written like an identifier. */
  readonly distinctive: boolean;
}

/** An entry's subject begins within this many words. */
const subjectWithin = 4;
const articles = /^(?:the|a|an|our|your|this|that|these|those|named|called)$/i;

/** Words without articles, with their places. */
function tokensOf(text: string): Token[] {
  return [...text.matchAll(/`[^`\n]+`|[^\s,;:!?()"“”*]+/g)].flatMap((match): Token[] => {
    const word = match[0].replace(/[.'’]+$/, '');
    const plain = word.replaceAll('`', '');
    if (plain === '' || articles.test(plain)) return [];
    const distinctive = word.startsWith('`') || /\w[-_./]\w.*[-_./\d]|_|\p{Ll}\p{Lu}|\w\.\w/u.test(plain);
    return [{ text: plain, start: match.index, end: match.index + word.length, distinctive }];
  });
}

function same(a: Token, b: Token): boolean {
  if (a.text.toLowerCase() === b.text.toLowerCase()) return true;
  const [first, second] = [stems(a.text), stems(b.text)];
  return first.length > 0 && first.join(' ') === second.join(' ');
}

function runLength(entry: readonly Token[], at: number, said: readonly Token[], from: number): number {
  let length = 0;
  for (;;) {
    const [mine, theirs] = [entry[at + length], said[from + length]];
    if (mine === undefined || theirs === undefined || !same(mine, theirs)) break;
    length += 1;
  }
  // A name does not end with "is" or "at".
  while (length > 0 && !content(entry[at + length - 1])) length -= 1;
  return length;
}

const content = (token: Token | undefined): boolean =>
  token !== undefined && !stopWords.has(token.text.toLowerCase());

/** What follows is no part of the name: a verb, a preposition, a stop. */
function endsThere(entry: Entry, last: Token, next: Token | undefined): boolean {
  if (next === undefined || last.distinctive) return true;
  if (/^[,;:.!?()–—]/.test(entry.text.slice(last.end).trimStart())) return true;
  return (
    !content(next) ||
    /(?:s|ed)$/.test(next.text) ||
    next.distinctive ||
    /^(?:under|over|without|must|should|only|not|never)$/i.test(next.text)
  );
}

export interface Gone {
  readonly name: string;
}

/** The thing an entry speaks of, as said, if the person said that it is gone. */
export function goneThing(entry: Entry, said: string): Gone | undefined {
  const mine = tokensOf(entry.text);
  const theirs = tokensOf(said);
  for (let at = 0; at < Math.min(subjectWithin, mine.length); at += 1) {
    for (let from = 0; from < theirs.length; from += 1) {
      const length = runLength(mine, at, theirs, from);
      const run = mine.slice(at, at + length);
      const [first, last, final] = [theirs[from], theirs[from + length - 1], run.at(-1)];
      if (first === undefined || last === undefined || final === undefined) continue;
      if (!run.some((token) => token.distinctive) && run.filter(content).length < 2) continue;
      if (
        !endsThere(entry, final, mine[at + length]) ||
        before(mine, at, run) ||
        more(said, theirs[from - 1], first)
      )
        continue;
      if (saysItIsGone(marked(said, [{ start: first.start, end: last.end }], [])))
        return { name: said.slice(first.start, last.end).replaceAll('`', '') };
    }
  }
  return undefined;
}

/** The entry's name begins earlier and says something narrower, unless code or a name of its own identifies it. */
function before(mine: readonly Token[], at: number, run: readonly Token[]): boolean {
  return at > 0 && !run.some((token) => token.distinctive) && mine.slice(0, at).some(content);
}

/** A word right before makes what was said narrower: "the old customer import" is not "the import". */
function more(said: string, previous: Token | undefined, first: Token): boolean {
  if (previous === undefined || first.distinctive) return false;
  const between = said.slice(previous.end, first.start);
  return (
    /^\s*$/.test(between) &&
    content(previous) &&
    /^[\p{L}-]+$/u.test(previous.text) &&
    !leads.test(previous.text)
  );
}

/** Words that stand before a thing and are no part of its name. */
const leads =
  /(?:ed|ing)$|^(?:no|no-one|drop|kill|retire|remove|delete|use|uses|need|have|has|of|rid|off|down|out|away|such|more|any|old|any|longer|about|because|wrong|hm+|nope|sorry|fyi|so|up|not|threw|took|shut|cut|run|say|says|goodbye|bye|rip|ditch|axe|scrap|stop|quit|left|tore|never|nobody|actually|and|but|legacy|well|yes|yeah|careful|since|find|expect|still|only|now|ignore|forget|like)$/i;
