/** How much of a model's context a text takes. */
import { estimateTokenCount } from 'tokenx';

/** @returns an estimate in tokens, good to some percent for prose; no model's exact tokenizer. */
export function tokens(text: string): number {
  return estimateTokenCount(text);
}
