/** Which glob patterns a config may hold: ones that no path can keep busy. */

/** Stars in one part of a path, and `**` in all: with few of them matching stays fast whatever the path. */
const mostStars = 3;
const mostFolders = 4;

/**
 * Patterns become regular expressions, where groups and repeated classes (`+(a)`, `(a+)+`, `[a-z]+`) take exponential
 * time. Nobody needs them to name memory files.
 */
export function isPlainGlob(pattern: string): boolean {
  if (pattern.length > 300 || /\(|\]\+/.test(pattern)) return false;
  const parts = pattern.split('/');
  const folders = parts.filter((part) => part === '**').length;
  const stars = parts.map((part) => (part === '**' ? 0 : part.split(/\*+/).length - 1));
  return folders <= mostFolders && stars.every((count) => count <= mostStars);
}
