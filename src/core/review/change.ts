/** What a proposal does to the text of the memory: before and after, for a reader. */
import { diffArrays } from 'diff';
import type { JournalProposal } from '../dream/journal.ts';
import type { Operation } from '../memory/operation.ts';
import { clip, visible } from './visible.ts';

type Before = JournalProposal['before'][number];

export interface Change {
  readonly op: Operation['op'];
  readonly before: readonly Before[];
  /** Absent when entries only go. For a move: the text as it was. */
  readonly after?: string;
  /** Where the text ends up, where that is not where it was. */
  readonly file?: string;
  readonly heading?: readonly string[];
}

/** @returns one change per operation, in their order. Entries that the journal does not know are left out. */
export function changesOf(proposal: Pick<JournalProposal, 'operations' | 'before'>): Change[] {
  const known = new Map(proposal.before.map((entry) => [entry.id, entry]));
  const entries = (ids: readonly string[]): Before[] =>
    ids.map((id) => known.get(id)).filter((entry) => entry !== undefined);
  return proposal.operations.map((operation): Change => {
    const heading = 'heading' in operation && operation.heading ? { heading: operation.heading } : {};
    switch (operation.op) {
      case 'add':
        return { op: 'add', before: [], after: operation.text, file: operation.file, ...heading };
      case 'revise':
        return { op: 'revise', before: entries([operation.entry]), after: operation.text };
      case 'merge':
        return {
          op: 'merge',
          before: entries(operation.entries),
          after: operation.text,
          file: operation.file,
          ...heading,
        };
      case 'retire':
        return { op: 'retire', before: entries([operation.entry]) };
      case 'move': {
        const before = entries([operation.entry]);
        const after = before.map((entry) => entry.text).join('\n');
        return { op: 'move', before, after, file: operation.file, ...heading };
      }
    }
  });
}

/** Whether the memory says less afterwards: an entry goes, or one comes out shorter. */
export function removesText(proposal: Pick<JournalProposal, 'operations' | 'before'>): boolean {
  return changesOf(proposal).some(({ op, before, after }) => {
    if (op === 'retire' || op === 'merge') return true;
    return op === 'revise' && before.some((entry) => (after ?? '').trim().length < entry.text.trim().length);
  });
}

export interface DiffLine {
  readonly sign: '-' | '+' | ' ';
  readonly text: string;
}

/**
 * Lines that go and come. Runs of equal lines are one `…`: no line of memory stands in a review without a sign before it.
 * At most `lines` lines of `width` characters; what is cut is said.
 */
export function diffOf(
  change: Change,
  limit: { readonly lines: number; readonly width: number },
): DiffLine[] {
  const split = (text: string): string[] => visible(text).trimEnd().split('\n');
  const before = change.before.flatMap((entry) => split(entry.text));
  const after = change.after === undefined ? [] : split(change.after);
  const signed = (sign: '-' | '+', texts: readonly string[]): DiffLine[] =>
    texts.map((text) => ({ sign, text: clip(text, limit.width) }));
  // Of notes that become one, what stays is what a reviewer wants to see, also where it is one of them.
  const lines: DiffLine[] =
    change.op === 'merge'
      ? [...signed('-', before), ...signed('+', after)]
      : diffArrays(before, after).flatMap((part): DiffLine[] =>
          part.added || part.removed
            ? signed(part.added ? '+' : '-', part.value)
            : [{ sign: ' ', text: '…' }],
        );
  if (lines.length <= limit.lines) return lines;
  const rest = lines.length - limit.lines;
  return [...lines.slice(0, limit.lines), { sign: ' ', text: `… ${rest} more` }];
}
