/** From a transcript to the session model: detection and the right parser. */
import { detectFormat } from './detect.ts';
import type { Parsed, Source } from './format.ts';
import { UnusableTranscriptError } from './format.ts';
import { isTooLong, type Skipped } from './json-line.ts';

/**
 * Parses one transcript, streaming. Yields nothing for a file that is part of another transcript.
 * @throws {UnusableTranscriptError} when the file is no transcript we know
 */
export async function* parseSource(source: Source): AsyncGenerator<Parsed> {
  const detection = detectFormat(await source.head(), source.path);
  if ('secondary' in detection) {
    const orphaned = await detection.format.orphan?.(source);
    if (orphaned !== undefined) throw new UnusableTranscriptError(orphaned);
    return;
  }
  if ('reason' in detection) throw new UnusableTranscriptError(detection.reason);
  let unread: Skipped | undefined;
  try {
    for await (const item of detection.format.parse(source)) {
      if (item.type === 'skipped' && isTooLong(item)) unread ??= item;
      yield item;
    }
  } catch (error) {
    // What was looked for in vain may stand in the line that nobody could read.
    if (unread === undefined || !(error instanceof UnusableTranscriptError)) throw error;
    throw new UnusableTranscriptError(`${error.message}: line ${unread.line} was not read, ${unread.reason}`);
  }
}
