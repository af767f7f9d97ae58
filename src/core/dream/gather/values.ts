/** Values in output that recurs: "Listening on port 4000", "Created branch 'data/v2'". */
import type { SignalOf } from '../signal.ts';
import { isTrivial, stepsOf } from './commands.ts';
import { type Reading, quotesOf } from './reading.ts';

/** A value that memory could name: quoted, a URL, a port, a version, a path or branch. */
const values: readonly RegExp[] = [
  /["'`]([\w@][\w@./:-]{2,60})["'`]/,
  /\b(https?:\/\/[^\s"'<>)]{4,100})/,
  /\bport[ :=]+(\d{2,5})\b/i,
  /\b(?:v|version )(\d+\.\d+(?:\.\d+)?)\b/i,
  /(?:^|\s)((?:[\w.-]+\/)+[\w.-]+)(?=\s|$|[,;)])/,
  /:\s+([\w@][\w@./-]{1,60})$/,
];

/** Lines that list code, files or findings say nothing about the project's ways. */
const listing = /^\s*(?:\d+[:→|]|[+-]\s|at\s|\/\/|#|\*|ok\s|FAIL|---|===|\?|[|{}[\]<>$])|\.\w{1,5}:\d+/;

/** A mark of something cut out stands where the lines before and after it ended. */
const lineEnd = /\n|\[… \d+ characters cut\]/;

const perSession = 60;

function readValue(line: string): { label: string; value: string } | undefined {
  if (line.length > 160 || listing.test(line)) return undefined;
  for (const pattern of values) {
    const value = pattern.exec(line)?.[1];
    if (value === undefined) continue;
    const label = line.replace(value, '…').replace(/\d+/g, '0').replace(/\s+/g, ' ').trim();
    return (label.match(/\p{L}{3,}/gu)?.length ?? 0) >= 2 ? { label, value } : undefined;
  }
  return undefined;
}

export function gatherValues(reading: Reading): Omit<SignalOf<'value'>, 'id' | 'session'>[] {
  const found = new Map<string, Omit<SignalOf<'value'>, 'id' | 'session'>>();
  for (const { call, result } of reading.calls) {
    const command = call.tool?.action === 'shell' ? call.tool.command : undefined;
    if (command === undefined || result === undefined) continue;
    const tool = stepsOf(command).find((step) => !isTrivial(step))?.tool;
    if (tool === undefined) continue;
    for (const line of result.spans.flatMap((span) =>
      span.trust === 'tool' ? span.text.split(lineEnd) : [],
    )) {
      const read = readValue(line.trim());
      // What the command was told it says again, each time something else.
      if (read === undefined || command.includes(read.value)) continue;
      const key = `${read.label}\n${read.value}`;
      const quotes = found.has(key) ? [] : quotesOf(reading.session, [[result, line.trim()]]);
      if (quotes.length === 0) continue;
      found.set(key, {
        kind: 'value',
        quotes,
        command: tool,
        ...read,
        ...(call.at === undefined ? {} : { at: call.at }),
      });
      if (found.size >= perSession) return [...found.values()];
    }
  }
  return [...found.values()];
}
