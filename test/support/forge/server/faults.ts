/** What goes wrong on purpose: a test scripts it, and the next requests that match meet it. */
import { setTimeout as sleep } from 'node:timers/promises';

/** An answer in place of the real one, which then has no effect. */
interface FalseAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type Fault =
  | FalseAnswer
  /** The real answer, after this many milliseconds. */
  | { readonly delay: number }
  /** The connection breaks: before anything happened, or after the effect, so that only the answer is lost. */
  | { readonly drop: 'request' | 'answer' };

/** An operation's id (`pulls/create`), `git-upload-pack`, `git-receive-pack`, `graphql`, or several by a pattern. */
export type Target = string | RegExp;

export interface Faults {
  /** @param times how many requests meet it; the next one when left out. */
  readonly add: (target: Target, fault: Fault, times?: number) => void;
  /** The fault for this request; it is used up. */
  next(operation: string): Fault | undefined;
  /** Those nothing has met yet: a test that scripts a fault in vain proves nothing. */
  unmet(): string[];
}

export function createFaults(): Faults {
  const scripted: { target: Target; fault: Fault; left: number }[] = [];
  return {
    add(target, fault, times = 1) {
      scripted.push({ target, fault, left: times });
    },
    next(operation) {
      const entry = scripted.find(({ target, left }) => left > 0 && matches(target, operation));
      if (entry === undefined) return undefined;
      entry.left -= 1;
      return entry.fault;
    },
    unmet: () =>
      scripted.filter(({ left }) => left > 0).map(({ target, left }) => `${String(target)} ×${left}`),
  };
}

const matches = (target: Target, operation: string): boolean =>
  typeof target === 'string' ? target === operation : target.test(operation);

export async function delayOf(fault: Fault | undefined): Promise<void> {
  if (fault !== undefined && 'delay' in fault) await sleep(fault.delay);
}

/** The refusals GitHub is known for, to hand to `add`. */
export const refusals = {
  /** Too much at once, with the time to wait. */
  secondaryLimit: (seconds?: number): FalseAnswer => ({
    status: 403,
    headers: seconds === undefined ? {} : { 'retry-after': String(seconds) },
    body: {
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      documentation_url:
        'https://docs.github.com/free-pro-team@latest/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
    },
  }),
  tooMany: (seconds: number): FalseAnswer => ({
    status: 429,
    headers: { 'retry-after': String(seconds) },
    body: { message: 'Too many requests' },
  }),
  serverError: (status = 502): FalseAnswer => ({ status, body: { message: 'Server Error' } }),
};
