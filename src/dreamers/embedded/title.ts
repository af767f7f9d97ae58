/** Titles written by code. */

const limit = 100;

/** A verb and the beginning of a text, as one plain line of at most 100 characters. */
export function titled(verb: string, text: string): string {
  const plain = text
    .replace(/```[\s\S]*?(?:```|$)/g, ' ')
    .replace(/[`*#>[\]]|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.:;,]+$/, '');
  const line = `${verb}: ${plain}`;
  return line.length <= limit ? line : `${line.slice(0, limit - 1).replace(/\s+\S*$/, '')}…`;
}
