/** How Anthropic is reached, by all that is done there. */
import type Anthropic from '@anthropic-ai/sdk';

export interface Connection {
  readonly client: Anthropic;
  readonly signal?: AbortSignal | undefined;
}

/** @returns undefined for what is not there (any more), whether or not it was asked for by `askingAnthropic`. */
export async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

function statusOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  return 'status' in error ? error.status : statusOf(error.cause);
}

/** The options of one request. */
export function within({ signal }: Connection): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
