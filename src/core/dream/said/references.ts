/** Reads words that stand for a thing as the thing: "T? We axed it", "T we got rid of that one", "T: gone since May". */
import { type Clause, type Passage, wordsOf } from './clauses.ts';
import { ended, ending } from './endings.ts';
import { old } from './tokens.ts';
import { isPast, verbStem } from './verbs.ts';
import { isBetween, pronouns } from './vocabulary.ts';

/** Of a clause with more, the first decide. */
const mostPronouns = 4;

/** After so few words a pronoun still stands for what was named before them. */
const nearby = 3;
const determiners = new Set(['the', 'a', 'an', 'our', 'your', 'my', 'their']);
const noteNouns = /^(?:notes?|memory|docs?|documentation|files?|readme|list)$/;
const people = new Set(['we', 'i', 'they', 'somebody', 'someone']);

/** A clause names nothing else after the thing, but where it was read: "who still has T in the notes". */
function endsWithThing(passage: Passage, { from, to }: Clause): boolean {
  const words = wordsOf(passage, from, to);
  const at = words.lastIndexOf(old);
  const rest = words.slice(at + 1);
  const namesMore = rest.some((word, each) => determiners.has(word) && !noteNouns.test(rest[each + 1] ?? ''));
  const near = rest.length <= nearby || rest.every((word) => isBetween(word) || noteNouns.test(word));
  return at !== -1 && near && !namesMore;
}

/** "T we …": where the clause proper begins after the thing it is about. */
function afterTopic(passage: Passage, { from, to }: Clause): number | undefined {
  const at = wordsOf(passage, from, to).findIndex(
    (word, each, words) => word === old && people.has(words[each + 1] ?? ''),
  );
  return at === -1 ? undefined : from + at + 1;
}

/** A clause without a subject: "gone since May". */
function lacksSubject(passage: Passage, { from }: Clause): boolean {
  const first = passage.tokens[from]?.text ?? '';
  return ended.has(first) || (isPast(first) && ending.has(verbStem(first)));
}

/** The passage with "T is" before a clause. */
function withSubject(passage: Passage, { from }: Clause): Passage {
  const [first] = passage.tokens.slice(from, from + 1);
  if (first === undefined) return passage;
  const added = [old, 'is'].map((text) => ({ ...first, text }));
  const moved = (at: number): number => (at > from ? at + added.length : at);
  return {
    tokens: [...passage.tokens.slice(0, from), ...added, ...passage.tokens.slice(from)],
    clauses: passage.clauses.map((each) => ({ ...each, from: moved(each.from), to: moved(each.to) })),
  };
}

/** The passage once for each pronoun between two positions, with the thing in its place. */
function withoutPronouns(passage: Passage, from: number, to: number): Passage[] {
  const places = wordsOf(passage, from, to).flatMap((word, at) => (pronouns.has(word) ? [from + at] : []));
  return places.slice(0, mostPronouns).map((at) => {
    const tokens = passage.tokens.map((token, each) => (each === at ? { ...token, text: old } : token));
    return { ...passage, tokens };
  });
}

/** Other ways to read a passage in which a thing is marked as old: with the mark where a word stands for the thing. */
export function readingsWithReferences(passage: Passage): Passage[] {
  return passage.clauses.flatMap((clause, at) => {
    const topic = afterTopic(passage, clause);
    if (topic !== undefined) return withoutPronouns(passage, topic, clause.to);
    const previous = passage.clauses[at - 1];
    if (previous === undefined || !endsWithThing(passage, previous)) return [];
    return lacksSubject(passage, clause)
      ? [withSubject(passage, clause)]
      : withoutPronouns(passage, clause.from, clause.to);
  });
}
