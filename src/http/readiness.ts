/** Whether work that comes in now can be done: each thing that it needs is asked, briefly. */

/** Resolves when all is well; rejects otherwise. Its signal says that nobody waits any longer. */
export type Check = (signal: AbortSignal) => Promise<unknown>;

export interface ReadinessOptions {
  readonly checks: Readonly<Record<string, Check>>;
  /** Seconds a check may take; 3 unless said otherwise, well under the probe's own limit. */
  readonly limitSeconds?: number;
  /** Seconds an answer is good for, so that probes of many do not become load; 5 unless said otherwise. */
  readonly freshSeconds?: number;
  /** True from the moment a stop was asked for: no new work should come. */
  readonly stopping?: () => boolean;
  /** Why a check failed, by its name; for the log. The answer, which anybody may read, does not say it. */
  readonly onError?: (error: unknown, check?: string) => void;
}

export interface Readiness {
  readonly status: 'ready' | 'not-ready' | 'stopping';
  readonly checks: Readonly<Record<string, CheckAnswer>>;
}

export interface CheckAnswer {
  readonly ok: boolean;
  readonly milliseconds: number;
  readonly reason?: 'failed' | 'timeout';
}

export function createReadiness(options: ReadinessOptions): () => Promise<Readiness> {
  const { stopping = () => false, freshSeconds = 5 } = options;
  let last: { readonly at: number; readonly answer: Promise<Readiness> } | undefined;
  return async () => {
    if (stopping()) return { status: 'stopping', checks: {} };
    if (last === undefined || performance.now() - last.at > freshSeconds * 1_000)
      last = { at: performance.now(), answer: askAll(options) };
    return last.answer;
  };
}

async function askAll(options: ReadinessOptions): Promise<Readiness> {
  const asked = Object.entries(options.checks).map(async ([name, check]): Promise<[string, CheckAnswer]> => [
    name,
    await ask(name, check, options),
  ]);
  const checks = await Promise.all(asked);
  return {
    status: checks.every(([, { ok }]) => ok) ? 'ready' : 'not-ready',
    checks: Object.fromEntries(checks),
  };
}

async function ask(name: string, check: Check, options: ReadinessOptions): Promise<CheckAnswer> {
  const { limitSeconds = 3, onError } = options;
  const started = performance.now();
  const controller = new AbortController();
  const late = Promise.withResolvers<never>();
  const clock = setTimeout(() => {
    controller.abort();
    late.reject(new Error(`no answer within ${limitSeconds} s`));
  }, limitSeconds * 1_000);
  const took = (): number => Math.round(performance.now() - started);
  try {
    await Promise.race([check(controller.signal), late.promise]);
    return { ok: true, milliseconds: took() };
  } catch (error) {
    onError?.(error, name);
    return { ok: false, milliseconds: took(), reason: controller.signal.aborted ? 'timeout' : 'failed' };
  } finally {
    clearTimeout(clock);
  }
}
