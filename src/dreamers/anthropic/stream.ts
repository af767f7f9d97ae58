/** A message that is streamed to its end. Long answers need the stream: a request that is silent for minutes is cut. */
import { setTimeout as sleep } from 'node:timers/promises';
import type Anthropic from '@anthropic-ai/sdk';
import { isCut } from './failure.ts';

type StreamParams = Parameters<Anthropic['messages']['stream']>[0];
type FinalMessage<Params extends StreamParams> = Awaited<
  ReturnType<ReturnType<typeof streamed<Params>>['finalMessage']>
>;

export interface StreamOptions {
  readonly signal?: AbortSignal;
  /** How often it is asked for, the first time included; 3 when left out. */
  readonly tries?: number;
  /** Milliseconds before the second try; doubles with each. A second when left out. */
  readonly backOffMs?: number;
  /** Hears of each answer that was cut or aborted, as far as it came: its `usage` is billed although nothing is gained. */
  readonly lost?: (partial: Anthropic.Message) => void;
}

/**
 * @returns the whole message, with `parsed_output` where a format with a parser was asked for.
 * @throws what the SDK throws (`askingAnthropic` makes sense of it); a cut stream after the last try.
 */
export async function finalMessage<const Params extends StreamParams>(
  client: Anthropic,
  params: Params,
  { signal, tries = 3, backOffMs = 1_000, lost }: StreamOptions = {},
): Promise<FinalMessage<Params>> {
  for (let tried = 1; ; tried += 1) {
    const stream = streamed(client, params, signal);
    let partial: Anthropic.Message | undefined;
    stream.on('streamEvent', (_, soFar) => (partial = soFar));
    try {
      return await stream.finalMessage();
    } catch (error) {
      if (partial !== undefined) lost?.(partial);
      if (!isCut(error) || tried >= tries) throw error;
    }
    // Half of it by chance, so that those cut together do not come back together.
    const delay = backOffMs * 2 ** (tried - 1) * (1 + Math.random());
    await sleep(delay, undefined, signal === undefined ? {} : { signal });
  }
}

function streamed<Params extends StreamParams>(client: Anthropic, params: Params, signal?: AbortSignal) {
  return client.messages.stream(params, signal === undefined ? {} : { signal });
}
