/** Whether the clauses that name a new value speak of a note. */
import { stems } from '../../text/words.ts';
import { type Clause, clauseAt, type Passage, positionsOf, wordsOf } from './clauses.ts';
import { contentOf, isAmong, shareOf } from './subject.ts';
import { now } from './tokens.ts';
import { copulas, frame, noteNames, pronouns } from './vocabulary.ts';

/** They speak of what the note is about and of nothing else; they may; or they speak of something else. */
export type Bearing = 'sure' | 'possible' | 'none';

/** More than this share of what a clause speaks of is the note's subject. */
const mostOfClause = 0.5;

/** Ways to read what a clause is about, each as stems. */
type Readings = readonly (readonly string[])[];

/** What the clause speaks of cannot be the note's subject, whatever that is. */
const somethingElse: Readings = [['\0']];

/** "the service for crash reports" is about both, or about crash reports, and says what the value is to them. */
function readingsOf(words: readonly string[]): Readings {
  const start = words[0] === 'for' || words[0] === 'as' ? 1 : 0;
  const role = words.findIndex((word, at) => at > start && (word === 'for' || word === 'of'));
  const whole = contentOf(words.slice(start));
  const rest = role === -1 ? [] : contentOf(words.slice(role + 1));
  return [whole, rest].filter((about) => about.length > 0);
}

/** May stand between a verb and its value. */
const hedges = new Set(['now', 'actually', 'currently', 'already', 'officially', 'the', 'a', 'our']);

/** "… is NEW", "… to NEW": what stands before may say what the value is to the thing. */
function tellsRole(before: readonly string[]): boolean {
  const word = before.findLast((each) => !hedges.has(each)) ?? '';
  return copulas.has(word) || word === 'been' || word === 'to';
}

/** "NEW is the port of …", "use NEW as the port of …": what follows says it. Undefined where nothing does. */
function saidAfter(opens: boolean, after: readonly string[]): Readings | undefined {
  const next = after.find((word) => word !== 'now' && word !== 'instead') ?? '';
  const isSubject = opens && copulas.has(next);
  if (!isSubject && next !== 'for' && next !== 'as') return undefined;
  const readings = readingsOf(after);
  if (readings.length > 0) return readings;
  // "NEW is right" says nothing else; "NEW is new in the team" says something else.
  const affirms = after.some((word) => /^(?:correct|right|true|it|current)$/.test(word));
  return isSubject && !affirms ? somethingElse : undefined;
}

/** "it's NEW", "use NEW": for what was spoken of. */
const standIns = new Set(['we', 'use', 'take', 'you', ...pronouns]);

/** What the clause beside one that names only the value speaks of: the one before it, or after "NEW, not OLD" the next. */
function saidBeside(passage: Passage, at: number, before: readonly string[]): Readings {
  const readings = (clause: Clause | undefined): Readings =>
    clause === undefined ? [] : readingsOf(wordsOf(passage, clause.from, clause.to));
  const previous = passage.clauses[at - 1];
  if (before.length > 0 && !before.some((word) => standIns.has(word))) return [];
  if (before.length > 0 && previous !== undefined) return readings(previous);
  const next = passage.clauses[at + 1];
  const denies = next !== undefined && passage.tokens[next.from]?.text === 'not';
  return readings(denies ? passage.clauses[at + 2] : next);
}

/** What the clause of a new value may speak of; none where it names nothing. */
function aboutsOf(passage: Passage, position: number): Readings {
  const at = clauseAt(passage, position);
  const clause = passage.clauses[at];
  if (clause === undefined) return [];
  const before = wordsOf(passage, clause.from, position);
  if (before.some((word) => others.has(word))) return somethingElse;
  const after = saidAfter(before.length === 0, wordsOf(passage, position + 1, clause.to));
  if (after !== undefined) return after;
  const readings = readingsOf(before);
  if (readings.length === 0) return saidBeside(passage, at, before);
  return tellsRole(before) ? readings : readings.slice(0, 1);
}

/** "their upload limit" */
const others = new Set(['their', 'his', 'her', 'my']);

/** Words for memory itself are no subject, but where a note is about them. */
const noteStems = new Set([...noteNames].flatMap((name) => stems(name)));

/**
 * How the clauses that name the new value bear on a note.
 * @param subject stems of what the note is about
 * @param spoken stems of all that was said
 */
export function bearingOf(passage: Passage, subject: readonly string[], spoken: readonly string[]): Bearing {
  const known = (stem: string): boolean => isAmong(stem, subject);
  const abouts = positionsOf(passage, now).flatMap((position) => {
    const readings = aboutsOf(passage, position);
    return (readings.length === 0 ? [[]] : readings).map((about) =>
      about.filter((stem) => !noteStems.has(stem) || known(stem)),
    );
  });
  if (abouts.some((about) => about.length > 0 && about.every(known))) return 'sure';
  // "the mail sender" is not "the webhook sender": each has what the other lacks.
  const whole = subject.every((stem) => frame.has(stem) || isAmong(stem, spoken));
  const may = (about: readonly string[]): boolean =>
    about.every((stem) => frame.has(stem)) || (whole && shareOf(about, subject) > mostOfClause);
  return abouts.some(may) ? 'possible' : 'none';
}
