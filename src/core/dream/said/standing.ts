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
  saying,
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

/** "you take 3000", "the notes say 3000": somebody has it so, which proves nothing; but "it should say 3000". */
function isReported(before: readonly string[]): boolean {
  if (before.some((word) => word === 'should' || word === 'must' || word === 'mean')) return false;
  return before.some((word, at) => {
    const next = before[at - 1] ?? old;
    if (saying.has(word) || word === 'you' || word === 'whoever') return true;
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
    if (word === 'but') return before.slice(at).some((each) => negations.has(each)) ? 'holds' : 'open';
    if (negations.has(word) || displacers.has(word)) return 'denied';
    if (word === 'be' && next === 'to' && before[at + 2] === 'used') return 'denied';
    if (pastCopulas.has(word) || word === 'had') return 'denied';
    if (word === 'been' && haves.has(next)) return 'holds';
    if (copulas.has(word)) return negatedBefore(before.slice(at + 1)) ? 'denied' : 'holds';
    if (ties.has(word)) tied = true;
    if (fillers.has(word) || perfects.has(word) || haves.has(word) || isMark(word) || pronouns.has(word))
      continue;
    return standingByVerb(word, before.slice(at + 1), tied);
  }
  return before.some((word) => word === 'has' || word === 'have') && !isMark(before[0] ?? '')
    ? 'holds'
    : 'open';
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
  if (isPast(verb) && !passive) return holding.has(stem) ? 'denied' : 'open';
  if (tied && before.some((word) => replacing.has(verbStem(word)) && isPast(word))) return 'holds';
  if (before.some((word) => isPast(word) && !replacing.has(verbStem(word)))) return 'denied';
  return holding.has(stem) || (tied && (passive || /[^s]s$/.test(verb))) ? 'holds' : 'open';
}

/** How many words after a value may tell of it. */
const reach = 6;

const arrows = new Set(['->', '=>', '→']);
const pastAdverbs = new Set(['before', 'ago', 'previously', 'formerly', 'earlier', 'anymore']);

function standingAfter(after: readonly string[]): Standing {
  const since = after.findIndex((word) => word === 'since' || word === 'for' || word === 'as');
  const near = after.slice(0, since === -1 ? reach : Math.min(since, reach));
  const verb = near.find((word) => !fillers.has(word) && word !== 'that' && word !== 'which');
  if (verb === undefined) return near.includes('now') || near.includes('instead') ? 'holds' : 'open';
  // "NEW, not OLD" denies the other.
  if (negations.has(verb)) return near.some(isMark) ? 'open' : 'denied';
  if (pastCopulas.has(verb) || verb === 'had') return 'denied';
  if (arrows.has(verb)) return 'denied';
  if (pastAdverbs.has(verb)) return 'denied';
  const rest = near.slice(near.indexOf(verb) + 1);
  if (
    copulas.has(verb) ||
    haves.has(verb) ||
    verb === 'does' ||
    verb === 'do' ||
    verb === 'can' ||
    verb === 'will'
  )
    return rest.some((word) => negations.has(word) || wrongWords.has(word) || pastCopulas.has(word))
      ? 'denied'
      : copulas.has(verb) &&
          rest.length > 0 &&
          !ending.has(verbStem(rest.at(-1) ?? '')) &&
          !isPast(rest[0] ?? '')
        ? 'holds'
        : 'open';
  if (/^(?:stopped|ceased|went|left|disappeared|vanished|expired|died)$/.test(verb)) return 'denied';
  if (verb === 'replaces' || verb === 'took' || near[0] === 'now' || near[0] === 'instead') return 'holds';
  return 'open';
}

/** What is said of the value at a position of the passage. */
export function standingOf(passage: Passage, at: number): Standing {
  const clause = passage.clauses[clauseAt(passage, at)];
  if (clause === undefined) return 'open';
  const before = wordsBefore(passage, clause, at);
  const after = wordsAfter(passage, clause, at);
  const [left, right] = [standingBefore(before), standingAfter(after)];
  if (left === 'denied' || right === 'denied') return 'denied';
  if (clause.mood === 'asks' || clause.mood === 'supposes' || isReported(before)) return 'unreal';
  if (clause.mood === 'orders') return 'open';
  return left === 'holds' || right === 'holds' ? 'holds' : 'open';
}
