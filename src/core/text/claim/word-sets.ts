/** Questions about two sets of words. */

export type Words = ReadonlySet<string>;

export function isSubset(words: Words, of: Words): boolean {
  for (const word of words) if (!of.has(word)) return false;
  return true;
}

export function overlap(a: Words, b: Words): boolean {
  for (const word of a) if (b.has(word)) return true;
  return false;
}

/** Words of the first that the second lacks. */
export function without(a: Words, b: Words): string[] {
  return [...a].filter((word) => !b.has(word));
}
