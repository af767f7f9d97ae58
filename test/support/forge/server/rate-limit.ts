/** The primary limit: 5,000 requests an hour for an installation or a person, 60 for nobody. */
import type { Actor } from '../state/account.ts';

export interface Rate {
  readonly limit: number;
  used: number;
  remaining: number;
  /** Seconds since 1970. */
  reset: number;
}

export interface RateLimits {
  of(actor: Actor): Rate;
  /** Counts one request. @returns whether it may pass. */
  count(actor: Actor): boolean;
  /** Leaves everybody this many requests until the hour is over. */
  leave(remaining: number): void;
}

export function createRateLimits(now: () => Date): RateLimits {
  const rates = new Map<string, Rate>();
  const of = (actor: Actor): Rate => {
    const key = keyOf(actor);
    const seconds = Math.floor(now().getTime() / 1000);
    const known = rates.get(key);
    if (known !== undefined && known.reset > seconds) return known;
    const limit = actor.kind === 'anonymous' ? 60 : 5000;
    const fresh = { limit, used: 0, remaining: limit, reset: seconds + 3600 };
    rates.set(key, fresh);
    return fresh;
  };
  return {
    of,
    count(actor) {
      const rate = of(actor);
      if (rate.remaining === 0) return false;
      rate.used += 1;
      rate.remaining -= 1;
      return true;
    },
    leave(remaining) {
      for (const rate of rates.values()) {
        rate.remaining = remaining;
        rate.used = rate.limit - remaining;
      }
    },
  };
}

function keyOf(actor: Actor): string {
  switch (actor.kind) {
    case 'installation':
      return `installation ${actor.token.installation.id}`;
    case 'person':
      return `person ${actor.account.id}`;
    case 'app':
    case 'anonymous':
      return actor.kind;
  }
}

export function rateHeaders({ limit, used, remaining, reset }: Rate): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-used': String(used),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(reset),
    'x-ratelimit-resource': 'core',
  };
}
