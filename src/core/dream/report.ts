/** What a dream says to scripts: the JSON documented in docs/cli.md. */
import type { Entry, Store } from '../memory/entry.ts';
import { entriesOf, type Operation } from '../memory/operation.ts';
import type { Cleared, Withheld } from '../guard/finding.ts';
import type { Journal, JournalProposal, Outcome, Size } from './journal.ts';
import type { Lead, Question } from './proposal.ts';

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

export interface ReportedProposal extends Omit<
  JournalProposal,
  'operations' | 'signals' | 'before' | 'added'
> {
  readonly operations: readonly ResolvedOperation[];
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

/** What the journal keeps of a proposal. */
export function recordProposal(
  store: Store,
  proposal: Cleared | Withheld,
  commits: readonly { readonly number: number; readonly added: JournalProposal['added'] }[],
  commit: string | undefined,
): JournalProposal {
  return {
    ...proposal,
    findings: [...proposal.findings],
    before: touchedEntries(store, proposal.operations.flatMap(entriesOf)).map((entry) => ({
      ...entry,
      lines: [...entry.lines],
    })),
    added: commits.find((candidate) => candidate.number === proposal.number)?.added ?? [],
    ...(commit === undefined ? {} : { commit }),
  };
}

const emptySize = { files: 0, entries: 0, bytes: 0, tokens: 0 };

/** The report of a dream that did not run, or found nothing new. */
export function idle(outcome: Outcome, reason: string, text: string): DreamReport {
  return {
    outcome,
    reason,
    message: text,
    proposals: [],
    withheld: [],
    questions: [],
    leads: [],
    before: emptySize,
    after: emptySize,
  };
}

/** What a dream ended in, in a sentence. */
export function outcomeMessage(journal: Journal, deferred: number): string {
  const { proposals, withheld } = journal;
  const { length: questions } = journal.questions;
  if (journal.outcome === 'nothing') {
    if (questions > 0)
      return `nothing is proposed, but only a person can answer ${count(questions, 'question')}`;
    return journal.leads.length > 0
      ? `nothing is proved enough to propose; ${count(journal.leads.length, 'lead')} for a person to follow`
      : 'nothing in memory is worth changing';
  }
  if (journal.outcome === 'withheld') return `the guard withheld ${count(withheld.length, 'proposal')}`;
  const more = deferred === 0 ? '' : `, ${deferred} more for later`;
  return `${count(proposals.length, 'proposal')} on branch ${journal.branch ?? ''}${more}`;
}

/** The report of a dream, from its journal. */
export function reportOf(journal: Journal, text: string): DreamReport {
  return {
    outcome: journal.outcome,
    reason: journal.reason,
    message: text,
    dream: {
      id: journal.id,
      base: journal.base,
      head: journal.head ?? journal.base,
      ...(journal.branch === undefined ? {} : { branch: journal.branch }),
      dreamer: journal.dreamer,
      sessions: journal.inputs.map((item) => item.session),
    },
    proposals: journal.proposals.map(reportProposal),
    withheld: journal.withheld.map(reportProposal),
    questions: journal.questions,
    leads: journal.leads,
    before: journal.before,
    after: journal.after,
  };
}

/** "1 session", "3 sessions". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
