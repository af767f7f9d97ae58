/** Transcripts that are the same rows either as JSON Lines or in one array. */
import type { Source } from './format.ts';
import { readDocument } from './json-document.ts';
import type { JsonLine, Skipped } from './json-line.ts';
import { jsonLines } from './json-line.ts';
import { isObject } from './json-value.ts';

/**
 * The rows of JSON Lines, of an array, or of an array in an object under one of `keys`. Items of an array are numbered in
 * place of lines.
 * @throws {UnusableTranscriptError} when a document is cut off, broken, too large or nested too deeply
 */
export async function* jsonObjects(
  source: Source,
  keys: readonly string[] = [],
): AsyncGenerator<JsonLine | Skipped> {
  if (await isLines(source, keys)) {
    yield* jsonLines(source);
    return;
  }
  const document = await readDocument(source);
  for (const [index, value] of rowsIn(document, keys).entries()) {
    if (isObject(value)) yield { type: 'value', line: index + 1, value };
    else yield { type: 'skipped', line: index + 1, reason: 'JSON, but not an object' };
  }
}

/** The rows that a document holds: itself, or an array under one of the keys. */
export function rowsIn(document: unknown, keys: readonly string[]): readonly unknown[] {
  if (Array.isArray(document)) return document as unknown[];
  if (!isObject(document)) return [];
  const key = keys.find((name) => Array.isArray(document[name]));
  return key === undefined ? [document] : (document[key] as readonly unknown[]);
}

async function isLines(source: Source, keys: readonly string[]): Promise<boolean> {
  const head = (await source.head()).replace(/^\uFEFF/, '').trimStart();
  if (!head.startsWith('{')) return !head.startsWith('[');
  const first = head.split('\n', 1)[0] ?? '';
  // An object over several lines is a document; so is one that holds the rows.
  return (
    first.trim() !== '{' && !keys.some((key) => new RegExp(`^\\{[^{]{0,400}"${key}"\\s*:\\s*\\[`).test(first))
  );
}
