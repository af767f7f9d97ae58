/** Sessions handed in over HTTP: who asks for what, and what is answered. */
import type { FormatName } from './session.ts';

/** The memory repository, as the caller wrote it. */
export interface Target {
  readonly owner: string;
  readonly name: string;
}

/** Whoever a token stands for. */
export interface Caller {
  /** The same for all tokens of one caller; limits are counted by it. */
  readonly key: string;
  /** Whose sessions these are: a login. */
  readonly login: string;
  /** They may have typed what they hand in; a workflow has not. */
  readonly person: boolean;
  /** `owner/name` where the sessions were recorded, when that is known. */
  readonly recordedIn?: string;
}

/** Why not, as a sentence for the caller; it holds nothing they may not know. */
export interface Refusal {
  readonly refused: 401 | 403 | 404 | 409 | 422 | 503;
  readonly reason: string;
  /** Seconds after which asking again makes sense. */
  readonly retryAfter?: number;
}

/** What whoever handed a session in is told of it. */
export interface TakenSession {
  readonly id: string;
  readonly agent: string;
  readonly format: FormatName;
  readonly events: number;
  readonly redactions: number;
  readonly skippedLines: number;
}

export interface Submitted {
  readonly sessions: readonly TakenSession[];
  /** How many of them were there already, as they are. */
  readonly unchanged: number;
}

export function isRefusal(answer: object): answer is Refusal {
  return 'refused' in answer;
}
