/** When a repository dreams (DESIGN section 7). */
import { Cron } from 'croner';
import type { Config } from '../config.ts';
import { standing } from './decisions.ts';
import type { Decision, Journal } from './journal.ts';

export interface TriggerInput {
  readonly config: {
    readonly dream: Pick<Config['dream'], 'after' | 'apart' | 'cron' | 'sessions' | 'zone'>;
  };
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** When the last dream ran, if one did. */
  readonly lastDream?: string;
  /** Sessions that are new or have grown since they were last dreamed about. */
  readonly waiting: number;
  /** Dreams were paused and not resumed. */
  readonly paused: boolean;
}

export const dueReasons = [
  'first-dream',
  'enough-sessions',
  'enough-time',
  'schedule',
  'paused',
  'too-soon',
  'nothing-new',
  'waiting-for-more',
  'before-schedule',
] as const;

export interface Due {
  readonly due: boolean;
  /** Stable code; also the label of a metric. */
  readonly reason: (typeof dueReasons)[number];
  /** For a person. */
  readonly message: string;
  /** When the schedule came, where it is the reason: ISO 8601 in UTC. */
  readonly since?: string;
}

const hour = 3_600_000;

/** Would a dream start now, and why or why not. */
export function dreamDue(input: TriggerInput): Due {
  const { config, now, lastDream, waiting } = input;
  if (input.paused) return { due: false, reason: 'paused', message: 'dreams are paused' };
  if (lastDream === undefined)
    return { due: true, reason: 'first-dream', message: 'this memory was never dreamed about' };
  const since = (Date.parse(now) - Date.parse(lastDream)) / hour;
  const { after, apart, cron, sessions, zone } = config.dream;
  if (waiting === 0)
    return { due: false, reason: 'nothing-new', message: 'no session is new since the last dream' };
  if (since < apart) {
    return {
      due: false,
      reason: 'too-soon',
      message: `the last dream was ${since.toFixed(1)} h ago, dreams are ${apart} h apart`,
    };
  }
  if (cron !== undefined) {
    const next = new Cron(cron, { timezone: zone, paused: true }).nextRun(new Date(lastDream));
    const at = next?.toISOString();
    if (at !== undefined && Date.parse(at) <= Date.parse(now)) {
      const message = `the schedule "${cron}" has come (${zone})`;
      return { due: true, reason: 'schedule', message, since: at };
    }
    return {
      due: false,
      reason: 'before-schedule',
      message: `the schedule "${cron}" comes next at ${at ?? 'no time'}`,
    };
  }
  if (waiting >= sessions) {
    return {
      due: true,
      reason: 'enough-sessions',
      message: `${waiting} sessions are new, ${sessions} are enough`,
    };
  }
  if (since >= after)
    return { due: true, reason: 'enough-time', message: `the last dream was ${since.toFixed(1)} h ago` };
  return {
    due: false,
    reason: 'waiting-for-more',
    message: `${waiting} of ${sessions} new sessions, and ${since.toFixed(1)} of ${after} h since the last dream`,
  };
}

/** Paused by a decision that no later one lifts. */
export function isPaused(decisions: readonly Decision[], now: string): boolean {
  const last = decisions.findLast((decision) => decision.type === 'paused' || decision.type === 'resumed');
  return last?.type === 'paused' && (last.until === undefined || last.until > now);
}

/** The dream that waits for review: proposed, and neither merged, rejected nor withdrawn. */
export function openDream(journals: readonly Journal[], decisions: readonly Decision[]): Journal | undefined {
  const closed = new Set(
    standing(decisions).flatMap((decision) =>
      decision.type === 'merged' || decision.type === 'rejected' || decision.type === 'withdrawn'
        ? [decision.dream]
        : [],
    ),
  );
  return journals
    .filter((journal) => journal.outcome === 'proposed' && !closed.has(journal.id))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .at(-1);
}

/** The newest dream by time, then id. */
export function lastDream(journals: readonly Journal[]): Journal | undefined {
  const key = (journal: Journal): string => `${journal.at}\0${journal.id}`;
  return journals.reduce<Journal | undefined>(
    (newest, journal) => (newest === undefined || key(journal) > key(newest) ? journal : newest),
    undefined,
  );
}
