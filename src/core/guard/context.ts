/** What the checks look at. They are pure: everything is read before. */
import type { Config } from '../config.ts';
import type { SessionSummary } from '../dream/dreamer.ts';
import type { Rejection } from '../dream/journal.ts';
import type { Proposal } from '../dream/proposal.ts';
import type { RepositoryFacts } from '../dream/repository.ts';
import type { Store } from '../memory/entry.ts';
import type { Redactor } from '../sessions/redact.ts';
import type { Event } from '../sessions/session.ts';
import type { CheckName, Finding } from './finding.ts';

/** What all proposals of a dream are checked against. */
export interface DreamContext {
  readonly store: Store;
  /** An event of a session that a proposal cites. */
  readonly quoted: (session: string, event: number) => Event | undefined;
  readonly sessions: ReadonlyMap<string, SessionSummary>;
  /** The independent group of each session. */
  readonly groups: ReadonlyMap<string, string>;
  readonly repository: RepositoryFacts;
  readonly rejections: readonly Rejection[];
  /** What reviewers wrote, by URL; comments nobody read are no evidence. */
  readonly comments?: ReadonlyMap<string, { readonly person: string; readonly text: string }>;
  readonly config: Config;
  readonly redactor: Redactor;
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** The dream only takes away, as much as there is to take, and a person reviews all of it. */
  readonly cleanUp?: boolean;
}

export interface GuardContext extends DreamContext {
  readonly proposal: Proposal;
}

export interface Check {
  readonly name: CheckName;
  /** Pure. May throw: the guard then blocks, because what could not be checked is not known to be good. */
  readonly check: (ctx: GuardContext) => readonly Finding[] | Promise<readonly Finding[]>;
}

/** A shorthand for the findings of one check. */
export interface Findings {
  readonly block: (message: string) => Finding;
  readonly review: (message: string) => Finding;
  readonly note: (message: string) => Finding;
}

export function findingsOf(check: CheckName): Findings {
  return {
    block: (message) => ({ check, severity: 'block', message }),
    review: (message) => ({ check, severity: 'review', message }),
    note: (message) => ({ check, severity: 'note', message }),
  };
}
