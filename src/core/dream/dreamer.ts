/** The one interface behind which every mind dreams: embedded, claude, managed. */
import type { Config } from '../config.ts';
import type { Store } from '../memory/entry.ts';
import type { Session, SessionHeader } from '../sessions/session.ts';
import type { Decision } from './journal.ts';
import type { Draft, Lead, Question } from './proposal.ts';
import type { RepositoryFacts } from './repository.ts';
import type { Signal } from './signal.ts';

/** A session as consolidation sees it: who and when, not its events. */
export type SessionSummary = SessionHeader & { readonly eventCount: number };

export interface DreamInput {
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

export interface DreamDraft {
  /** Best first. Their operations must not touch the same entry twice over all of them. */
  readonly proposals: readonly Draft[];
  readonly questions: readonly Question[];
  readonly leads: readonly Lead[];
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number; readonly usd: number };
}

export interface Dreamer {
  readonly name: 'embedded' | 'claude' | 'managed';
  dream(input: DreamInput): Promise<DreamDraft>;
}
