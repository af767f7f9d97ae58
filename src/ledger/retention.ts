/** Takes sessions off the ledger when their time is over (`ledger.retention`). */
import type { Decision } from '../core/dream/journal.ts';
import type { SessionSummary } from '../core/dream/dreamer.ts';
import { sessionHash } from './layout.ts';
import type { StoredLedger } from './ledger.ts';
import { rewriteLedger, sessionFiles } from './rewrite.ts';

const dayMilliseconds = 86_400_000;

/**
 * Removes sessions that ended more than `days` ago, with their extracts, from the ledger and its history; a tombstone
 * keeps each from being taken in again. Journals keep the words that proposals were made of: `why` answers with them.
 * Sessions without any time stay.
 * @param now ISO 8601.
 * @returns the ids of the sessions that were removed, sorted.
 */
export async function applyRetention(
  ledger: StoredLedger,
  days: number,
  now: string,
): Promise<readonly string[]> {
  const before = Date.parse(now) - days * dayMilliseconds;
  let removed: readonly string[] = [];
  await rewriteLedger(ledger, `Remove sessions older than ${days} days`, async (view) => {
    const over = (await view.sessions()).filter(({ summary }) => lastHeardOf(summary) < before);
    removed = over.map(({ summary }) => summary.id).sort();
    if (removed.length === 0) return undefined;
    const files = removed.flatMap((id) => sessionFiles(view, sessionHash(id)));
    return {
      files: new Map(files.map((path) => [path, null])),
      decisions: removed.map((id): Decision => ({
        type: 'tombstone',
        at: now,
        session: sessionHash(id),
        reason: 'retention',
      })),
    };
  });
  return removed;
}

function lastHeardOf({ startedAt, endedAt }: SessionSummary): number {
  const time = Date.parse(endedAt ?? startedAt ?? '');
  return Number.isNaN(time) ? Infinity : time;
}
