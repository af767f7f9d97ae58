/** The primary limit: 5,000 requests an hour for an installation or a person, 60 for nobody; and the secondary ones. */
import type { Actor } from '../state/account.ts';
import { Refusal } from './handler.ts';
import type { RecordedRequest } from './record.ts';
import { createSecondaryCounter, type SecondaryLimits } from './secondary-limit.ts';

export interface Rate {
  readonly limit: number;
  used: number;
  remaining: number;
  /** Seconds since 1970. */
  reset: number;
}

export interface RateLimits {
  of(actor: Actor): Rate;
  /** Counts one request. @throws {Refusal} 403 when it is too much */
  count(actor: Actor, request: RecordedRequest): void;
  /** Off until it is called. */
  enforceSecondary(limits?: Partial<SecondaryLimits>): void;
  /** Leaves everybody this many requests until the hour is over. */
  leave(remaining: number): void;
}

const overPrimary =
  'API rate limit exceeded. If you reach out to GitHub Support for help, please include the request ID.';
export const overSecondary =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

export function createRateLimits(now: () => Date): RateLimits {
  const rates = new Map<string, Rate>();
  const secondary = createSecondaryCounter(now);
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
    count(actor, request) {
      const rate = of(actor);
      if (rate.remaining === 0) throw new Refusal(403, overPrimary);
      rate.used += 1;
      rate.remaining -= 1;
      const refused = secondary.count(keyOf(actor), request);
      if (refused !== undefined) throw new Refusal(403, overSecondary, undefined, refused);
    },
    enforceSecondary: secondary.enforce,
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
