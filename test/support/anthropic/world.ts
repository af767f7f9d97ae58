/** What the stand-in knows while it runs. */
import type { Batch } from './batches/batch.ts';
import type { Dream, DreamAsked, DreamStep } from './dreams/dream.ts';
import type { Asked } from './messages/asked.ts';
import type { PromptCache } from './messages/cache.ts';
import type { Reply } from './messages/reply.ts';
import type { Session } from './sessions/session.ts';
import type { Store } from './stores/store.ts';

export interface Limits {
  readonly requestBytes: number;
  readonly contextTokens: number;
  /** Most memories of a store. */
  readonly memories: number;
  readonly memoryBytes: number;
}

export interface World {
  readonly origin: string;
  /** The only key that is let in. */
  readonly key: string;
  readonly now: () => Date;
  /** `msg_0000000001`. */
  readonly newId: (prefix: string) => string;
  readonly limits: Limits;
  /** The models there are; all names when undefined. */
  readonly models: readonly string[] | undefined;
  readonly cache: PromptCache;
  /** What the model says. @throws {Refusal} when the script has no reply for it. */
  readonly answer: (asked: Asked) => Reply | Promise<Reply>;
  readonly violations: string[];
  readonly batches: Map<string, Batch>;
  /** Whether a batch has ended when it is first looked at, or only when the test says so. */
  readonly batchesEnd: 'at once' | 'when told';
  readonly stores: Map<string, Store>;
  readonly sessions: Map<string, Session>;
  readonly dreams: Map<string, Dream>;
  /** What becomes of a dream. */
  readonly dreamSteps: (asked: DreamAsked, nth: number) => readonly DreamStep[];
}
