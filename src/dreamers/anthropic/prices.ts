/**
 * What models cost. Published at platform.claude.com/docs/en/about-claude/pricing, read on 2026-11-21; a price of the
 * config (`budget.prices`) comes first, so that a table that has aged stops nobody.
 */
import type { Config } from '../../core/config.ts';
import type { Money } from '../../core/dream/purse.ts';

/** US dollars per million tokens. */
interface Price {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  /** Kept for five minutes. */
  readonly cacheWrite: number;
  /** For prompts of more than so many tokens, those of the cache included, these are the prices. */
  readonly long?: { readonly above: number } & Omit<Price, 'long'>;
}

/** @param reads the part of the input price that a token from the cache costs; a write costs a quarter more than it. */
const price = (input: number, output: number, reads = 0.1): Price => ({
  input,
  output,
  cacheRead: input * reads,
  cacheWrite: input * 1.25,
});

/** By the beginning of the id; a snapshot (`-20251001`) costs what its model costs. */
const table: Readonly<Record<string, Price>> = {
  'claude-fable-5-1': price(10, 50, 0.025),
  'claude-mythos-5-1': price(10, 50, 0.025),
  'claude-fable-5': price(10, 50),
  'claude-mythos-5': price(10, 50),
  'claude-opus-5-5': price(4, 20, 0.05),
  'claude-opus-5': price(5, 25),
  'claude-opus-4-8': price(5, 25),
  'claude-opus-4-7': price(5, 25),
  'claude-opus-4-6': price(5, 25),
  'claude-opus-4-5': price(5, 25),
  'claude-sonnet-5-5': price(2, 10, 0.05),
  'claude-sonnet-5': price(2, 10),
  'claude-sonnet-4-6': price(3, 15),
  'claude-sonnet-4-5': price(3, 15),
  'claude-haiku-5-5': { ...price(0.1, 0.5), long: { above: 100_000, ...price(0.5, 2.5) } },
  'claude-haiku-4-5': price(1, 5),
};

const snapshot = /-\d{8}$/;

function priceOf(model: string, prices: Config['budget']['prices']): Price | undefined {
  const own = prices[model];
  if (own === undefined) return table[model] ?? table[model.replace(snapshot, '')];
  const { input, output, cacheRead, cacheWrite } = own;
  const usual = price(input, output);
  return {
    ...usual,
    ...(cacheRead === undefined ? {} : { cacheRead }),
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
  };
}

export interface TokenCounts {
  /** Neither written to the cache nor read from it. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
}

/**
 * @param batch half price.
 * @returns US dollars of one request; undefined where nobody knows the price of the model.
 */
export function costOf(
  model: string,
  tokens: TokenCounts,
  { batch, prices }: { readonly batch: boolean; readonly prices: Config['budget']['prices'] },
): number | undefined {
  const found = priceOf(model, prices);
  if (found === undefined) return undefined;
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = tokens;
  const prompt = inputTokens + cacheReadTokens + cacheWriteTokens;
  const per = found.long !== undefined && prompt > found.long.above ? found.long : found;
  const usd =
    (inputTokens * per.input +
      outputTokens * per.output +
      cacheReadTokens * per.cacheRead +
      cacheWriteTokens * per.cacheWrite) /
    1_000_000;
  return batch ? usd / 2 : usd;
}

/** The most that a request of so many tokens can cost: all of the prompt written to the cache, all of the room used. */
export function mostOf(
  model: string,
  inputTokens: number,
  maxTokens: number,
  options: { readonly batch: boolean; readonly prices: Config['budget']['prices'] },
): Money {
  const tokens = {
    inputTokens: 0,
    outputTokens: maxTokens,
    cacheReadTokens: 0,
    cacheWriteTokens: inputTokens,
  };
  return { tokens: inputTokens + maxTokens, usd: costOf(model, tokens, options) ?? 0 };
}
