/** Claude as tests of gathering know it: a mind that talks to the stand-in, and what it says of a session. */
import { modelsOf } from '../../../../src/dreamers/anthropic/models.ts';
import type { Mind } from '../../../../src/dreamers/anthropic/mind.ts';
import type { DreamInput } from '../../../../src/core/dream/dreamer.ts';
import { openAnthropic } from '../../../../src/dreamers/anthropic/client.ts';
import { sha256Hex } from '../../../../src/core/text/sha256.ts';
import { dreamInput, type World } from '../../../support/dream-input.ts';
import type { AnthropicStandIn } from '../../../support/anthropic/start.ts';
import type { Asked } from '../../../support/anthropic/messages/asked.ts';
import { answers } from '../../../support/anthropic/messages/reply.ts';

/** As on the ledger, the object of a session changes with it. */
export function inputOf(world: World): DreamInput {
  const objects = (world.sessions ?? []).map((one) => [one.id, sha256Hex(JSON.stringify(one))] as const);
  return { ...dreamInput(world), objects: new Map(objects) };
}

export function mindOf(
  anthropic: AnthropicStandIn,
  input: Pick<DreamInput, 'purse' | 'config'>,
  signal?: AbortSignal,
): Mind {
  return {
    client: openAnthropic({ apiKey: anthropic.key, baseURL: anthropic.url, maxRetries: 0 }),
    models: modelsOf(input.config),
    purse: input.purse,
    prices: {},
    ...(signal === undefined ? {} : { signal }),
  };
}

/** One lesson, said in the words of an event. */
export const noticed = (lesson: string, event: number, quote: string, text = quote) => ({
  lesson,
  text,
  quotes: [{ event, quote }],
});

/** A model that finds a preference in every sentence with "always" in it. */
export function noticesAlways({ latest }: Asked): string {
  const found = [...latest.matchAll(/^\[(\d+)\] person: (.*\balways\b.*)$/gm)];
  return answers({
    observations: found.map(([, event, words = '']) => noticed('preference', Number(event), words)),
  });
}
