/** What becomes of a job that failed: tried again, and when, or laid aside for a person. */
import { DreamkeeperError } from '../core/error.ts';

export interface RetryPolicy {
  /** Failures after which a job is laid aside. */
  readonly limit: number;
  /** Seconds before the second try; doubles with each. */
  readonly base: number;
  /** Most seconds between two tries. */
  readonly most: number;
}

/** Eight tries over about half an hour. */
export const retryPolicy: RetryPolicy = { limit: 8, base: 5, most: 900 };

export type Verdict = { readonly what: 'retry'; readonly afterSeconds: number } | { readonly what: 'dead' };

/**
 * @param failures how often it failed, this time included.
 * @param chance from 0 to 1: spreads those that failed together over the second half of their delay.
 */
export function judge(
  error: unknown,
  failures: number,
  chance: number,
  policy: RetryPolicy = retryPolicy,
): Verdict {
  if (!isRetryable(error) || failures >= policy.limit) return { what: 'dead' };
  const delay = Math.min(policy.most, policy.base * 2 ** (failures - 1));
  const spread = (delay / 2) * (1 + chance);
  const asked = retryAfterOf(error);
  // Never earlier than asked; the jitter comes on top.
  return { what: 'retry', afterSeconds: asked === undefined ? spread : asked + chance * Math.min(delay, 10) };
}

/** Only who says that trying again is useless is believed. */
export function isRetryable(error: unknown): boolean {
  return !(error instanceof Error && 'retryable' in error && error.retryable === false);
}

/** Any error may carry `retryAfter` in seconds; Octokit's does. */
function retryAfterOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('retryAfter' in error)) return undefined;
  const { retryAfter } = error;
  return typeof retryAfter === 'number' && Number.isFinite(retryAfter) && retryAfter >= 0
    ? retryAfter
    : undefined;
}

/** What a dead letter and `jobs show` say of an error. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  /** Where it happened; for errors nobody expected. */
  readonly stack?: string;
}

const longest = 2_000;

/** @param clean takes secrets out of what is kept: out of several texts at once. */
export async function failureOf(
  error: unknown,
  clean: (texts: readonly string[]) => Promise<readonly string[]>,
): Promise<Failure> {
  const known = error instanceof DreamkeeperError;
  const code = known
    ? error.code
    : error instanceof Error && error.name !== 'Error'
      ? error.name
      : 'unexpected';
  const remedy = known ? error.remedy : undefined;
  const stack = !known && error instanceof Error ? error.stack : undefined;
  const texts = [error instanceof Error ? error.message : String(error), remedy ?? '', stack ?? ''];
  const [message = '', cleanRemedy = '', cleanStack = ''] = await cleaned(texts, clean);
  return {
    code,
    message: message.slice(0, longest),
    ...(remedy === undefined ? {} : { remedy: cleanRemedy.slice(0, longest) }),
    ...(stack === undefined ? {} : { stack: cleanStack.slice(0, longest) }),
  };
}

/** What cannot be checked is not kept. */
async function cleaned(
  texts: readonly string[],
  clean: (texts: readonly string[]) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  try {
    return await clean(texts.map((text) => text.slice(0, 4 * longest)));
  } catch {
    return texts.map((text) =>
      text === '' ? '' : 'the words of the error could not be checked for secrets',
    );
  }
}
