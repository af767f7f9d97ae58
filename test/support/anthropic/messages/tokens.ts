/** How many tokens a request is: an estimate over its text, as the product's own, with what the API adds around it. */
import { estimateTokenCount } from 'tokenx';
import type { Piece } from './blocks.ts';
import type { CountParams } from './schema.ts';

/** What the API says of tools to the model (its documentation of tool use: 346 for `auto`; we count it always). */
const toolsPrompt = 346;
/** Around each block. */
const frame = 3;

export function tokensOfPiece({ text }: Piece): number {
  return estimateTokenCount(text) + frame;
}

/** Tokens of no piece: they are never cached here. */
export function overheadOf({ tools = [], output_config }: CountParams): number {
  const format = output_config?.format;
  return (
    (tools.length === 0 ? 0 : toolsPrompt) +
    (format == null ? 0 : estimateTokenCount(JSON.stringify(format.schema)))
  );
}

export const tokensOfText = (text: string): number => estimateTokenCount(text);
