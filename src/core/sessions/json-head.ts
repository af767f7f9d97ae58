/** Looks into the first 64 KiB of a file for detection: JSON values even when the last one is cut. */
import { isDeeperThan, parseJson, splitGlued } from './json-line.ts';

const maxLines = 25;
const maxDepth = 200;

/**
 * The JSON values a head begins with: one per line for JSON Lines (the first 25 lines), one for a JSON document. A value that the
 * head cuts off is closed where it breaks, so its first keys can be looked at. Empty when the head is no JSON.
 */
export function headValues(head: string): readonly unknown[] {
  if (latest?.head !== head) latest = { head, values: readHead(head) };
  return latest.values;
}

/** Every format looks at the same head in turn. */
let latest: { readonly head: string; readonly values: readonly unknown[] } | undefined;

function readHead(head: string): readonly unknown[] {
  const text = head
    .replaceAll('\0', '')
    .replace(/^\uFEFF/, '')
    .trimStart();
  const lines = text.split('\n').filter((line) => /^\s*[[{]/.test(line));
  const isDocument = /^[[{]\s*\n/.test(text);
  const found = isDocument ? [] : lines.slice(0, maxLines).flatMap(values);
  return found.length > 0 || !/^[[{]/.test(text) ? found : values(closed(text));
}

function values(line: string): unknown[] {
  const text = line.trim();
  const whole = parseJson(text);
  const parsed = whole === undefined ? splitGlued(text).pieces.map(parseJson) : [whole];
  return parsed.flatMap((p) => (p === undefined || isDeeperThan(p.value, maxDepth) ? [] : [p.value]));
}

/** Closes what is open at the end of a cut JSON text, after dropping the last unfinished member. */
function closed(text: string): string {
  if (parseJson(text) !== undefined) return text;
  const { stack, cut } = scan(text);
  return text.slice(0, cut) + stack.toReversed().join('');
}

/** The closers needed at the last place where a value had just ended, and that place. */
function scan(text: string): { stack: readonly string[]; cut: number } {
  const stack: string[] = [];
  let best: { stack: readonly string[]; cut: number } = { stack: [], cut: 0 };
  let inString = false;
  for (let i = 0; i < text.length && stack.length <= maxDepth; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      stack.push(char === '{' ? '}' : ']');
      best = { stack: [...stack], cut: i + 1 };
    } else if (char === '}' || char === ']') {
      stack.pop();
      best = { stack: [...stack], cut: i + 1 };
    } else if (char === ',') best = { stack: [...stack], cut: i };
  }
  return best;
}
