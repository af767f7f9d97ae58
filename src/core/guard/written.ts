/** What a proposal writes into memory, and over what. */
import type { Proposal } from '../dream/proposal.ts';
import type { Entry, Store } from '../memory/entry.ts';
import { entriesOf, type Operation } from '../memory/operation.ts';

export interface Written {
  readonly op: Operation['op'];
  /** The text as the memory will hold it. */
  readonly text: string;
  readonly file: string;
  readonly heading: readonly string[];
  /** The entries it takes the place of; none for an addition. */
  readonly over: readonly Entry[];
}

/** The texts of additions, revisions and merges; a move writes nothing new. Entries that are not there are left out. */
export function writtenBy({ operations }: Pick<Proposal, 'operations'>, store: Store): Written[] {
  return operations.flatMap((operation): Written[] => {
    const over = resolved(entriesOf(operation), store);
    switch (operation.op) {
      case 'add':
      case 'merge': {
        const { op, text, file, heading = [] } = operation;
        return [{ op, text, file, heading, over }];
      }
      case 'revise': {
        const [entry] = over;
        if (entry === undefined) return [];
        return [{ op: 'revise', text: operation.text, file: entry.file, heading: entry.headings, over }];
      }
      case 'move':
      case 'retire':
        return [];
    }
  });
}

const resolved = (ids: readonly string[], store: Store): Entry[] =>
  ids.map((id) => store.entries.get(id)).filter((entry) => entry !== undefined);

/** Every entry a proposal touches, in order. */
export function touchedBy({ operations }: Pick<Proposal, 'operations'>, store: Store): Entry[] {
  return resolved(operations.flatMap(entriesOf), store);
}

/** All text of a proposal that would stand in the repository, names of files and headings included. */
export function newText(proposal: Pick<Proposal, 'operations'>): string[] {
  return proposal.operations.flatMap((operation) => [
    ...('text' in operation ? [operation.text] : []),
    ...('file' in operation ? [operation.file] : []),
    ...('heading' in operation ? (operation.heading ?? []) : []),
  ]);
}

/** `CLAUDE.md:12`, as reviewers point at lines. */
export const at = (entry: Pick<Entry, 'file' | 'lines'>): string => `${entry.file}:${entry.lines[0]}`;
