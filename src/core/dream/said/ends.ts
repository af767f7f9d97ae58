/** Whether a passage says of a thing that is marked in it that it is no more. */
import { type Clause, clauseAt, type Passage } from './clauses.ts';
import { now, old } from './tokens.ts';
import {
  anymore,
  conjunctions,
  copulas,
  ended,
  endedLong,
  ending,
  existing,
  existingOnce,
  fillers,
  haves,
  isPast,
  lastWords,
  negations,
  neutral,
  noteWords,
  pastCopulas,
  perfects,
  phrasalEndings,
  pronouns,
  subjects,
  vanishing,
  verbStem,
} from './vocabulary.ts';

/** Between a thing and what is said of it, or a verb and its object. */
const between = (word: string): boolean => fillers.has(word) || word.endsWith('ly');

const auxiliary = (word: string): boolean =>
  copulas.has(word) ||
  pastCopulas.has(word) ||
  haves.has(word) ||
  perfects.has(word) ||
  /^(?:does|do|did)$/.test(word);

/** Words that a name may be followed by, so that nothing more particular is meant by both together. */
function closesName(word: string | undefined): boolean {
  if (word === undefined || word === old || word === now) return true;
  if (word === 'from' || word === 'of' || word === 'into') return false;
  return (
    [fillers, conjunctions, subjects, negations, anymore, closers].some((words) => words.has(word)) ||
    between(word) ||
    auxiliary(word)
  );
}

const closers = new Set(
  (
    'last next this weeks months years week month year yesterday today in during because when since after before ago long ages ' +
    'early quite then ever myself ourselves altogether anyway too two three some if as one'
  ).split(' '),
);

/** The longest ending of a phrase list that a list of words begins with; its length, or 0. */
function phraseLength(words: readonly string[], phrase: readonly string[]): number {
  const stemmed = phrase.map((word, at) => (at === 0 ? verbStem(word) : word));
  const starts = (list: readonly string[]): boolean =>
    stemmed.every((word, at) => word === (at === 0 ? verbStem(list[at] ?? '') : list[at]));
  if (starts(words)) return phrase.length;
  // "took it down", "got rid of": an object may stand before the particle.
  const [verb = '', object = '', ...rest] = words;
  return phrase.length === 2 && pronouns.has(object) && starts([verb, ...rest]) ? phrase.length + 1 : 0;
}

/** How many words of an end stand at the beginning of a list: "removed", "shut down", "got rid of". */
function endingLength(words: readonly string[]): number {
  const phrasal = Math.max(0, ...phrasalEndings.map((phrase) => phraseLength(words, phrase)));
  if (phrasal > 0) return phrasal;
  return ending.has(verbStem(words[0] ?? '')) ? 1 : 0;
}

/** "from the poster", "by the new one": only a part of it, or something in its place. */
function isPartial(rest: readonly string[]): boolean {
  const [first = '', second = '', third = ''] = rest;
  if (first === 'from') return !wholes.has(second) && !wholes.has(third);
  return ['by', 'with', 'into', 'to', 'for'].includes(first) && rest.includes(now);
}

/** "for fonts", "in my calendar": gone only there; but "in spring", "for cost reasons". */
function isNarrowed(after: readonly string[]): boolean {
  const at = after.findIndex((word) => !anymore.has(word) && word !== 'any');
  if (!/^(?:for|in|on|at|inside|within)$/.test(after[at] ?? '')) return false;
  const rest = after.slice(at + 1).filter((word) => !between(word));
  return rest.length > 0 && !rest.some((word) => neutral.has(word) || wholes.has(word) || /^\d/.test(word));
}

const wholes = new Set(
  'project repo repository code codebase product everywhere team plan stack setup system company'.split(' '),
);

const once = (words: readonly string[]): boolean => words.some((word) => anymore.has(word));

/** What is said of the thing by the words after it. */
function endsAfter(words: readonly string[]): boolean {
  let at = 0;
  let negated = false;
  let copular = false;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (negations.has(word)) negated = true;
    else if (auxiliary(word)) copular = true;
    else if (word === 'that' || word === 'which' || pronouns.has(word)) continue;
    else if (!between(word) && !anymore.has(word)) break;
  }
  const [word = '', ...rest] = words.slice(at);
  const tail = words.join(' ');
  if (lastWords.some((phrase) => tail.startsWith(phrase) || tail.includes(` ${phrase}`))) return true;
  if (negated) return deniesExistence(word, words, copular);
  if (copular && ended.has(word)) return !isPartial(rest);
  if (copular && endedLong.has(word)) return rest.some((each) => lasting.has(each));
  if (stops.test(word)) return isExisting(verbStem(rest[0] === 'to' ? (rest[1] ?? '') : (rest[0] ?? '')));
  if (vanishing.has(verbStem(word)) || /^(?:went|gone)$/.test(word)) return isPast(word) || copular;
  const length = endingLength(words.slice(at));
  return (
    length > 0 && isPast(word) && copular && !isPartial(words.slice(at + length)) && rest.length >= length - 1
  );
}

/** Makes a state last. */
const lasting = new Set([
  'since',
  'for',
  'long',
  'ages',
  'years',
  'months',
  'ago',
  'last',
  'good',
  'forever',
]);

const stops = /^(?:stopped|quit|ceased)$/;
const isExisting = (stem: string): boolean => existing.has(stem) || existingOnce.has(stem);

/** "does not exist", "is no longer available", "isn't a thing". */
function deniesExistence(word: string, words: readonly string[], copular: boolean): boolean {
  const stem = verbStem(word);
  if (word === '') return copular && once(words);
  if (existing.has(stem)) return true;
  return existingOnce.has(stem) && once(words);
}

/** What is done to the thing by the words before it, nearest first; `after` is what follows it. */
function endsBefore(before: readonly string[], after: readonly string[]): boolean {
  const forward = before.toReversed();
  if (!closesName(after[0]) || isNarrowed(after)) return false;
  const verbAt = forward.findLastIndex((word) => !between(word) || word === 'off' || word === 'down');
  const denied = forward.findLastIndex((word) => negations.has(word));
  if (isAbsent(forward, denied)) return true;
  for (let at = Math.max(0, verbAt - 4); at <= verbAt; at += 1) {
    const words = forward.slice(at);
    const length = endingLength(words);
    if (length === 0 || words.slice(length).some((word) => !between(word))) continue;
    if (negations.has(forward[at - 1] ?? '') || isPartial(after)) return false;
    return isDone(forward.slice(0, at), words[0] ?? '');
  }
  return deniesUse(forward, denied, after);
}

/** An end in the past or perfect, or one that was decided: no order and no noun. */
function isDone(before: readonly string[], verb: string): boolean {
  const nearest = before.findLast((word) => !between(word) || word === 'to') ?? '';
  if (nearest === 'to') {
    const decider = before.findLast((word) => !between(word)) ?? '';
    return /^(?:had|decided|agreed|chose|voted)$/.test(decider);
  }
  return isPast(verb) && !copulas.has(nearest) && !pastCopulas.has(nearest);
}

/** "there is no T", "no more T", "no such thing as T"; `denied` is where the last negation stands. */
function isAbsent(forward: readonly string[], denied: number): boolean {
  if (forward[denied] !== 'no')
    return forward[denied] === 'not' && forward.includes('there') && forward.slice(denied + 1).every(between);
  if (!forward.slice(denied + 1).every((word) => between(word) || word === 'thing')) return false;
  const verb = forward[denied - 1];
  return (
    verb === undefined ||
    auxiliary(verb) ||
    subjects.has(verb) ||
    verb === 'got' ||
    forward[denied + 1] === 'more'
  );
}

/** "we don't have T", "nobody uses T any more", "we stopped running T". */
function deniesUse(forward: readonly string[], denied: number, after: readonly string[]): boolean {
  const verb = forward.findLast((word) => !between(word)) ?? '';
  const stopped = forward.some((word) => stops.test(word));
  if (stopped) return verb.endsWith('ing') && verb !== 'stopping';
  if (denied === -1 || forward.length - denied > 5) return false;
  if (
    auxiliary(verb) &&
    !haves.has(verb) &&
    !(verb === 'do' && forward.indexOf('not') < forward.lastIndexOf('do'))
  )
    return false;
  if (/^(?:have|has|had|own|got)$/.test(verb) && !forward.includes('to')) return true;
  return (
    isExisting(verbStem(verb)) &&
    once([...forward.slice(denied), ...after.slice(0, 3)]) &&
    !forward.slice(denied).includes('to')
  );
}

const farewells = /^(?:goodbye|farewell|bye|rip)$/;
const nounsOfEnd = /^(?:end|death|removal|shutdown|retirement|deletion)$/;

function saysFarewell(before: readonly string[]): boolean {
  const [word = '', second = ''] = before.filter((each) => !between(each) || each === 'of');
  return farewells.test(word) || (word === 'of' && nounsOfEnd.test(second));
}

/** "used to have T", with a denial in what follows. */
function wasOnce(passage: Passage, at: number, before: readonly string[]): boolean {
  if (!(before.includes('used') && before.includes('to'))) return false;
  return passage.tokens.slice(at).some(({ text }) => negations.has(text) || text === 'gone');
}

const textsOf = ({ tokens }: Passage, from: number, to: number): string[] =>
  tokens.slice(from, to).map(({ text }) => text);

/** "the docs of T are gone" says so of the docs. */
const isWithin = (before: readonly string[]): boolean =>
  /^(?:of|at|in|on|for|about|with|to|from|by)$/.test(before.find((word) => !articles.has(word)) ?? '');

const articles = new Set(['the', 'a', 'an', 'our', 'your', 'this', 'that', 'old', 'new']);

function endsAt(passage: Passage, at: number): boolean {
  const clause = passage.clauses[clauseAt(passage, at)];
  if (clause?.mood !== 'tells') return false;
  const before = textsOf(passage, clause.from, at).reverse();
  const after = textsOf(passage, at + 1, clause.to);
  return (
    (!isWithin(before) && endsAfter(after)) ||
    endsBefore(before, after) ||
    saysFarewell(before) ||
    wasOnce(passage, at, before)
  );
}

/** Whether a clause names nothing after the thing: a pronoun right after it stands for the thing. */
function leavesOff(passage: Passage, { from, to }: Clause): boolean {
  const words = textsOf(passage, from, to);
  const at = words.lastIndexOf(old);
  const rest = words.slice(at + 1);
  return (
    at !== -1 &&
    (rest.length <= 3 || rest.every(isEmpty)) &&
    !rest.some((word, each) => names.has(word) && !noteWords.has(rest[each + 1] ?? ''))
  );
}

const isEmpty = (word: string): boolean =>
  between(word) || noteWords.has(word) || pronouns.has(word) || closers.has(word);
const names = new Set(['the', 'a', 'an', 'our', 'your', 'my', 'their']);

/** "T we got rid of that one": where the clause proper begins after the thing it is about. */
function topicEnd({ tokens }: Passage, { from, to }: Clause): number | undefined {
  const at = tokens.findIndex(({ text }, each) => each >= from && each < to && text === old);
  const next = tokens[at + 1]?.text ?? '';
  return at !== -1 && at + 1 < to && /^(?:we|i|they|somebody|someone)$/.test(next) ? at + 1 : undefined;
}

/** Pronouns of the clause after the one that names the thing, each read as the thing. */
function resolved(passage: Passage): Passage[] {
  return passage.clauses.flatMap((clause, at) => {
    const previous = passage.clauses[at - 1];
    const topic = topicEnd(passage, clause);
    const from = topic ?? (previous !== undefined && leavesOff(passage, previous) ? clause.from : undefined);
    if (from === undefined) return [];
    const first = passage.tokens[clause.from];
    const verbless =
      first !== undefined &&
      topic === undefined &&
      (ended.has(first.text) || (isPast(first.text) && ending.has(verbStem(first.text))));
    if (verbless) {
      const tokens = [
        ...passage.tokens.slice(0, clause.from),
        { ...first, text: old },
        { ...first, text: 'is' },
        ...passage.tokens.slice(clause.from),
      ];
      return [
        {
          tokens,
          clauses: passage.clauses.map((each) => ({
            ...each,
            from: each.from > clause.from ? each.from + 2 : each.from,
            to: each.to > clause.from ? each.to + 2 : each.to,
          })),
        },
      ];
    }
    return passage.tokens.flatMap(({ text }, position) => {
      const inside = position >= from && position < clause.to;
      if (!inside || !pronouns.has(text)) return [];
      const tokens = passage.tokens.map((token, each) =>
        each === position ? { ...token, text: old } : token,
      );
      return [{ ...passage, tokens }];
    });
  });
}

/** Whether a passage says that what is marked as old in it is no more. */
export function saysItEnded(passage: Passage): boolean {
  return [passage, ...resolved(passage)].some((reading) =>
    reading.tokens.some(({ text }, at) => text === old && endsAt(reading, at)),
  );
}
