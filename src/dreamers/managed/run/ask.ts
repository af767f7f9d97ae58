/** Asks Anthropic for a dream, once, whatever happens on the way. */
import type Anthropic from '@anthropic-ai/sdk';
import { askingAnthropic } from '../../anthropic/failure.ts';
import { within, type Connection } from '../connection.ts';
import type { Run } from '../state.ts';

/** How far the clocks of two machines may be apart, in milliseconds. */
const clocksApart = 600_000;

/**
 * @returns the dream whose answer was lost, known by what it reads; undefined when it was never begun.
 * @throws as `askingAnthropic`.
 */
export function findLost(connection: Connection, run: Run): Promise<Anthropic.Beta.BetaDream | undefined> {
  const since = new Date(Date.parse(run.askedAt) - clocksApart).toISOString();
  const sought = run.sessions.map(({ id }) => id).sort();
  return askingAnthropic('looking for a dream', async () => {
    const { dreams } = connection.client.beta;
    for await (const dream of dreams.list({ 'created_at[gt]': since }, within(connection))) {
      const reads = dream.inputs.flatMap((input) => (input.type === 'sessions' ? input.session_ids : []));
      const store = dream.inputs.find((input) => input.type === 'memory_store')?.memory_store_id;
      if (store === run.store && reads.toSorted().join() === sought.join()) return dream;
    }
    return undefined;
  });
}

/** Not asked a second time here: a dream whose answer is lost has begun, and costs. @throws as `askingAnthropic`. */
export function askForDream(
  connection: Connection,
  run: Run,
  instructions: string | undefined,
): Promise<Anthropic.Beta.BetaDream> {
  return askingAnthropic('starting a dream at Anthropic', () =>
    connection.client.beta.dreams.create(
      {
        inputs: [
          { type: 'memory_store', memory_store_id: run.store },
          { type: 'sessions', session_ids: run.sessions.map(({ id }) => id) },
        ],
        model: run.model,
        ...(instructions === undefined ? {} : { instructions }),
        output_behavior: { type: 'create_new' },
      },
      { ...within(connection), maxRetries: 0 },
    ),
  );
}
