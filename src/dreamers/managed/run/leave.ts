/** Leaves nothing behind at Anthropic that nobody needs. */
import type Anthropic from '@anthropic-ai/sdk';
import { askingAnthropic } from '../../anthropic/failure.ts';
import { within, type Connection } from '../connection.ts';

/** The store that a dream wrote to. */
export function outputOf({ outputs, inputs }: Anthropic.Beta.BetaDream): string | undefined {
  const reads = inputs.find((input) => input.type === 'memory_store')?.memory_store_id;
  const output = outputs[0]?.memory_store_id;
  return output === reads ? undefined : output;
}

/**
 * Puts away a dream that has ended. What a completed one wrote is archived, and can still be read; what another left
 * half written is deleted.
 * @returns a sentence where something could not be put away: that is no reason to lose the dream.
 */
export async function leave(
  connection: Connection,
  dream: Anthropic.Beta.BetaDream,
): Promise<readonly string[]> {
  const { dreams, memoryStores } = connection.client.beta;
  const output = outputOf(dream);
  try {
    await askingAnthropic('putting a dream away', async () => {
      if (output !== undefined && dream.status === 'completed')
        await memoryStores.archive(output, {}, within(connection));
      else if (output !== undefined) await memoryStores.delete(output, {}, within(connection));
      await dreams.archive(dream.id, {}, within(connection));
    });
    return [];
  } catch (error) {
    connection.signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    const what = `${dream.id}${output === undefined ? '' : ` and its memory store ${output}`}`;
    return [`The dream ${what} could not be archived: ${reason}.`];
  }
}
