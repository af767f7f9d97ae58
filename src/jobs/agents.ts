/** What jobs have to do with the service where a repository's agents run. */
import type { JobContext, JobResult } from './handler.ts';
import type { Place } from './place.ts';

type Context = Pick<JobContext, 'signal' | 'log'>;

/** @param now ISO 8601 in UTC. */
export async function takeFromAgents(
  { agents }: Place,
  now: string,
  { signal, log }: Context,
): Promise<JobResult> {
  const taken = await agents?.takeIn(now, { signal });
  if (taken === undefined) return { outcome: 'nothing' };
  const { ingested, unchanged, refused } = taken;
  log.debug({ ingested, unchanged, refused: refused.length }, 'sessions of agents taken in');
  return { outcome: ingested > 0 ? 'ingested' : 'nothing' };
}

/** A dream over what is here is better than none: what cannot be asked is asked at the next turn. */
export async function takeBeforeDream(place: Place, now: string, context: Context): Promise<void> {
  try {
    await takeFromAgents(place, now, context);
  } catch (error) {
    context.signal.throwIfAborted();
    context.log.warn({ err: error }, 'sessions of agents were not taken in');
  }
}

/** After each job that may have seen a merge. That it fails is no reason to do the job again. */
export async function bringToAgents({ agents, repository }: Place, { signal, log }: Context): Promise<void> {
  if (agents === undefined) return;
  try {
    const commit = await repository.resolve('HEAD');
    if (commit === undefined) return;
    const { written, removed, foreign } = await agents.sync(commit, signal);
    if (written.length + removed.length + foreign.length === 0) return;
    const counts = { written: written.length, removed: removed.length, foreign: foreign.length };
    log.info(counts, 'brought the memory to the agents');
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ err: error }, 'the memory was not brought to the agents; it is tried again at the next turn');
  }
}
