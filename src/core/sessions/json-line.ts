/** Reads JSON Lines that were cut, glued, or filled with rubbish: what can be read is yielded, the rest is counted. */
import type { Line, Parsed, Source } from './format.ts';
import type { JsonObject } from './json-value.ts';
import { isObject } from './json-value.ts';

export type Skipped = Extract<Parsed, { type: 'skipped' }>;

export interface JsonLine {
  readonly type: 'value';
  readonly line: number;
  readonly value: JsonObject;
}

/** Deeper than any transcript; walking and printing such values would overflow the stack. */
const maxDepth = 200;

/**
 * The objects of a JSON Lines source in order; blank lines are passed over silently. Two objects glued on one line are
 * both yielded. A `skipped` item may be yielded on as it is.
 */
export async function* jsonLines(source: Source): AsyncGenerator<JsonLine | Skipped> {
  for await (const line of source.lines()) yield* readJsonLine(line);
}

const lineTooLong = 'the line is too long';

/** @param bytes the length of the line, which was never held in memory. */
export const tooLong = (line: number, bytes: number): Skipped => ({
  type: 'skipped',
  line,
  reason: `${lineTooLong} (${bytes} bytes)`,
});

export const isTooLong = ({ reason }: Skipped): boolean => reason.startsWith(lineTooLong);

/** What one line holds: usually one object. */
export function readJsonLine(line: Line): readonly (JsonLine | Skipped)[] {
  const skip = (reason: string): Skipped => ({ type: 'skipped', line: line.number, reason });
  if (line.oversize !== undefined) return [tooLong(line.number, line.oversize)];
  const text = withoutFiller(line.text);
  if (text === '') return [];
  const whole = parseJson(text);
  if (whole !== undefined) return [asItem(whole.value)];
  const { pieces, rest } = splitGlued(text);
  const items = pieces.map((piece) => {
    const parsed = parseJson(piece);
    return parsed === undefined ? skip('not JSON') : asItem(parsed.value);
  });
  if (rest === '') return items;
  return [...items, skip(rest.startsWith('{') ? 'not JSON, or cut off' : 'not JSON')];

  function asItem(value: unknown): JsonLine | Skipped {
    if (!isObject(value)) return skip('JSON, but not an object');
    if (isDeeperThan(value, maxDepth)) return skip(`nested deeper than ${maxDepth} levels`);
    return { type: 'value', line: line.number, value };
  }
}

/** JSON.parse as a value, wrapped because `null` is JSON too. */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Whether a parsed value is nested deeper than `limit`; does not recurse. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      for (const child of Array.isArray(item) ? (item as unknown[]) : Object.values(item)) {
        if (typeof child === 'object' && child !== null) next.push(child);
      }
    }
    level = next;
  }
  return false;
}

/** White space, a byte order mark and the NUL bytes that a crashed writer leaves behind. */
function withoutFiller(text: string): string {
  const bare = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return (bare.startsWith('\uFEFF') ? bare.slice(1) : bare).trim();
}

/** Cuts `{...}{...}` into its balanced pieces; `rest` is what is left when no further piece closes. */
export function splitGlued(text: string): { readonly pieces: readonly string[]; readonly rest: string } {
  const pieces: string[] = [];
  let start = 0;
  while (text[start] === '{') {
    const end = endOfObject(text, start);
    if (end === undefined) break;
    pieces.push(text.slice(start, end));
    start = end;
    while (text[start] === ' ' || text[start] === ',') start++;
  }
  return { pieces, rest: text.slice(start) };
}

/** The index after the `}` that closes the object opened at `start`. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let i = start; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return i + 1;
  }
  return undefined;
}
