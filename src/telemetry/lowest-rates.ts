/** Which installation is closest to GitHub's limit: one number per resource, however many installations there are. */
import { boundedLabel } from './bounded-label.ts';

export interface SeenRate {
  readonly installation: string;
  /** GitHub's word: core, graphql, search … */
  readonly resource: string;
  readonly remaining: number;
  /** Unix seconds at which the limit is full again. */
  readonly resetAt: number;
}

/** @param now milliseconds. */
export function lowestRates(now: () => number) {
  const resourceOf = boundedLabel();
  const rates = new Map<string, SeenRate>();
  /** What was said before the reset tells nothing any more. */
  const forgetReset = (): void => {
    for (const [key, { resetAt }] of rates) if (resetAt * 1_000 <= now()) rates.delete(key);
  };
  return {
    seen: (rate: SeenRate): void => {
      if (rates.size >= 1_000) forgetReset();
      const resource = resourceOf(rate.resource);
      rates.set(`${resource}\0${rate.installation}`, { ...rate, resource });
    },
    lowest(): readonly { readonly resource: string; readonly remaining: number }[] {
      forgetReset();
      const lowest = new Map<string, number>();
      for (const { resource, remaining } of rates.values())
        lowest.set(resource, Math.min(remaining, lowest.get(resource) ?? Infinity));
      return [...lowest].map(([resource, remaining]) => ({ resource, remaining }));
    },
  };
}
