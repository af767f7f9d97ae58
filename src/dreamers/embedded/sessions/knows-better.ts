/** Whether an entry knows better than what a person once said of it. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { SignalOf } from '../../../core/dream/signal.ts';
import type { Entry } from '../../../core/memory/entry.ts';
import { writtenAt } from '../evidence.ts';

/** The entry tells of the change itself. */
const saysGone =
  /\b(?:no longer|any ?more|removed|deprecated|obsolete|(?<!\b(?:is|are|be|being) )used to|formerly|previously|renamed (?:from|to)|replaced by)\b/i;

/** The entry was written later than the words were said, tells of the change, or was looked at since. */
export function knowsBetter(input: DreamInput, entry: Entry, signal: SignalOf<'refutation'>): boolean {
  const written = writtenAt(input, entry);
  if (written !== undefined && signal.at !== undefined && signal.at < written) return true;
  return saysGone.test(entry.text) || workedOnSince(input, entry, signal);
}

/** Somebody changed what stands beside the entry after the words were said, and left the entry as it is. */
function workedOnSince(input: DreamInput, entry: Entry, signal: SignalOf<'refutation'>): boolean {
  if (signal.at === undefined) return false;
  const file = input.store.files.find(({ path }) => path === entry.file);
  const beside =
    file?.entries.filter(({ headings }) => headings.join('\0') === entry.headings.join('\0')) ?? [];
  const newest =
    beside
      .map((other) => writtenAt(input, other) ?? '')
      .sort()
      .at(-1) ?? '';
  return newest > signal.at;
}
