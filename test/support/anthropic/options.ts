/** What a test says to the stand-in before it starts. */
import type { DreamAsked, DreamStep } from './dreams/dream.ts';
import type { Asked } from './messages/asked.ts';
import type { Reply } from './messages/reply.ts';
import type { Script } from './script.ts';
import type { Limits, World } from './world.ts';

/** @param nth how many requests for a message came before, batches' items included. */
export type Answerer = (asked: Asked, nth: number) => Reply | Promise<Reply>;

export interface AnthropicOptions {
  /** What the model says to each request. */
  readonly reply?: Answerer;
  /** Or a recorded conversation, which must be asked for as written and to its end. */
  readonly script?: Script;
  /** Which phase of a dream a request belongs to, for scripts and assertions. */
  readonly phaseOf?: (asked: Asked) => string;
  /** The models there are; without it every name is one. */
  readonly models?: readonly string[];
  readonly now?: () => Date;
  readonly limits?: Partial<Limits>;
  /** Tokens below which no prefix is cached; 0 when left out. */
  readonly cacheMinimum?: number;
  /** Whether a batch has ended when it is first looked at (so when left out), or only when the test says so. */
  readonly batches?: World['batchesEnd'];
  /** What is seen of a dream, each time it is asked for; `usualSteps` when left out. @param nth how many came before. */
  readonly dream?: (asked: DreamAsked, nth: number) => readonly DreamStep[];
}

/** A dream that goes well and changes nothing. */
export const usualSteps: readonly DreamStep[] = [
  { status: 'pending' },
  { status: 'running', usage: { input_tokens: 1_000, output_tokens: 100 } },
  { status: 'completed', usage: { input_tokens: 2_000, output_tokens: 200 } },
];
