/** What a passage says of a value that is marked in it: that it holds, that it does not, or neither. */
import { clauseAt, type Passage, wordsOf } from './clauses.ts';
import { isMark, old } from './tokens.ts';
import { ending } from './endings.ts';
import { isPast, verbStem } from './verbs.ts';
import {
  copulas,
  displacers,
  fillers,
  haves,
  holding,
  negations,
  noteNames,
  pastCopulas,
  perfects,
  pronouns,
  replacing,
  ties,
  wrongWords,
} from './vocabulary.ts';

/** `open`: it is named, and nothing is said of it. `unreal`: it is asked for, supposed, or what somebody believes. */
export type Standing = 'holds' | 'denied' | 'open' | 'unreal';

/** "you take 3000", "the note with 3000": somebody has it so, which proves nothing; but "you mean 3000", "you want 3000". */
function isReported(before: readonly string[]): boolean {
  if (/^(?:mean|want|need)$/.test(before[0] ?? '')) return false;
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
  let tie = '';
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
    if (copulas.has(word) || hasIt) return isNegated(before.slice(at + 1)) ? 'denied' : 'holds';
    if (ties.has(word) && !comes.has(tie)) tie = word;
    if (fillers.has(word) || perfects.has(word) || haves.has(word) || isMark(word) || pronouns.has(word))
      continue;
    return standingByVerb(word, before.slice(at + 1), tie);
  }
  return 'open';
}

const pastAdverbs = new Set(['before', 'ago', 'previously', 'formerly', 'earlier', 'anymore']);

/** "is not", "is no longer"; "that is from before the move: OLD". */
const isNegated = (before: readonly string[]): boolean =>
  negations.has(before[0] ?? '') ||
  (before[0] === 'longer' && before[1] === 'no') ||
  before.some((word) => pastAdverbs.has(word));

/** What a verb says of the value that it is tied to: "moved to NEW", "is kept in NEW", "uses NEW". */
function standingByVerb(verb: string, before: readonly string[], tie: string): Standing {
  const stem = verbStem(verb);
  const near = before.slice(0, 3);
  const negated = near.some((word) => negations.has(word));
  if (replacing.has(stem)) return comes.has(tie) && !negated ? 'holds' : 'denied';
  if (ending.has(stem) || dismissing.has(verb) || negated) return 'denied';
  if (near.some((word) => pastCopulas.has(word))) return 'denied';
  const helped = before.slice(0, 2);
  const passive = helped.some((word) => copulas.has(word) || perfects.has(word));
  const perfect = tie !== '' && helped.some((word) => haves.has(word) && word !== 'had');
  if (isPast(verb) && !passive && !perfect) return holding.has(stem) ? 'denied' : 'unreal';
  // "bumped the port of the server to NEW"
  if (comes.has(tie) && before.some((word) => replacing.has(verbStem(word)) && isPast(word))) return 'holds';
  if (before.some((word) => isPast(word) && !replacing.has(verbStem(word)))) return 'unreal';
  const bound = tie !== '' && (passive || perfect || /[^s]s$/.test(verb));
  return holding.has(stem) || bound ? 'holds' : 'open';
}

/** Tie a verb of change to what came of it. */
const comes = new Set(['to', 'with', 'by', 'into', 'for']);
const dismissing = new Set(['forget', 'ignore', 'skip', 'disregard']);

/** How many words after a value may tell of it. */
const reach = 6;
/** What follows them says since when or for what, and nothing of the value. */
const turns = new Set(['since', 'for', 'as']);
const arrows = new Set(['->', '=>', '→']);
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
  const before = wordsOf(passage, clause.from, at).reverse();
  const [left, right] = [standingBefore(before), standingAfter(wordsOf(passage, at + 1, clause.to))];
  if (left === 'denied' || right === 'denied') return 'denied';
  if (left === 'unreal') return 'unreal';
  if (clause.mood === 'asks' || clause.mood === 'supposes' || isReported(before)) return 'unreal';
  if (clause.mood === 'orders') return 'open';
  return left === 'holds' || right === 'holds' ? 'holds' : 'open';
}
