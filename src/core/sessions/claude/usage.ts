/** Tokens of Anthropic messages. The same usage is repeated on every row of a message, or grows from row to row. */
import type { JsonObject } from '../json-value.ts';
import { asNumber, asObject, present } from '../json-value.ts';
import type { Usage } from '../session.ts';
import { recentMap } from './recent.ts';

const openMessages = 200;

/** The usage block of a message; undefined when it counts nothing. */
export function usageOf(value: unknown): Usage | undefined {
  const usage = asObject(value);
  if (usage === undefined) return undefined;
  const count = (key: string) => asNumber(usage[key]);
  const inputTokens = count('input_tokens');
  const outputTokens = count('output_tokens');
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  return {
    inputTokens: inputTokens ?? 0,
    outputTokens: outputTokens ?? 0,
    ...present({
      cacheReadTokens: count('cache_read_input_tokens'),
      cacheWriteTokens: count('cache_creation_input_tokens'),
    }),
  };
}

export function addUsage(a: Usage, b: Usage): Usage {
  const sum = (x?: number, y?: number) =>
    x === undefined && y === undefined ? undefined : (x ?? 0) + (y ?? 0);
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    ...present({
      cacheReadTokens: sum(a.cacheReadTokens, b.cacheReadTokens),
      cacheWriteTokens: sum(a.cacheWriteTokens, b.cacheWriteTokens),
      usd: sum(a.usd, b.usd),
    }),
  };
}

/** Sums over messages, taking of each message the last usage it was seen with. */
export function usageByMessage(): { see(message: JsonObject): void; total(): Usage | undefined } {
  let closed: Usage | undefined;
  const add = (sum: Usage | undefined, usage: Usage) => (sum === undefined ? usage : addUsage(sum, usage));
  const open = recentMap<Usage>(openMessages, (usage) => (closed = add(closed, usage)));
  return {
    see(message) {
      const usage = usageOf(message.usage);
      if (usage !== undefined && typeof message.id === 'string') open.set(message.id, usage);
    },
    total: () => Array.from(open.values()).reduce<Usage | undefined>(add, closed),
  };
}
