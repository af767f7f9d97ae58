/** Whether the words around a thing say that somebody put an end to it, or has it no more: "we removed T", "there is no T". */
import { anymore, farewells, nounsOfEnd, stops } from './endings.ts';
import { endingLength, isNarrowed, isPartial, tellsOfExisting, wasOnce } from './end-phrases.ts';
import { isMark } from './tokens.ts';
import { isPast } from './verbs.ts';
import {
  conjunctions,
  copulas,
  fillers,
  haves,
  isAuxiliary,
  isBetween,
  negations,
  pastCopulas,
  subjects,
} from './vocabulary.ts';

/** Words that may follow a name, so that both together mean nothing more particular. */
const closers = new Set(
  (
    'last next this weeks months years week month year yesterday today in during because when since after before ago long ages ' +
    'early quite then ever myself ourselves altogether anyway too two three some if as one'
  ).split(' '),
);

function closesName(word: string | undefined): boolean {
  if (word === undefined || isMark(word)) return true;
  if (word === 'from' || word === 'of' || word === 'into') return false;
  const classes = [fillers, conjunctions, subjects, negations, anymore, closers];
  return classes.some((words) => words.has(word)) || isBetween(word) || isAuxiliary(word);
}

/** An end in the past or perfect, or one that was decided: no order and no noun. */
function isDone(before: readonly string[], verb: string): boolean {
  const nearest = before.findLast((word) => !isBetween(word) || word === 'to') ?? '';
  if (nearest !== 'to') return isPast(verb) && !copulas.has(nearest) && !pastCopulas.has(nearest);
  const decider = before.findLast((word) => !isBetween(word)) ?? '';
  return /^(?:had|decided|agreed|chose|voted)$/.test(decider);
}

/** A verb of ending has at most so many words. */
const longestEnding = 5;

/** "we removed T", "we got rid of T"; undefined where no such verb governs the thing. */
function isPutToEnd(before: readonly string[], after: readonly string[]): boolean | undefined {
  const last = before.findLastIndex((word) => !isBetween(word) || word === 'off' || word === 'down');
  for (let at = Math.max(0, last + 1 - longestEnding); at <= last; at += 1) {
    const words = before.slice(at);
    const length = endingLength(words);
    if (length === 0 || !words.slice(length).every(isBetween)) continue;
    if (negations.has(before[at - 1] ?? '') || isPartial(after)) return false;
    return isDone(before.slice(0, at), words[0] ?? '');
  }
  return undefined;
}

/** "there is no T", "there isn't T any more", "no more T", "no such thing as T". */
function isAbsent(before: readonly string[]): boolean {
  const denied = before.findLastIndex((word) => negations.has(word));
  const rest = before.slice(denied + 1);
  if (before[denied] === 'not') return before.includes('there') && rest.every(isBetween);
  if (before[denied] !== 'no' || !rest.every((word) => isBetween(word) || word === 'thing')) return false;
  const verb = before[denied - 1];
  return verb === undefined || isAuxiliary(verb) || subjects.has(verb) || rest[0] === 'more';
}

/** How far before a thing its denial stands at most. */
const denialWithin = 5;

/** "we don't have T", "nobody uses T any more", "we stopped running T". */
function isDisused(before: readonly string[], after: readonly string[]): boolean {
  const verb = before.findLast((word) => !isBetween(word)) ?? '';
  if (before.some((word) => stops.has(word))) return verb.endsWith('ing') && verb !== 'stopping';
  const denied = before.findLastIndex((word) => negations.has(word));
  const between = before.slice(denied);
  // "we don't need to mock T any more" is about mocking.
  if (denied === -1 || between.length > denialWithin || between.includes('to')) return false;
  if (haves.has(verb) || verb === 'own' || verb === 'got') return true;
  const main = !isAuxiliary(verb) || (verb === 'do' && between.includes('do'));
  return main && tellsOfExisting(verb) && wasOnce([...between, ...after.slice(0, 3)]);
}

/** "goodbye T", "the end of T". */
function isBidFarewell(before: readonly string[]): boolean {
  const words = before.filter((word) => !isBetween(word) || word === 'of');
  const [last = '', previous = ''] = words.toReversed();
  return farewells.has(last) || (last === 'of' && nounsOfEnd.has(previous));
}

/**
 * @param before what stands before the thing in its clause
 * @param after what follows it there
 */
export function isMadeToEnd(before: readonly string[], after: readonly string[]): boolean {
  if (isBidFarewell(before)) return true;
  if (!closesName(after[0]) || isNarrowed(after)) return false;
  return isAbsent(before) || (isPutToEnd(before, after) ?? isDisused(before, after));
}
