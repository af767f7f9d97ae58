/** What a job does with the repository it is about: opens it, works, and remembers what it looks like afterwards. */
import { bringToAgents } from './agents.ts';
import type { JobContext, JobResult } from './handler.ts';
import { isRetryable } from './failure.ts';
import type { JobKind, JobOf } from './job.ts';
import { look } from './look.ts';
import { notOnboarded, type Place, type RepositoryName, type RepositorySource } from './place.ts';
import type { RepositoryStates } from './repository-state.ts';

export interface About {
  readonly kind: JobKind;
  readonly repository: string;
  readonly installation?: string | undefined;
}

/** What a job does with the repository it opened. @param now ISO 8601 in UTC, by the clock of the database. */
export type Work<P extends Place, Payload extends About> = (
  place: P,
  payload: Payload,
  now: string,
  context: JobContext,
) => Promise<JobResult>;

export type Works<P extends Place> = {
  readonly [Kind in 'onboard' | 'ingest' | 'dream' | 'review' | 'merge' | 'retention']?: Work<P, JobOf<Kind>>;
} & {
  /** In place of the work on a repository that sleeps: whoever can wake it is told. */
  readonly asleep?: (place: P, payload: About, now: string, context: JobContext) => Promise<void>;
};

export interface WorkOptions<P extends Place> {
  readonly source: Pick<RepositorySource<P>, 'open'>;
  readonly states: Pick<RepositoryStates, 'now' | 'forget' | 'remember' | 'sharing'>;
  readonly works: Works<P>;
}

/**
 * A repository that is taken away or put to sleep while it is worked on ends the work, and that is no failure.
 * @throws what the work throws
 */
export async function workAt<P extends Place, Payload extends About>(
  work: Work<P, Payload>,
  payload: Payload,
  context: JobContext,
  options: WorkOptions<P>,
): Promise<JobResult> {
  const { states } = options;
  try {
    const found = await openAwake(payload, context, options);
    if ('outcome' in found) return found;
    const { place, now } = found;
    const shared = { ...place, sharing: states.sharing(nameOf(payload, place)) };
    const result = await work(shared, payload, now, context);
    if (payload.kind === 'review' || payload.kind === 'dream') await bringToAgents(place, context);
    const waits = result.reason === 'waiting' ? { waits: true as const } : {};
    const tried = payload.kind === 'dream' ? { triedAt: now, ...waits } : {};
    await states.remember(nameOf(payload, place), { ...(await look(place, now)), ...tried });
    return result;
  } catch (error) {
    if (context.signal.aborted || isRetryable(error)) throw error;
    const again = await openAwake(payload, context, options).catch(() => undefined);
    if (again === undefined) throw error;
    if (!('outcome' in again)) {
      if (payload.kind === 'dream') await rememberTry(payload, again, states).catch(() => undefined);
      throw error;
    }
    context.log.info({ err: error, ...again }, 'the repository went away, or to sleep, in the middle of it');
    return again;
  }
}

/** So that not each turn asks for what has failed for good. */
async function rememberTry(
  about: About,
  { place, now }: { readonly place: Place; readonly now: string },
  states: Pick<RepositoryStates, 'remember'>,
): Promise<void> {
  await states.remember(nameOf(about, place), { ...(await look(place, now)), triedAt: now });
}

/** @returns how it ends where there is nothing to work on. */
async function openAwake<P extends Place>(
  payload: About,
  context: JobContext,
  { source, states, works }: WorkOptions<P>,
): Promise<{ readonly place: P; readonly now: string } | JobResult> {
  const place = await source.open(payload.repository, context.signal, payload.installation);
  if (place === undefined) {
    await states.forget([payload.repository]);
    return { outcome: 'gone' };
  }
  const now = await states.now();
  const mayBeAsked = payload.kind === 'onboard' && place.asleep?.reason === notOnboarded;
  if (place.asleep === undefined || mayBeAsked) return { place, now };
  await works.asleep?.(place, payload, now, context);
  await states.remember(nameOf(payload, place), await look(place, now));
  return { outcome: 'asleep', reason: place.asleep.reason };
}

/** @param place as it was opened: a job may come from where it was before, or from another's branch. */
export function nameOf(
  { repository, installation: asked }: Omit<About, 'kind'>,
  place?: Pick<Place, 'installation'>,
): RepositoryName {
  const installation = place?.installation ?? asked;
  return { id: repository, ...(installation === undefined ? {} : { installation }) };
}
