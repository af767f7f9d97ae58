/** Dates that are wrong on every day but the one they were written on. */
import { relativeDates } from '../../text/dates.ts';
import type { Store } from '../entry.ts';
import type { LintFinding } from './finding.ts';

/** One finding for each phrase that a date of writing would make absolute. */
export function datesRelative(store: Store): LintFinding[] {
  return [...store.entries.values()].flatMap((entry) =>
    relativeDates(entry.text).map(({ phrase, offset }) => ({
      check: 'relative-date' as const,
      file: entry.file,
      line: entry.lines[0] + entry.text.slice(0, offset).split('\n').length - 1,
      message: `“${phrase}” means another day to each reader: write the date`,
    })),
  );
}
