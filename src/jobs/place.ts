/** Where repositories come from, and what a job finds when it opens one. */
import type { Config } from '../core/config.ts';
import type { AgentService } from '../core/dream/agent-service.ts';
import type { Dreamer } from '../core/dream/dreamer.ts';
import type { Ledger } from '../core/dream/ledger.ts';
import type { PullRequests } from '../core/dream/pull-requests.ts';
import type { Repository } from '../core/dream/repository.ts';
import type { Redactor } from '../core/sessions/redact.ts';
import type { Sharing } from '../means.ts';

export interface RepositoryName {
  /** Never reused, and never begins with #. */
  readonly id: string;
  /** Who shares limits with it. */
  readonly installation?: string;
}

/** The reason of one that sleeps because nobody said yes yet: it may be asked. */
export const notOnboarded = 'not-onboarded';

/** A repository that a job works on, as its pipelines need it. */
export interface Place {
  /** Where it is now, whoever asked for the job: who shares its limits. */
  readonly installation?: string;
  readonly repository: Repository;
  readonly ledger: Ledger;
  readonly config: Config;
  readonly redactor: Redactor;
  readonly dreamer: Dreamer;
  /** Whose sessions those are that nobody signed. */
  readonly person: string;
  /** Takes what is over its time off the ledger. @returns the ids of the sessions that went. */
  retain(now: string): Promise<readonly string[]>;
  /** Nobody agreed to its memory being dreamed about, or it must be mended first: nothing is done but to onboard it. */
  readonly asleep?: { readonly reason: string; readonly message: string };
  /** Where its dreams are reviewed, if in pull requests. */
  readonly pullRequests?: PullRequests;
  /** Who shares its budget. */
  readonly sharing?: Sharing;
  /** Where its agents run, if the config says so. */
  readonly agents?: AgentService;
  /** Where a dream of it can be watched, if it takes long enough. */
  readonly watch?: DreamWatch;
  /** Where transcripts are dropped for it, if they are. */
  readonly inbox?: Inbox;
}

/** Where people can see how far a dream is. What goes wrong with it is no matter of the dream. */
export interface DreamWatch {
  step(what: string): void;
  /** @param waits it goes on by itself, and is asked for again. */
  end(what: string, waits: boolean): Promise<void>;
}

/** Transcripts that wait to be taken in. */
export interface Inbox {
  /** Absolute paths of files and folders that nobody writes to any more, sorted. */
  waiting(): Promise<readonly string[]>;
  /** It is on the ledger, so it goes. */
  remove(path: string): Promise<void>;
  /** It cannot be taken in: it is laid aside with the reason beside it. */
  refuse(path: string, reason: string): Promise<void>;
}

export interface RepositorySource<P extends Place = Place> {
  /** All that there are now, in any order. */
  list(signal?: AbortSignal): AsyncIterable<RepositoryName>;
  /** Those where transcripts wait in an inbox, if that can be told without opening them. */
  withDropped?(signal?: AbortSignal): AsyncIterable<RepositoryName>;
  /**
   * @param signal ends all that is started for it; nothing is written any more once it is aborted.
   * @param installation where it was when it was last seen.
   * @returns undefined when there is none of this id any more.
   * @throws {DreamkeeperError} when it is there and cannot be worked on.
   */
  open(id: string, signal: AbortSignal, installation?: string): Promise<P | undefined>;
}
