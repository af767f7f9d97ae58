/** What makes a dream the same dream: everything it reads. */
import { sha256Hex } from '../text/sha256.ts';

export interface DreamIdentity {
  /** Hash of all inputs; equal inputs need no second dream. */
  readonly digest: string;
  /** `2026-11-20-1a2b3c`: the day in the configured zone, and the beginning of the digest. */
  readonly id: string;
}

/** The day of a time in an IANA zone, as `YYYY-MM-DD`. */
export function dayIn(zone: string, now: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    calendar: 'gregory',
    numberingSystem: 'latn',
  }).formatToParts(new Date(now));
  const part = (type: string): string => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** Parts must be in a fixed order; each is anything JSON can say. The time is no part: an hour later nothing is new. */
export function identify(parts: readonly unknown[], now: string, zone: string): DreamIdentity {
  const digest = sha256Hex(JSON.stringify(parts));
  return { digest, id: `${dayIn(zone, now)}-${digest.slice(0, 6)}` };
}
