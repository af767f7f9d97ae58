/** Takes Markdown's marks off a text, so that only what it says is left. */

const comment = /<!--[\s\S]*?(?:-->|$)/g;
const fenceLine = /^[ \t]*(?:```+|~~~+).*$/gm;
const lineMarker = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)]|>|#{1,6})[ \t]+)+(?:\[[ xX]\][ \t]+)?/gm;
const image = /!?\[([^\][]*)\]\(\s{0,9}<?([^\s()<>]*)>?(?:\s{1,9}["'(][^()]*\)?)?\)/g;
const tableRule = /^(?=[^\n]*-)[ \t:|-]+$/gm;
const emphasis = /(?<![\p{L}\p{N}_*])[*_]{1,3}(?=[^\s*_])|(?<=[^\s*_])[*_]{1,3}(?![\p{L}\p{N}_*])|\*\*|~~/gu;

/**
 * Removes comments, fence lines, list, quote and heading markers, emphasis and link brackets. Code spans keep their
 * backticks unless `code` is false: who looks for identifiers needs them.
 */
export function withoutMarkup(text: string, code = false): string {
  const plain = text
    .replace(comment, ' ')
    .replace(fenceLine, '')
    .replace(lineMarker, '')
    .replace(tableRule, '')
    .replace(image, '$1 $2');
  // Stars and underscores inside code are part of the code: `**/*.ts`, `__init__`.
  const parts = plain.split(/(`+[^`]*`+)/);
  const clean = parts.map((part, index) => (index % 2 === 1 ? part : part.replace(emphasis, ''))).join('');
  return code ? clean : clean.replaceAll('`', ' ');
}
