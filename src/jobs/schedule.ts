/** Which jobs are due: core's triggers asked for every repository, and spread so that not all begin in one second. */
import { createHash } from 'node:crypto';
import { dreamDue, type Due } from '../core/dream/triggers.ts';
import type { JobPayload } from './job.ts';
import type { RepositoryState, Seen } from './repository-state.ts';

export interface ScheduleOptions {
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** Names the turn that asks. */
  readonly slot: string;
  /** Seconds over which dreams of one schedule begin: "at 03:00" is somewhere in these after it. */
  readonly spread?: number;
  /** Least seconds between two tries of one repository, whatever the first came to. */
  readonly again?: number;
}

export interface DueJob {
  readonly payload: JobPayload;
  /** ISO 8601 in UTC. */
  readonly startAfter: string;
}

const defaults = { spread: 600, again: 3_600 };
/** Seconds after which a dream that waits for an answer is looked at again: at the next usual turn. */
const waitsFor = 540;

/** In the order of the states. A repository that has a job of a kind gets no second one. */
export function dueJobs(states: readonly RepositoryState[], options: ScheduleOptions): readonly DueJob[] {
  const healthy = states.filter(({ seen }) => seen.problem === undefined);
  return [
    ...dueDreams(healthy, options),
    ...dueRetention(healthy, options),
    ...dueSessions(healthy, options),
  ];
}

function dueDreams(states: readonly RepositoryState[], options: ScheduleOptions): readonly DueJob[] {
  const { now, slot, spread = defaults.spread, again = defaults.again } = options;
  const due = states.flatMap((state) => {
    if (
      state.pending.includes('dream') ||
      triedWithin(state.seen, state.seen.waits === true ? Math.min(again, waitsFor) : again, now)
    )
      return [];
    const found = dueOf(state.seen, now);
    return found?.due === true ? [{ state, since: found.since }] : [];
  });
  // Two that are due need no ten minutes between them.
  const room = Math.min(spread, due.length - 1);
  return due.map(({ state, since }) => {
    const planned = since === undefined ? now : later(since, jitter(state.id, spread));
    const start = planned > now ? planned : later(now, jitter(state.id, room));
    return { payload: { kind: 'dream', ...nameOf(state), slot }, startAfter: start };
  });
}

function dueRetention(states: readonly RepositoryState[], options: ScheduleOptions): readonly DueJob[] {
  const { now, slot, spread = defaults.spread } = options;
  return states
    .filter(({ seen, pending }) => {
      const { retentionDue } = seen;
      return retentionDue !== undefined && retentionDue <= now && !pending.includes('retention');
    })
    .map((state) => ({
      payload: { kind: 'retention', ...nameOf(state), slot },
      startAfter: later(now, jitter(state.id, spread)),
    }));
}

/** The turn in which something was heard of the services where agents run. @param until ISO 8601 */
export const heardUntil = (until: string): string => `heard until ${until}`;

/** Whether anything is new only the service can tell: it is asked once an hour, and when it was heard of. */
function dueSessions(states: readonly RepositoryState[], { now, slot }: ScheduleOptions): readonly DueJob[] {
  const turn = slot.startsWith(heardUntil('')) ? slot : `agents ${now.slice(0, 13)}`;
  return states
    .filter(({ seen, pending }) => seen.agents === true && !pending.includes('ingest'))
    .map((state) => ({
      payload: { kind: 'ingest', ...nameOf(state), source: 'agents', slot: turn },
      startAfter: now,
    }));
}

function dueOf({ dream, waiting, paused, held, lastDream }: Seen, now: string): Due | undefined {
  if (held) return undefined;
  return dreamDue({
    config: { dream },
    now,
    waiting,
    paused,
    ...(lastDream === undefined ? {} : { lastDream }),
  });
}

function triedWithin({ triedAt }: Seen, seconds: number, now: string): boolean {
  return triedAt !== undefined && Date.parse(now) - Date.parse(triedAt) < seconds * 1_000;
}

/** The same for a repository every time: from 0 up to `seconds`. */
export function jitter(id: string, seconds: number): number {
  const share = createHash('sha256').update(id, 'utf8').digest().readUInt32BE(0) / 2 ** 32;
  return share * seconds;
}

function later(time: string, seconds: number): string {
  return new Date(Date.parse(time) + seconds * 1_000).toISOString();
}

function nameOf({ id, installation }: RepositoryState) {
  return { repository: id, ...(installation === undefined ? {} : { installation }) };
}
