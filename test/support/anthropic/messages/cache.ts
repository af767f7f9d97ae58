/** The prompt cache: a prefix that ends at a breakpoint is written the first time, and read the next. */
import { createHash } from 'node:crypto';
import type { Piece } from './blocks.ts';
import type { CountParams } from './schema.ts';
import { tokensOfPiece } from './tokens.ts';

export interface PromptCache {
  /** @returns how many tokens of the pieces are read, written and neither; and keeps what is written. */
  use(params: CountParams, pieces: readonly Piece[]): CacheUse;
  /** As if all had been unused for too long. */
  clear(): void;
}

export interface CacheUse {
  readonly read: number;
  readonly written5m: number;
  readonly written1h: number;
  readonly rest: number;
}

/** The API looks back no further than this from a breakpoint for a prefix it knows. */
const lookBack = 20;

/** @param minimum prefixes of fewer tokens are not kept (1,024 to 4,096 by model; 0 here, so that tests stay small). */
export function createPromptCache(minimum: number): PromptCache {
  const kept = new Set<string>();
  return {
    clear: () => kept.clear(),
    use(params, pieces) {
      const sizes = sums(pieces.map(tokensOfPiece));
      const prefixes = prefixesOf(params, pieces);
      const known = prefixes.findLastIndex(
        (prefix, index) =>
          kept.has(prefix) && pieces.slice(index, index + lookBack).some(({ keep }) => keep !== undefined),
      );
      let read = known < 0 ? 0 : (sizes[known] ?? 0);
      const written = { '5m': 0, '1h': 0 };
      const start = read;
      for (const [index, { keep }] of pieces.entries()) {
        const size = sizes[index] ?? 0;
        if (keep === undefined || size < minimum) continue;
        kept.add(prefixes[index] ?? '');
        if (index <= known) continue;
        written[keep] += size - read;
        read = size;
      }
      return {
        read: start,
        written5m: written['5m'],
        written1h: written['1h'],
        rest: (sizes.at(-1) ?? 0) - read,
      };
    },
  };
}

/** What else a prefix depends on: the model always; within messages, how the model is to think, choose and answer. */
function prefixesOf(params: CountParams, pieces: readonly Piece[]): string[] {
  const ways = JSON.stringify([params.tool_choice, params.thinking, params.output_config?.format]);
  let soFar = params.model;
  return pieces.map(({ part, text }) => {
    const way = part === 'messages' ? ways : '';
    soFar = createHash('sha256').update(`${soFar}\0${part}\0${way}\0${text}`).digest('hex');
    return soFar;
  });
}

function sums(numbers: readonly number[]): number[] {
  let sum = 0;
  return numbers.map((number) => (sum += number));
}
