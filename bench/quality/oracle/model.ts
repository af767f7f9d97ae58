/** A dreamer of Claude's kind whose model is played. */
import type { Dreamer } from '../../../src/core/dream/dreamer.ts';
import { openAnthropic } from '../../../src/dreamers/anthropic/client.ts';
import { createClaudeDreamer } from '../../../src/dreamers/claude/dreamer.ts';
import { gatherObservations } from '../../../src/dreamers/claude/extract/gather.ts';
import { startAnthropic } from '../../../test/support/anthropic/start.ts';
import { playing } from './play.ts';

export interface Model {
  readonly dreamer: Dreamer;
  stop(): Promise<void>;
}

/** @param told as `playing` takes it. */
export async function openModel(...told: Parameters<typeof playing>): Promise<Model> {
  const model = await startAnthropic({ reply: playing(...told), limits: { contextTokens: 1_000_000 } });
  const client = openAnthropic({ apiKey: model.key, baseURL: model.url });
  return {
    dreamer: createClaudeDreamer({ open: () => client, gather: gatherObservations }),
    stop: () => model.stop(),
  };
}
