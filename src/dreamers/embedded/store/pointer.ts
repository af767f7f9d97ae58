/** Cuts "see `path`" out of a note whose rest stands without it. */

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** @returns the note without its one pointer to the path; undefined when it is more than a pointer, or nothing remains. */
export function withoutPointer(text: string, path: string): string | undefined {
  if (text.split(path).length !== 2 || text.includes('\n\n')) return undefined;
  const named = `[\`[(*_]*${escaped(path)}[\`\\])*_]*(?:\\([^()\\s]*\\))?`;
  const say = '(?:see(?: also)?|read|details(?: are)? in|more(?: is)? in|described in|documented in)';
  const inBrackets = new RegExp(
    `\\s*\\((?:for (?:details|more),? )?${say}\\s+${named}(?: for (?:details|more|examples))?\\)`,
    'iu',
  );
  const sentence = new RegExp(
    `(?<=[.!?])\\s+(?:for (?:details|more),? )?${say}\\s+(?:the\\s+)?${named}(?:\\s+for\\s+[\\p{L} ]+)?\\.?\\s*$`,
    'iu',
  );
  for (const pattern of [inBrackets, sentence]) {
    const rest = text.replace(pattern, '').trimEnd();
    if (rest !== text.trimEnd() && !rest.includes(path) && rest.split(/\s+/).length >= 3) return rest;
  }
  return undefined;
}
