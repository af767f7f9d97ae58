/** JSON as the command prints it. */

/**
 * What moves a cursor, turns text round or is not seen. Control characters beyond ASCII pass `JSON.stringify` as they
 * are, and some terminals obey them.
 */
const unseen =
  /[^\n\x20-\x7e\p{L}\p{M}\p{N}\p{P}\p{S}]|[\u034f\u115f\u1160\u2800\u3164\uffa0\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/** @returns indented JSON in which everything that cannot be seen is escaped; it parses to the same value. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(unseen, escaped);
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
