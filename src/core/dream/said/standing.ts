/** What a passage says of a value that is marked in it: that it holds, that it does not, or neither. */
import { type Clause, clauseAt, type Passage } from './clauses.ts';
import { now, old } from './tokens.ts';
import {
  copulas,
  displacers,
  ending,
  fillers,
  haves,
  holding,
  isPast,
  negations,
  pastCopulas,
  perfects,
  pronouns,
  replacing,
  noteNames,
  ties,
  verbStem,
  wrongWords,
} from './vocabulary.ts';

/** `open`: it is named, and nothing is said of it. `unreal`: it is asked for, supposed, or what somebody believes. */
export type Standing = 'holds' | 'denied' | 'open' | 'unreal';

const isMark = (word: string): boolean => word === old || word === now;

function wordsBefore({ tokens }: Passage, { from }: Clause, at: number): string[] {
  return tokens
    .slice(from, at)
    .map(({ text }) => text)
    .reverse();
}

function wordsAfter({ tokens }: Passage, { to }: Clause, at: number): string[] {
  return tokens.slice(at + 1, to).map(({ text }) => text);
}

/** "you take 3000", "the note with 3000": somebody has it so, which proves nothing; but "you mean 3000". */
function isReported(before: readonly string[]): boolean {
  if (before.includes('mean')) return false;
  return before.some((word, at) => {
    const next = before[at - 1] ?? old;
    if (word === 'you') return true;
    return (
      noteNames.has(word) && before[at + 1] !== 'of' && (isMark(next) || fillers.has(next) || haves.has(next))
    );
  });
}

/** How the words before a value, nearest first, tie it to what is said. */
function standingBefore(before: readonly string[]): Standing {
  let tied = false;
  for (const [at, word] of before.entries()) {
    const next = before[at + 1] ?? '';
    // "changed from OLD to NEW": what is passed over tells of the other value.
    if (isMark(before[at - 1] ?? '') && displacers.has(word)) continue;
    if (word === 'favour' || word === 'favor') return 'holds';
    if (word === 'but') return before.slice(at).some((each) => negations.has(each)) ? 'holds' : 'open';
    if (negations.has(word) || displacers.has(word)) return 'denied';
    if (word === 'be' && next === 'to' && before[at + 2] === 'used') return 'denied';
    if (pastCopulas.has(word) || word === 'had') return 'denied';
    if (word === 'been' && haves.has(next)) return 'holds';
    const hasIt = haves.has(word) && !before.slice(0, at).some((each) => perfects.has(each) || isMark(each));
    if (copulas.has(word) || hasIt) return negatedBefore(before.slice(at + 1)) ? 'denied' : 'holds';
    if (ties.has(word)) tied = true;
    if (fillers.has(word) || perfects.has(word) || haves.has(word) || isMark(word) || pronouns.has(word))
      continue;
    return standingByVerb(word, before.slice(at + 1), tied);
  }
  return 'open';
}

const negatedBefore = (before: readonly string[]): boolean =>
  negations.has(before[0] ?? '') || (before[0] === 'longer' && before[1] === 'no');

function standingByVerb(verb: string, before: readonly string[], tied: boolean): Standing {
  const stem = verbStem(verb);
  const negated = before.slice(0, 3).some((word) => negations.has(word));
  if (replacing.has(stem)) return tied && !negated ? 'holds' : 'denied';
  if (ending.has(stem) || ['forget', 'ignore', 'skip', 'disregard'].includes(verb)) return 'denied';
  if (negated) return 'denied';
  const passive = before.slice(0, 2).some((word) => copulas.has(word) || perfects.has(word));
  if (before.slice(0, 3).some((word) => pastCopulas.has(word))) return 'denied';
  if (isPast(verb) && !passive) return holding.has(stem) ? 'denied' : 'unreal';
  if (tied && before.some((word) => replacing.has(verbStem(word)) && isPast(word))) return 'holds';
  if (before.some((word) => isPast(word) && !replacing.has(verbStem(word)))) return 'unreal';
  return holding.has(stem) || (tied && (passive || /[^s]s$/.test(verb))) ? 'holds' : 'open';
}

/** How many words after a value may tell of it. */
const reach = 6;
/** What follows them says since when or for what, and nothing of the value. */
const turns = new Set(['since', 'for', 'as']);
const arrows = new Set(['->', '=>', '→']);
const pastAdverbs = new Set(['before', 'ago', 'previously', 'formerly', 'earlier', 'anymore']);
const endsNow = /^(?:stopped|ceased|went|left|disappeared|vanished|expired|died)$/;
const away = new Set(['out', 'off', 'over']);

const auxiliary = (word: string): boolean =>
  copulas.has(word) || haves.has(word) || /^(?:do|does|can|will)$/.test(word);

/** What the words after a value say of it. */
function standingAfter(after: readonly string[]): Standing {
  const turn = after.findIndex((word) => turns.has(word));
  const near = after.slice(0, turn === -1 ? reach : Math.min(turn, reach));
  const at = near.findIndex((word) => !fillers.has(word) && word !== 'that' && word !== 'which');
  const verb = near[at];
  const current = near[0] === 'now' || near[0] === 'instead' || near[0] === 'still';
  if (verb === undefined) return current || near.includes('now') ? 'holds' : 'open';
  // "NEW, not OLD" denies the other.
  if (negations.has(verb)) return near.some(isMark) ? 'open' : 'denied';
  if (pastCopulas.has(verb) || verb === 'had' || arrows.has(verb) || pastAdverbs.has(verb)) return 'denied';
  if (auxiliary(verb)) return standingByPredicate(verb, near.slice(at + 1));
  if (endsNow.test(verb)) return 'denied';
  return current || verb === 'replaces' || verb === 'took' ? 'holds' : 'open';
}

/** "is wrong", "is what it was", "is the port of …". */
function standingByPredicate(verb: string, predicate: readonly string[]): Standing {
  const denies = (word: string): boolean =>
    negations.has(word) || wrongWords.has(word) || pastCopulas.has(word) || word === 'had' || word === 'used';
  if (predicate.some(denies)) return 'denied';
  const [first] = predicate;
  if (first === undefined) return 'open';
  if (away.has(first)) return 'denied';
  const ends = ending.has(verbStem(predicate.at(-1) ?? '')) || isPast(first);
  return copulas.has(verb) && !ends ? 'holds' : 'open';
}

/** What is said of the value at a position of the passage. */
export function standingOf(passage: Passage, at: number): Standing {
  const clause = passage.clauses[clauseAt(passage, at)];
  if (clause === undefined) return 'open';
  const before = wordsBefore(passage, clause, at);
  const after = wordsAfter(passage, clause, at);
  const [left, right] = [standingBefore(before), standingAfter(after)];
  if (left === 'denied' || right === 'denied') return 'denied';
  if (left === 'unreal') return 'unreal';
  if (clause.mood === 'asks' || clause.mood === 'supposes' || isReported(before)) return 'unreal';
  if (clause.mood === 'orders') return 'open';
  return left === 'holds' || right === 'holds' ? 'holds' : 'open';
}
