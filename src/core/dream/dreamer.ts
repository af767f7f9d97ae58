/** The one interface behind which every mind dreams: embedded, claude, managed. */
import type { Config } from '../config.ts';
import type { Store } from '../memory/entry.ts';
import type { Session, SessionHeader } from '../sessions/session.ts';
import type { Decision } from './journal.ts';
import type { Finding } from '../guard/finding.ts';
import type { Note, Notes } from './notes.ts';
import type { Agent, Draft, Lead, Proposal, Question } from './proposal.ts';
import type { Purse } from './purse.ts';
import type { RepositoryFacts } from './repository.ts';
import type { Signal } from './signal.ts';

/** A session as consolidation sees it: who and when, not its events. */
export type SessionSummary = SessionHeader & { readonly eventCount: number };

/** What is known before anything is decided. */
export interface Orientation {
  readonly store: Store;
  readonly repository: RepositoryFacts;
  /** All retained sessions, sorted by start, then id. */
  readonly sessions: readonly SessionSummary[];
  /** Signals of all retained sessions, sorted by session order, then event. */
  readonly signals: readonly Signal[];
  readonly decisions: readonly Decision[];
  readonly config: Config;
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** Reads one session's events; for dreamers that want more than signals. */
  readSession(id: string): Promise<Session | undefined>;
  readonly signal?: AbortSignal;
}

export interface DreamInput extends Orientation {
  readonly purse: Purse;
  readonly notes: Notes;
  /** The ledger object of each session by its id: another object means that the session grew. */
  readonly objects: ReadonlyMap<string, string>;
  /** Ids of signals that were merged or rejected: a proposal needs one that was not. */
  readonly closed: ReadonlySet<string>;
  /** Somebody waits for it: `/dream now`, or a terminal. */
  readonly urgent: boolean;
  /** What the guard says of each draft, all being proposed together. */
  check(drafts: readonly Draft[]): Promise<readonly (readonly Finding[])[]>;
  /** For a person who watches. */
  progress(step: string): void;
}

export interface DreamDraft {
  /** Best first. Their operations must not touch the same entry twice over all of them. */
  readonly proposals: readonly Draft[];
  readonly questions: readonly Question[];
  readonly leads: readonly Lead[];
  /** What the dreamer itself holds back; at least one finding blocks. */
  readonly withheld?: readonly (Draft & { readonly findings: readonly Finding[] })[];
  /** Sentences for the reviewer about how it went: what was left out, and why. */
  readonly remarks?: readonly string[];
  readonly agents?: readonly Agent[];
  /** Kept in the same step as the journal: what is done with once the proposals are there. */
  readonly notes?: readonly Note[];
  /** It waits for an answer and has nothing yet: what for, as a sentence. Asked again later, it goes on from its notes. */
  readonly waiting?: string;
}

/** What a reviewer said about a proposal, in words. */
export interface Remark {
  readonly person: string;
  readonly words: string;
}

export interface Dreamer {
  readonly name: 'embedded' | 'claude' | 'managed';
  /** It spends money, which is set aside on the ledger first. */
  readonly paid: boolean;
  dream(input: DreamInput): Promise<DreamDraft>;
  /** @returns the text that a proposal should write after a remark. Without it only replacement text can be taken. */
  revise?(input: DreamInput, proposal: Proposal, remark: Remark): Promise<string>;
  /** @returns an answer in prose from the evidence of a proposal. Without it the evidence is shown. */
  explain?(input: DreamInput, proposal: Proposal, remark: Remark): Promise<string>;
}
