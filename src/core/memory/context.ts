/** What stands around a note and is part of what it says: file name, headings, lead-in. */
import type { Entry, MemoryFile, Store } from './entry.ts';
import { scopeOf } from './scope.ts';
import { negated } from '../text/negations.ts';
import { stems } from '../text/words.ts';
import type { Claim } from '../text/claim/claim.ts';
import { catchAll, foldSynonym, topical } from '../text/claim/claim-words.ts';
import { isSubset, without, type Words } from '../text/claim/word-sets.ts';

export interface Context {
  /** Stems of each heading, outermost first; the name of a topic file comes before them. */
  readonly levels: readonly (readonly string[])[];
  /** Stems of all levels that narrow: without those that only say what sort of notes follow. */
  readonly subject: Words;
  /** The lead-in, or the bold line above its list, folded; empty when there is none. */
  readonly leadIn: string;
  /** A heading or the lead-in says no: "Never add", "**Do NOT:**". */
  readonly denies: boolean;
  /** An item of an ordered list is a step: what it says depends on its place. */
  readonly step: boolean;
}

/** Names that many tools give to their files say nothing of the subject. */
const plainNames =
  /^(?:claude|agents?|gemini|memory|_?index|readme|notes?|copilot-instructions|general|shared|global)$/i;

/** Heads of parallel sections: what is true of one side says nothing of the other. */
const parallels: readonly Words[] = [
  'backend frontend server client api ui web mobile desktop cli gui ios android',
  'unit integration e2e smoke acceptance',
  'dev development staging production prod local remote preview sandbox live',
  'macos mac linux window windows docker kubernetes',
  'manual automatic auto',
  'internal external public private',
  'read write input output request response',
  'v1 v2 v3 v4 old new legacy current',
].map((line) => new Set(line.split(' ').flatMap((word) => [...stems(word), word])));

/** Reads the context of every entry of a store. */
export function readContexts(store: Store): ReadonlyMap<string, Context> {
  return new Map(store.files.flatMap((file) => contextsOfFile(file)));
}

function contextsOfFile(file: MemoryFile): [string, Context][] {
  let bold: { text: string; headings: string } | undefined;
  return file.entries.map((entry): [string, Context] => {
    const headings = entry.headings.join('\n');
    if (entry.kind === 'paragraph') {
      bold = /^\s*(?:\*\*|__)/.test(entry.text) ? { text: entry.text, headings } : undefined;
    }
    const above = entry.kind !== 'paragraph' && bold?.headings === headings ? bold.text : '';
    return [entry.id, contextOf(entry, entry.leadIn ?? above, /\d/.test(file.text.charAt(entry.start)))];
  });
}

function contextOf(entry: Entry, leadIn: string, startsWithDigit: boolean): Context {
  const name = (entry.file.split('/').at(-1) ?? '').replace(/(?:\.instructions)?\.\w+$/, '');
  const levels = [...(plainNames.test(name) ? [] : [name.replaceAll(/[-_.]/g, ' ')]), ...entry.headings].map(
    (level) => stems(level).map(foldSynonym),
  );
  // "Ada's habits" in Ada's folder says whose they are, not what they are about.
  const owner = stems(scopeOf(entry.file).name ?? '');
  return {
    levels,
    subject: new Set(levels.flat().filter((stem) => !catchAll.has(stem) && !owner.includes(stem))),
    leadIn: stems(leadIn)
      .filter((stem) => !catchAll.has(stem))
      .join(' '),
    denies: negated([...entry.headings, leadIn].join('.\n')).length > 0,
    step: entry.kind === 'item' && startsWithDigit,
  };
}

/** Same headings and lead-in, read without case and punctuation. */
export function isIdentical(a: Context, b: Context): boolean {
  return a.leadIn === b.leadIn && a.subject.size === b.subject.size && isSubset(a.subject, b.subject);
}

/**
 * Words that a claim needs to be understood wherever it stands; under headings that name only a topic; and there when it
 * names a value or turns one down.
 */
const standsAlone = { anywhere: 4, underTopics: 3, telling: 2 };

/**
 * Whether two notes with these contexts can be about one thing. Different lead-ins and parallel sections ("Backend",
 * "Frontend") make different claims of the same words; other headings matter only to a claim too short to stand alone.
 * @param claim the shorter of the two notes.
 * @param least words from which a claim stands alone; `undefined`: by what the headings say.
 */
export function isCompatible(
  a: Context,
  b: Context,
  claim: Pick<Claim, 'strong' | 'clauses'>,
  least?: number,
): boolean {
  if (a.step || b.step) return false;
  if (a.leadIn !== b.leadIn || a.denies !== b.denies) return false;
  const [onlyA, onlyB] = [without(a.subject, b.subject), without(b.subject, a.subject)];
  const unsaid = [...onlyA, ...onlyB].filter((stem) => !claim.strong.has(stem));
  if (unsaid.length === 0) return true;
  const enough = unsaid.every((stem) => topical.has(stem)) ? enoughUnderTopics(claim) : standsAlone.anywhere;
  return claim.strong.size >= (least ?? enough) && !areParallel(onlyA, onlyB) && !shareHead(a, b);
}

function enoughUnderTopics({ clauses }: Pick<Claim, 'clauses'>): number {
  const telling = clauses.some(({ named, limits }) => named || limits.length > 0);
  return telling ? standsAlone.telling : standsAlone.underTopics;
}

/** Whether each side has another of words that name parts of one whole: backend and frontend, staging and production. */
export function areParallel(onlyA: readonly string[], onlyB: readonly string[]): boolean {
  return parallels.some(
    (words) => onlyA.some((stem) => words.has(stem)) && onlyB.some((stem) => words.has(stem)),
  );
}

/**
 * "Go tests" and "Shell tests", "Running tests" and "Running integration tests"; "Errors" under "Orders" and under
 * "Billing": kinds of one thing.
 */
function shareHead(a: Context, b: Context): boolean {
  const [first, second] = [a.levels.at(-1) ?? [], b.levels.at(-1) ?? []];
  const [head, other] = [first.at(-1), second.at(-1)];
  if (head === undefined || head !== other || catchAll.has(head)) return false;
  return first.join(' ') !== second.join(' ') || (a.levels.length > 1 && b.levels.length > 1);
}
