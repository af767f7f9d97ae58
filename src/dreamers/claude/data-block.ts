/** Foreign text on its way to a model: between marks that nobody who wrote it could know. */
import { randomBytes } from 'node:crypto';

export interface DataBlocks {
  /** The name of the marks, for the prompt that says what they mean. */
  readonly marker: string;
  enclose(text: string): string;
}

/** 64 random bits in hex. */
export const randomMarker = (): string => randomBytes(8).toString('hex');

/** @param random hex digits that nobody can guess; one marker for one conversation, so that its prefix stays the same. */
export function openDataBlocks(random: () => string = randomMarker): DataBlocks {
  const marker = `data-${random()}`;
  return {
    marker,
    // Whoever has guessed it all the same ends no block.
    enclose: (text) => `<${marker}>\n${text.replaceAll(marker, 'data')}\n</${marker}>`,
  };
}
