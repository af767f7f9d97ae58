/** One job from its claim to its end, whichever it is. */
import type { Logger } from 'pino';
import { DreamkeeperError } from '../core/error.ts';
import { failureOf, judge, type RetryPolicy } from './failure.ts';
import type { Handler, Handlers, JobContext, JobResult } from './handler.ts';
import { timeLimits, type JobKind } from './job.ts';
import type { Claim, ClaimSource } from './queue.ts';

/** Why a running job is stopped. */
export type StopReason = 'time' | 'cancelled' | 'lost' | 'stopping';

export class StoppedError extends Error {
  override readonly name = 'StoppedError';
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(`the job was stopped: ${reason}`);
    this.reason = reason;
  }
}

export type JobEnd = 'done' | 'retry' | 'dead' | 'cancelled' | 'handed-back' | 'lost';

export interface Ended {
  readonly end: JobEnd;
  readonly result?: JobResult;
  /** How long its handler worked; what was told to the queue afterwards is not in it. */
  readonly seconds: number;
}

/** An attempt that is over. */
export interface EndedJob {
  readonly claim: Claim;
  readonly end: JobEnd;
  readonly result: JobResult | undefined;
  /** How long its handler worked. */
  readonly seconds: number;
}

export interface RunOptions {
  readonly claims: ClaimSource;
  readonly handlers: Handlers;
  readonly log: Logger;
  /** Takes secrets out of errors before they are kept. */
  readonly clean: (texts: readonly string[]) => Promise<readonly string[]>;
  readonly policy?: RetryPolicy;
  /** From 0 to 1. */
  readonly chance?: () => number;
  /** Seconds by kind; those of job.ts unless said otherwise. */
  readonly timeLimits?: Partial<Readonly<Record<JobKind, number>>>;
  /** Runs the handler as part of a trace. */
  readonly span?: <T>(
    name: string,
    attributes: Readonly<Record<string, string>>,
    work: () => Promise<T>,
  ) => Promise<T>;
  /** Completes together what ends together. */
  readonly complete: (claim: Claim) => Promise<void>;
}

/** A handler that does not stop is left behind after so long; its repository's git no longer answers it. */
const stopSeconds = 10;

/** Never throws: what the queue could not be told, it finds out when the lease is over. */
export async function runJob(claim: Claim, controller: AbortController, options: RunOptions): Promise<Ended> {
  const limit = options.timeLimits?.[claim.payload.kind] ?? timeLimits[claim.payload.kind];
  const started = performance.now();
  const worked = (): number => (performance.now() - started) / 1_000;
  const clock = setTimeout(() => controller.abort(new StoppedError('time')), limit * 1_000);
  const context: JobContext = {
    id: claim.id,
    attempt: claim.attempt,
    signal: controller.signal,
    log: options.log,
  };
  let seconds: number | undefined;
  try {
    const result = await untilStopped(handle(options, claim, context), controller.signal);
    seconds = worked();
    await options.complete(claim);
    return { end: 'done', result, seconds };
  } catch (error) {
    seconds ??= worked();
    return { end: await settleFailure(claim, error, controller.signal, { ...options, limit }), seconds };
  } finally {
    clearTimeout(clock);
  }
}

async function handle(
  { handlers, span = (_name, _attributes, work) => work() }: RunOptions,
  { id, payload }: Claim,
  context: JobContext,
): Promise<JobResult> {
  context.signal.throwIfAborted();
  // The types of handler and payload belong together by their kind, which TypeScript cannot see.
  const handler = handlers[payload.kind] as Handler<JobKind> | undefined;
  if (handler === undefined)
    throw new DreamkeeperError('usage', `this process has no handler for jobs of kind ${payload.kind}`, {
      remedy: 'Start Dreamkeeper with what such jobs need, then retry it: dreamkeeper jobs retry <id>.',
    });
  const repository = 'repository' in payload ? { repository: payload.repository } : {};
  return span(`job ${payload.kind}`, { job: id, ...repository }, () => handler(payload, context));
}

function untilStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    let clock: NodeJS.Timeout | undefined;
    const giveUp = (): void => {
      clock = setTimeout(() => reject(signal.reason as Error), stopSeconds * 1_000);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    const end = (): void => {
      clearTimeout(clock);
      signal.removeEventListener('abort', giveUp);
    };
    work.finally(end).then(resolve, reject);
  });
}

async function settleFailure(
  claim: Claim,
  error: unknown,
  signal: AbortSignal,
  options: RunOptions & { readonly limit: number },
): Promise<JobEnd> {
  const { claims, log } = options;
  const reason = signal.reason instanceof StoppedError ? signal.reason.reason : undefined;
  try {
    if (reason === 'lost') return 'lost';
    if (reason === 'cancelled') {
      await claims.markCancelled(claim);
      return 'cancelled';
    }
    if (reason === 'stopping') {
      await claims.handBack(claim);
      return 'handed-back';
    }
    return await fail(claim, reason === 'time' ? overTime(claim, options.limit) : error, options);
  } catch (failure) {
    log.warn({ err: failure }, 'the queue could not be told how the job ended; it will be run again');
    return 'lost';
  }
}

async function fail(claim: Claim, error: unknown, options: RunOptions): Promise<JobEnd> {
  const { claims, log, clean, policy, chance = Math.random } = options;
  const failure = await failureOf(error, clean);
  const verdict = judge(error, claim.failures + 1, chance(), policy);
  if (verdict.what === 'dead') {
    log.error({ failure }, 'the job is laid aside: dreamkeeper jobs show tells more');
    await claims.bury(claim, failure);
    return 'dead';
  }
  log.warn({ failure, afterSeconds: verdict.afterSeconds }, 'the job failed and is tried again');
  await claims.retryLater(claim, failure, verdict.afterSeconds);
  return 'retry';
}

function overTime({ payload }: Claim, limit: number): Error {
  return new DreamkeeperError('limit', `a job of kind ${payload.kind} may take ${limit} s and took longer`, {
    retryable: true,
  });
}
