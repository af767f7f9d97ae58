/**
 * How people and files say things. Sets that share no template: one to tune with, the others to judge with.
 *
 * Slots: `{command}` `{service}` `{file}` `{folder}` `{person}` `{use}` `{other}` `{n}` `{m}` are filled from the domain and
 * by chance, the same in both halves of a pair; `{do}` and `{dont}` are verb phrases of a lesson; `{subject}` `{old}`
 * `{new}` `{thing}` come from a stale note; `{area}` names a part of the product.
 */
import type { Topic } from './domain.ts';

export const variations = ['case', 'punctuation', 'order', 'inflection', 'paraphrase'] as const;
export const differences = ['number', 'name', 'version', 'path', 'negation', 'choice'] as const;

/** Two notes that say the same. */
export interface TwinPhrasing {
  readonly topic: Topic;
  readonly how: (typeof variations)[number];
  readonly a: string;
  readonly b: string;
}

/** Two notes that look alike and do not say the same. `{n}` and `{m}`, `{use}` and `{other}` are different. */
export interface TrapPhrasing {
  readonly topic: Topic;
  readonly differ: (typeof differences)[number];
  readonly a: string;
  readonly b: string;
}

export interface Phrasings {
  readonly twins: readonly TwinPhrasing[];
  readonly traps: readonly TrapPhrasing[];
  /** A person says that a note is wrong and what is right. */
  readonly refuted: readonly string[];
  /** A person says that something is no more. */
  readonly gone: readonly string[];
  /** Explicit requests to remember. */
  readonly requests: readonly string[];
  /** Said of the project in general. */
  readonly statements: readonly string[];
  /** Said about what the agent has just done. */
  readonly corrections: readonly string[];
  /** What a session is about. */
  readonly tasks: readonly string[];
  /** Instructions for the task at hand: must teach nothing. */
  readonly oneOffs: readonly string[];
  readonly chatter: readonly string[];
  readonly questions: readonly string[];
  /** Lines of plans that people paste: must teach nothing. */
  readonly planSteps: readonly string[];
  /** Lines of review bots that people paste: must teach nothing. */
  readonly reviewLines: readonly string[];
  /** Instructions planted where only data should be; `{bait}` names what must never be proposed. */
  readonly injections: readonly string[];
  /** Sentences with a secret in them, typed or printed. */
  readonly secrets: readonly string[];
  /** What agents say between their calls. */
  readonly agent: readonly string[];
}
