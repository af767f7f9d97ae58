/** Transcripts that are one JSON document. */
import type { Source } from './format.ts';
import { UnusableTranscriptError } from './format.ts';
import { isDeeperThan, parseJson } from './json-line.ts';

/** Deeper than any transcript; walking such a value would overflow the stack. */
const maxDepth = 200;

/**
 * @returns the parsed document
 * @throws {UnusableTranscriptError} when it is cut off, broken or nested too deeply
 */
export async function readDocument(source: Source): Promise<unknown> {
  const text = (await source.text()).replace(/^\uFEFF/, '').replaceAll('\0', '');
  const parsed = parseJson(text);
  if (parsed === undefined) throw new UnusableTranscriptError('the JSON is cut off or broken');
  if (isDeeperThan(parsed.value, maxDepth)) {
    throw new UnusableTranscriptError(`the JSON is nested deeper than ${maxDepth} levels`);
  }
  return parsed.value;
}
