/** What is fuzzed: everything that reads foreign text, from the transcript to the memory file. */
import { DreamkeeperError } from '../../src/core/error.ts';
import { lintStore } from '../../src/core/memory/lint/lint-store.ts';
import { parseStore } from '../../src/core/memory/parse.ts';
import { assemble } from '../../src/core/sessions/assemble.ts';
import { condenseEvent } from '../../src/core/sessions/condense.ts';
import { detectFormat, formats } from '../../src/core/sessions/detect.ts';
import { UnusableTranscriptError, type Format } from '../../src/core/sessions/format.ts';
import { createRedactor } from '../../src/core/sessions/redact.ts';
import { redactEvents, redactHeader } from '../../src/core/sessions/redact-session.ts';
import { sourceOf } from '../../test/support/source.ts';
import { pick, type Random } from './mutate.ts';

const redactor = createRedactor({ patterns: ['ACME-[0-9]+'] });

/**
 * Reads a text as a transcript (as the format it looks like, and as one it may not be) and as memory.
 * @throws whatever is not a clear refusal: that is a crash.
 */
export async function readEverything(text: string, path: string, random: Random): Promise<void> {
  const detection = detectFormat(text.slice(0, 64 * 1024), path);
  const chosen = new Set<Format>();
  if ('format' in detection) chosen.add(detection.format);
  const [first, ...others] = formats;
  if (first) chosen.add(pick(random, [first, ...others]));
  for (const format of chosen) await readTranscript(format, text, path);
  const store = parseStore([{ path: 'CLAUDE.md', text }]);
  // A memory file may have 102,400 bytes; longer ones must be parsed, but need not be linted in no time.
  if (text.length <= 200_000) lintStore(store);
}

async function readTranscript(format: Format, text: string, path: string): Promise<void> {
  try {
    for await (const item of assemble(format.parse(sourceOf(text, path)))) {
      if (item.type === 'session') await redactHeader(redactor, item.header);
      if (item.type !== 'events') continue;
      const { events } = await redactEvents(redactor, item.events);
      for (const event of events)
        for (const detail of ['signals', 'condensed', 'full'] as const) condenseEvent(event, detail);
    }
  } catch (error) {
    if (!(error instanceof UnusableTranscriptError) && !(error instanceof DreamkeeperError)) throw error;
  }
}
