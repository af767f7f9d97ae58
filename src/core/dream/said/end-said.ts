/** Whether the words after a thing say that it is no more: "was removed", "does not exist", "is history". */
import {
  anymore,
  ended,
  endedLong,
  existing,
  existingOnce,
  lasting,
  lastWords,
  stops,
  vanishing,
} from './endings.ts';
import { endingLength, isPartial, tellsOfExisting, wasOnce } from './end-phrases.ts';
import { isPast, verbStem } from './verbs.ts';
import { isAuxiliary, isBetween, negations, pronouns } from './vocabulary.ts';

/** What is said of a thing, without auxiliaries, negations and what may stand between. */
interface Predicate {
  readonly word: string;
  readonly rest: readonly string[];
  readonly negated: boolean;
  /** "is", "has", "got" stand before the word. */
  readonly helped: boolean;
}

function predicateOf(words: readonly string[]): Predicate {
  const leads = (word: string): boolean =>
    [negations, pronouns, anymore].some((each) => each.has(word)) ||
    isAuxiliary(word) ||
    isBetween(word) ||
    word === 'which';
  const found = words.findIndex((word) => !leads(word));
  const at = found === -1 ? words.length : found;
  return {
    word: words[at] ?? '',
    rest: words.slice(at + 1),
    negated: words.slice(0, at).some((word) => negations.has(word)),
    helped: words.slice(0, at).some(isAuxiliary),
  };
}

/** "does not exist", "isn't a thing", "is no longer available", "is no longer". */
function deniesExistence({ word, helped }: Predicate, once: boolean): boolean {
  if (word === '') return helped && once;
  return existing.has(verbStem(word)) || (existingOnce.has(verbStem(word)) && once);
}

/** "was removed", "has been shut down". */
function isEnded({ word, rest, helped }: Predicate): boolean {
  const length = endingLength([word, ...rest]);
  return length > 0 && helped && isPast(word) && !isPartial(rest.slice(length - 1));
}

/** "disappeared", "went away", "is gone". */
const isVanished = ({ word, helped }: Predicate): boolean =>
  (vanishing.has(verbStem(word)) && (isPast(word) || helped)) || word === 'went' || word === 'gone';

/** @param words what follows the thing in its clause */
export function isSaidToEnd(words: readonly string[]): boolean {
  if (lastWords.some((phrase) => ` ${words.join(' ')} `.includes(` ${phrase} `))) return true;
  const predicate = predicateOf(words);
  const { word, rest, negated, helped } = predicate;
  if (negated) return deniesExistence(predicate, wasOnce(words));
  if (helped && ended.has(word)) return !isPartial(rest);
  if (helped && endedLong.has(word)) return rest.some((each) => lasting.has(each));
  // "stopped existing", "ceased to exist"
  if (stops.has(word)) return tellsOfExisting(rest.find((each) => each !== 'to') ?? '');
  return isVanished(predicate) || isEnded(predicate);
}
