/** A world read by a model that notices all that was planted, and what it costs. */
import { openAnthropic } from '../../src/dreamers/anthropic/client.ts';
import { modelsOf } from '../../src/dreamers/anthropic/models.ts';
import { gatherObservations } from '../../src/dreamers/claude/extract/gather.ts';
import { configSchema } from '../../src/core/config.ts';
import { spentOf, type Money } from '../../src/core/dream/purse.ts';
import type { Session } from '../../src/core/sessions/session.ts';
import type { Asked } from '../../test/support/anthropic/messages/asked.ts';
import { answers } from '../../test/support/anthropic/messages/reply.ts';
import { startAnthropic } from '../../test/support/anthropic/start.ts';
import { dreamInput } from '../../test/support/dream-input.ts';
import type { Cited } from '../quality/oracle/words.ts';

export interface Reading {
  readonly spent: Money;
  /** How many quotes the model gave, and how many of them stood in the session. */
  readonly noticed: number;
  readonly proved: number;
}

/** @param planted what the model notices, wherever it is shown it. */
export async function readWorld(sessions: readonly Session[], planted: readonly Cited[]): Promise<Reading> {
  let noticed = 0;
  const reply = ({ latest }: Asked): string => {
    const shown = planted.filter(({ event, quote }) => isShown(latest, event, quote));
    // Another session may have the same words at the same place.
    const seen = new Map(shown.map(({ event, quote }) => [`${event} ${quote}`, observed(event, quote)]));
    noticed += seen.size;
    return answers({ observations: [...seen.values()] });
  };
  const model = await startAnthropic({ reply });
  try {
    const input = dreamInput({ memory: {}, sessions });
    const client = openAnthropic({ apiKey: model.key, baseURL: model.url });
    const mind = { client, models: modelsOf(configSchema.parse({})), purse: input.purse, prices: {} };
    const { observations } = await gatherObservations(mind, input);
    return { spent: spentOf(input.purse.bills()), noticed, proved: observations.length };
  } finally {
    await model.stop();
  }
}

/** Whether words stand in an event as the model is shown it: white space aside. */
export function isShown(text: string, event: number, words: string): boolean {
  const from = text.indexOf(`[${event}] `);
  if (from < 0) return false;
  const next = text.slice(from).search(new RegExp(`\\n\\[(?!${event}\\])`));
  const own = next < 0 ? text.slice(from) : text.slice(from, from + next);
  return folded(own).includes(folded(words));
}

const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A fact needs no person, so that only the words decide. */
const observed = (event: number, quote: string) => ({
  lesson: 'fact',
  text: quote.slice(0, 400),
  quotes: [{ event, quote }],
});
