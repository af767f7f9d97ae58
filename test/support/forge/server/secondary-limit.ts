/** The secondary limits, counted as GitHub documents them: points a minute, and requests that create content. */
import type { RecordedRequest } from './record.ts';

export interface SecondaryLimits {
  /** A read is one point, a write five. */
  readonly points: number;
  /** Requests that may notify people, in a minute. */
  readonly creations: number;
  /** The same, in sixty minutes. */
  readonly creationsAnHour: number;
  /** How long a minute is, in seconds: a test has less patience than GitHub. */
  readonly minute: number;
  /** Whether a refusal says how long to wait; GitHub's do not always. */
  readonly retryAfter: boolean;
}

const documented: SecondaryLimits = {
  points: 900,
  creations: 80,
  creationsAnHour: 500,
  minute: 60,
  retryAfter: true,
};

export interface SecondaryCounter {
  /** From now on; what was asked before does not count. */
  readonly enforce: (limits?: Partial<SecondaryLimits>) => void;
  /** Counts a request of somebody. @returns the headers of a refusal when it is too much; nothing when it may pass */
  count(who: string, request: RecordedRequest): Readonly<Record<string, string>> | undefined;
}

interface Counted {
  readonly who: string;
  /** Seconds. */
  readonly at: number;
  readonly points: number;
  readonly creates: boolean;
}

export function createSecondaryCounter(now: () => Date): SecondaryCounter {
  let limits: SecondaryLimits | undefined;
  let counted: Counted[] = [];
  return {
    enforce(changed = {}) {
      limits = { ...documented, ...changed };
      counted = [];
    },
    count(who, { points, notifies, method }) {
      if (limits === undefined) return undefined;
      const at = now().getTime() / 1_000;
      const mine = counted.filter((one) => one.who === who && one.at > at - 60 * (limits?.minute ?? 0));
      const next = { who, at, points, creates: notifies && method !== 'GET' };
      const wait = Math.max(...secondsToWait(limits, mine, next));
      if (wait > 0) return limits.retryAfter ? { 'retry-after': String(Math.ceil(wait)) } : {};
      counted.push(next);
      return undefined;
    },
  };
}

/** For each limit, the seconds until there is room for one more request. */
function secondsToWait(
  limits: SecondaryLimits,
  before: readonly Counted[],
  next: Counted,
): readonly number[] {
  const room = (seconds: number, most: number, weigh: (one: Counted) => number): number => {
    const within = before.filter(({ at }) => at > next.at - seconds);
    let excess = within.reduce((sum, one) => sum + weigh(one), weigh(next)) - most;
    for (const one of within) {
      if (excess <= 0) break;
      excess -= weigh(one);
      if (excess <= 0) return one.at + seconds - next.at;
    }
    return excess > 0 ? seconds : 0;
  };
  const creation = ({ creates }: Counted): number => (creates ? 1 : 0);
  return [
    room(limits.minute, limits.points, ({ points }) => points),
    ...(next.creates
      ? [
          room(limits.minute, limits.creations, creation),
          room(60 * limits.minute, limits.creationsAnHour, creation),
        ]
      : []),
  ];
}
