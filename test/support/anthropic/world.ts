/** What the stand-in knows while it runs. */
import type { Batch } from './batches/batch.ts';
import type { Asked } from './messages/asked.ts';
import type { PromptCache } from './messages/cache.ts';
import type { Reply } from './messages/reply.ts';

export interface Limits {
  readonly requestBytes: number;
  readonly contextTokens: number;
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
  readonly answer: (asked: Asked) => Promise<Reply>;
  readonly violations: string[];
  readonly batches: Map<string, Batch>;
  /** Whether a batch has ended when it is first looked at, or only when the test says so. */
  readonly batchesEnd: 'at once' | 'when told';
}
