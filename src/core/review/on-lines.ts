/** Which proposal a comment on lines of the diff speaks of, and what a suggested change makes of its text. */
import type { Journal, JournalProposal } from '../dream/journal.ts';
import { parseFile } from '../memory/parse.ts';

export interface OnLines {
  readonly path: string;
  /** LEFT: lines that go. */
  readonly side: 'LEFT' | 'RIGHT';
  readonly lines: readonly [from: number, to: number];
  /** The diff down to the last of these lines. */
  readonly hunk: string;
}

/** @returns its number; undefined when none changes these lines, or several do. */
export function proposalOn({ proposals }: Pick<Journal, 'proposals'>, on: OnLines): number | undefined {
  const found = proposals.filter((proposal) =>
    on.side === 'RIGHT' ? adds(proposal, on) : takes(proposal, on),
  );
  const [only, ...others] = found;
  return others.length === 0 ? only?.number : undefined;
}

function adds(proposal: JournalProposal, on: OnLines): boolean {
  const known = linesIn(proposal, on.path);
  return addedLines(on).some((line) => known.includes(line));
}

function takes({ before }: JournalProposal, { path, lines: [from, to] }: OnLines): boolean {
  return before.some(({ file, lines: [first, last] }) => file === path && first <= to && from <= last);
}

const linesIn = ({ added }: JournalProposal, path: string): readonly string[] =>
  added.filter(({ file }) => file === path).flatMap(({ lines }) => lines);

/** Of the lines that are commented on, those that are new. */
function addedLines({ hunk, lines: [from, to] }: OnLines): readonly string[] {
  const right = hunk.split(/\r?\n/).filter((line) => !line.startsWith('-') && !line.startsWith('\\'));
  return right
    .slice(-(to - from + 1))
    .filter((line) => line.startsWith('+'))
    .map((line) => line.slice(1));
}

/**
 * @param suggestion lines in place of those that are commented on.
 * @returns the text of the proposal with them in it; undefined when they are not lines of it, or make more than one entry.
 */
export function suggestedText(
  proposal: JournalProposal,
  on: OnLines,
  suggestion: string,
): string | undefined {
  const known = linesIn(proposal, on.path);
  const replaced = addedLines(on);
  const [first] = replaced;
  const at = first === undefined ? -1 : known.indexOf(first);
  if (at === -1 || !replaced.every((line, index) => known[at + index] === line)) return undefined;
  const all = [...known.slice(0, at), ...suggestion.split(/\r?\n/), ...known.slice(at + replaced.length)];
  const { entries } = parseFile(on.path, all.join('\n'));
  return entries.length === 1 ? entries[0]?.text : undefined;
}

/** A text as an entry holds it: without the list marker that a person may have typed. */
export function withoutMarker(text: string): string {
  const { entries } = parseFile('text.md', text.trim());
  const [only, ...others] = entries;
  return only?.kind === 'item' && others.length === 0 ? only.text : text.trim();
}
