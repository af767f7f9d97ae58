/** How much one caller, strangers and all together may hand in. Counted in this process only. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Problem } from './problem.ts';

export interface Limits {
  /** Bytes of a transcript, unfolded. */
  readonly bytes: number;
  /** Requests of one caller in a minute. */
  readonly perCaller: number;
  /** Requests in a minute from one address that nobody was let in for. */
  readonly strangers: number;
  /** Bodies that are read or taken in at once. */
  readonly together: number;
}

export const usualLimits: Limits = { bytes: 64 * 2 ** 20, perCaller: 60, strangers: 60, together: 16 };

export type Guards = ReturnType<typeof createGuards>;

export function createGuards(limits: Limits) {
  const strangers = new RateLimiterMemory({ points: limits.strangers, duration: 60 });
  const callers = new RateLimiterMemory({ points: limits.perCaller, duration: 60 });
  let inside = 0;
  return {
    strangers: {
      async left(key: string): Promise<Problem | undefined> {
        const known = await strangers.get(key);
        return known !== null && known.remainingPoints <= 0 ? slower(known.msBeforeNext) : undefined;
      },
      count: (key: string) => counted(strangers, key),
    },
    callers: { count: (key: string) => counted(callers, key) },
    enter(): Problem | undefined {
      if (inside >= limits.together)
        return {
          status: 503,
          detail: 'Many transcripts come in at this moment.',
          headers: { 'retry-after': '5' },
        };
      inside += 1;
      return undefined;
    },
    leave: () => void (inside -= 1),
  };
}

async function counted(limiter: RateLimiterMemory, key: string): Promise<Problem | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (error) {
    if (error instanceof RateLimiterRes) return slower(error.msBeforeNext);
    throw error;
  }
}

function slower(milliseconds: number): Problem {
  const headers = { 'retry-after': String(Math.max(1, Math.ceil(milliseconds / 1_000))) };
  return { status: 429, detail: 'Too many requests; wait a little.', headers };
}
