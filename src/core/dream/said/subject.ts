/** What texts are about besides their values, and how much of it two of them share. */
import { stems } from '../../text/words.ts';
import { ending } from './endings.ts';
import { isMark, type Range } from './tokens.ts';
import { isPast, verbStem } from './verbs.ts';
import {
  copulas,
  fillers,
  frame,
  haves,
  negations,
  neutral,
  pastCopulas,
  replacing,
  ties,
} from './vocabulary.ts';

/** Stems of a text that belong to none of its values. */
export function subjectOf(text: string, values: readonly Range[]): string[] {
  const rest = values.reduceRight(
    (left, { start, end }) => `${left.slice(0, start)} ¤ ${left.slice(end)}`,
    text,
  );
  return [...new Set(stems(rest))].filter((stem) => /[\p{L}\p{N}]/u.test(stem));
}

const saysNothing = (word: string): boolean =>
  isMark(word) || [fillers, copulas, pastCopulas, haves, negations, neutral].some((words) => words.has(word));

/** A verb of change, and no name that is written like one: "the Go version". */
function tellsChange(word: string, next: string | undefined): boolean {
  const stem = verbStem(word);
  if (!replacing.has(stem) && !ending.has(stem)) return false;
  return isPast(word) || word.endsWith('ing') || next === undefined || isMark(next) || ties.has(next);
}

/** "since the reorg" */
const tellsWhen = (words: readonly string[], at: number): boolean =>
  words[at - 1] === 'since' || (words[at - 2] === 'since' && fillers.has(words[at - 1] ?? ''));

const neutralStems = new Set([...neutral].flatMap((word) => stems(word)));

/**
 * Stems of what a stretch of speech is about: no words of change or time. Words that only say that something has a
 * value ("port", "runs") count when there are no others.
 */
export function contentOf(words: readonly string[]): string[] {
  const said = words.filter(
    (word, at) => !saysNothing(word) && !tellsChange(word, words[at + 1]) && !tellsWhen(words, at),
  );
  const about = stems(said.join(' ')).filter((stem) => !neutralStems.has(stem));
  const core = about.filter((stem) => !frame.has(stem));
  return core.length > 0 ? core : about;
}

/** Words of one root share so many letters, or all but one of the shorter. */
const rootLength = 4;

/** "expire" and "expiry", "poll" and "polling": one root. */
export function isAmong(stem: string, list: readonly string[]): boolean {
  return list.some((other) => {
    const shorter = Math.min(other.length, stem.length);
    const root = stem.slice(0, Math.max(rootLength, shorter - 1));
    return other === stem || (shorter >= rootLength && other.startsWith(root));
  });
}

/** The share of stems that another list holds, 0 to 1; 0 for none. */
export function shareOf(of: readonly string[], within: readonly string[]): number {
  return of.length === 0 ? 0 : of.filter((stem) => isAmong(stem, within)).length / of.length;
}

/** How much of what an entry is about was spoken of; frame words count only when they were said. */
export function closenessOf(subject: readonly string[], spoken: readonly string[]): number {
  return shareOf(
    subject.filter((stem) => !frame.has(stem) || isAmong(stem, spoken)),
    spoken,
  );
}
