/** What goes wrong on purpose: a test scripts it, and the next requests that match meet it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { overSecondary } from './rate-limit.ts';
import type { RecordedRequest } from './record.ts';

/** An answer in place of the real one, which then has no effect. */
export interface FalseAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type Fault =
  | FalseAnswer
  /** The real answer, after this many milliseconds. */
  | { readonly delay: number }
  /** The connection breaks: before anything happened, or after the effect, so that only the answer is lost. */
  | { readonly drop: 'request' | 'answer' }
  /** The same, but the connection stays open and nothing more is heard: who asked has to give up waiting. */
  | { readonly hang: 'request' | 'answer' }
  /** Something happens meanwhile: before the effect, or between it and the answer. What it throws fails the test. */
  | { readonly before: () => unknown }
  | { readonly after: () => unknown };

/**
 * An operation's id (`pulls/create`), `git-upload-pack`, `git-receive-pack`, `graphql`; several by a pattern; or what a
 * function says of a request.
 */
export type Target<Request = RecordedRequest> = string | RegExp | ((request: Request) => boolean);

export interface Faults<Request = RecordedRequest, Kind = Fault> {
  /** @param times how many requests meet it; the next one when left out. */
  readonly add: (target: Target<Request>, fault: Kind, times?: number) => void;
  /** The fault for this request; it is used up. */
  next(request: Request): Kind | undefined;
  /** Those nothing has met yet: a test that scripts a fault in vain proves nothing. */
  unmet(): string[];
}

export function createFaults<
  Request extends { readonly operation: string } = RecordedRequest,
  Kind = Fault,
>(): Faults<Request, Kind> {
  const scripted: { target: Target<Request>; fault: Kind; left: number }[] = [];
  return {
    add(target, fault, times = 1) {
      scripted.push({ target, fault, left: times });
    },
    next(request) {
      const entry = scripted.find(({ target, left }) => left > 0 && matches(target, request));
      if (entry === undefined) return undefined;
      entry.left -= 1;
      return entry.fault;
    },
    unmet: () =>
      scripted.filter(({ left }) => left > 0).map(({ target, left }) => `${String(target)} ×${left}`),
  };
}

function matches<Request extends { readonly operation: string }>(
  target: Target<Request>,
  request: Request,
): boolean {
  if (typeof target === 'function') return target(request);
  return typeof target === 'string' ? target === request.operation : target.test(request.operation);
}

/** What is done with a request in the end: answered, or its connection is cut or left alone. */
export type Outcome<Answer> = Answer | FalseAnswer | 'cut' | 'silent';

/** Runs the effect of a request as the fault has it: once, or not at all. */
export async function underFault<Answer>(
  fault: Fault | undefined,
  effect: () => Promise<Answer>,
): Promise<Outcome<Answer>> {
  if (fault === undefined) return effect();
  if ('status' in fault) return fault;
  if ('drop' in fault && fault.drop === 'request') return 'cut';
  if ('hang' in fault && fault.hang === 'request') return 'silent';
  if ('delay' in fault) await sleep(fault.delay);
  if ('before' in fault) await fault.before();
  const answer = await effect();
  if ('after' in fault) await fault.after();
  if ('drop' in fault) return 'cut';
  return 'hang' in fault ? 'silent' : answer;
}

/** The refusals GitHub is known for, to hand to `add`. */
export const refusals = {
  /** Too much at once, with the time to wait. */
  secondaryLimit: (seconds?: number): FalseAnswer => ({
    status: 403,
    headers: seconds === undefined ? {} : { 'retry-after': String(seconds) },
    body: {
      message: overSecondary,
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
  conflict: (message = 'Conflict'): FalseAnswer => ({ status: 409, body: { message } }),
};
