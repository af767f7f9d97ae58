/** What a dream says to scripts: the JSON documented in docs/cli.md. */
import type { Entry, Store } from '../memory/entry.ts';
import type { Operation } from '../memory/operation.ts';
import type { Finding } from '../guard/finding.ts';
import type { JournalProposal, Outcome, Size } from './journal.ts';
import type { Lead, Proposal, Question } from './proposal.ts';

/** An entry of the base as a script sees it. */
export interface ResolvedEntry {
  readonly id: string;
  readonly file: string;
  readonly lines: readonly [number, number];
  readonly text: string;
}

type Resolved<O> = O extends { entries: unknown }
  ? Omit<O, 'entries'> & { readonly entries: readonly ResolvedEntry[] }
  : O extends { entry: unknown }
    ? Omit<O, 'entry'> & { readonly entry: ResolvedEntry }
    : O;
export type ResolvedOperation = Resolved<Operation>;

export interface ReportedProposal extends Omit<Proposal, 'operations' | 'signals'> {
  readonly operations: readonly ResolvedOperation[];
  readonly findings: readonly Finding[];
  readonly commit?: string;
}

export interface DreamReport {
  readonly outcome: Outcome;
  /** Stable code; also the label of a metric. */
  readonly reason: string;
  /** The reason for a person. */
  readonly message: string;
  readonly dream?: {
    readonly id: string;
    readonly base: string;
    readonly head: string;
    readonly branch?: string;
    readonly dreamer: string;
    readonly sessions: readonly string[];
  };
  readonly proposals: readonly ReportedProposal[];
  readonly withheld: readonly ReportedProposal[];
  readonly questions: readonly Question[];
  readonly leads: readonly Lead[];
  readonly before: Size;
  readonly after: Size;
}

/** An entry as the journal and scripts keep it. */
export function resolveEntry(entry: Entry): ResolvedEntry {
  return { id: entry.id, file: entry.file, lines: [entry.lines[0], entry.lines[1]], text: entry.text };
}

function find(entries: ReadonlyMap<string, ResolvedEntry>, id: string): ResolvedEntry {
  return entries.get(id) ?? { id, file: '', lines: [0, 0], text: '' };
}

function resolveOperation(
  entries: ReadonlyMap<string, ResolvedEntry>,
  operation: Operation,
): ResolvedOperation {
  switch (operation.op) {
    case 'add':
      return operation;
    case 'merge':
      return { ...operation, entries: operation.entries.map((id) => find(entries, id)) };
    case 'revise':
    case 'retire':
    case 'move':
      return { ...operation, entry: find(entries, operation.entry) };
  }
}

/** A journal's proposal with every entry resolved. */
export function reportProposal(proposal: JournalProposal): ReportedProposal {
  const { before, added, signals, operations, ...rest } = proposal;
  const entries = new Map(before.map((entry) => [entry.id, entry]));
  return { ...rest, operations: operations.map((operation) => resolveOperation(entries, operation)) };
}

/** The entries a set of operations touches, as they are in the store. */
export function touchedEntries(store: Store, ids: readonly string[]): ResolvedEntry[] {
  return [...new Set(ids)].flatMap((id) => {
    const entry = store.entries.get(id);
    return entry === undefined ? [] : [resolveEntry(entry)];
  });
}
