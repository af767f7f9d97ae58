/**
 * Who is served first when many wait. Jobs are served by the time they count from: a repository, or an installation,
 * that asks for much at once has its later jobs counted as if they had come later, so that others get in between; never
 * by more than `most`, so that nobody waits for ever.
 */

export interface FairnessOptions {
  /** Seconds by which each further job of one repository or installation counts later than the one before. */
  readonly spacing: number;
  /** Most seconds by which a job counts later than it came. */
  readonly most: number;
}

export const fairness: FairnessOptions = { spacing: 1, most: 600 };

export interface Turnstile {
  /**
   * @param parties the repository and the installation that ask.
   * @param now seconds.
   * @returns the time the job counts from, in seconds.
   */
  pass(parties: readonly string[], now: number): number;
}

export function createTurnstile({ spacing, most }: FairnessOptions = fairness): Turnstile {
  const next = new Map<string, number>();
  let cleared = 0;
  return {
    pass(parties, now) {
      // Who has not asked for long is owed nothing and owes nothing.
      if (now - cleared > most) {
        for (const [party, time] of next) if (time < now) next.delete(party);
        cleared = now;
      }
      const counts = Math.max(now, ...parties.map((party) => next.get(party) ?? now));
      for (const party of parties)
        next.set(party, Math.min(Math.max(now, next.get(party) ?? now) + spacing, now + most));
      return Math.min(counts, now + most);
    },
  };
}

/** 2026-01-01T00:00:00Z, in seconds: priorities of the queue have 31 bits. */
const epoch = 1_767_225_600;
const band = 2 ** 30;

/** Dreams wait in a lane of their own: a quick job never waits for one to end. */
export type Lane = 'quick' | 'slow';

/** Greater is served first. Quick jobs are above `-band`, slow ones below. @param counts seconds. */
export function priorityOf(lane: Lane, counts: number): number {
  const age = Math.min(Math.max(Math.floor(counts) - epoch, 0), band - 1);
  return lane === 'quick' ? -age : -band - age;
}

/** The priorities of a lane, both included. */
export function laneRange(lane: Lane): { readonly minPriority?: number; readonly maxPriority?: number } {
  return lane === 'quick' ? { minPriority: -band + 1 } : { maxPriority: -band };
}
