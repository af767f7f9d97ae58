/** What jobs do on any source of repositories: the pipelines, with their effects in Git. */
import { extractorVersion, gather } from '../core/dream/gather/gather.ts';
import type { Journal } from '../core/dream/journal.ts';
import { DreamkeeperError, RetryLaterError } from '../core/error.ts';
import { dream, type DreamResult } from '../dream.ts';
import { bringToAgents, takeBeforeDream, takeFromAgents } from './agents.ts';
import type { DreamedOf, Handlers, JobContext, JobResult } from './handler.ts';
import { takeInbox } from './inbox.ts';
import type { JobOf } from './job.ts';
import { look, problemSeen } from './look.ts';
import { notOnboarded, type Place, type RepositoryName, type RepositorySource } from './place.ts';
import type { Queue } from './queue.ts';
import { reconcile, type ReconciliationHook } from './reconcile.ts';
import type { RepositoryStates, Seen } from './repository-state.ts';
import { dueJobs } from './schedule.ts';
import { sweep } from './sweep.ts';
import { nameOf, workAt, type About, type Work, type Works } from './work.ts';

export interface HandlerOptions<P extends Place = Place> {
  readonly source: RepositorySource<P>;
  readonly states: RepositoryStates;
  readonly queue: Queue;
  readonly hooks: readonly ReconciliationHook[];
  /** Seconds over which dreams of one schedule begin. */
  readonly spread?: number;
  /** What is done otherwise, or besides, where repositories are hosted. */
  readonly works?: Works<P>;
}

export function createHandlers<P extends Place>(options: HandlerOptions<P>): Handlers {
  const { source, states, queue, hooks, works = {} } = options;
  const at =
    <Payload extends About>(work: Work<P, Payload>) =>
    (payload: Payload, context: JobContext): Promise<JobResult> =>
      workAt(work, payload, context, { source, states, works });
  const extra = {
    ...(works.onboard === undefined ? {} : { onboard: at(works.onboard) }),
    ...(works.review === undefined ? {} : { review: at(works.review) }),
    ...(works.merge === undefined ? {} : { merge: at(works.merge) }),
  };
  return {
    ...extra,
    ingest: at<JobOf<'ingest'>>((place, payload, now, context) =>
      payload.source === 'agents'
        ? takeFromAgents(place, now, context)
        : (works.ingest ?? ingestInbox)(place, payload, now, context),
    ),
    dream: at<JobOf<'dream'>>(works.dream ?? dreamWork),
    retention: at<JobOf<'retention'>>(works.retention ?? retentionWork),
    sync: (payload, context) => lookAt(payload, context, { ...options, works }),
    async sweep({ slot }, { signal, log }) {
      const spread = options.spread === undefined ? {} : { spread: options.spread };
      const { repositories, sent } = await sweep({ states, queue, slot, ...spread });
      const taking = await askForDropped(options, slot, signal);
      log.debug({ repositories, sent, taking }, 'swept');
      return { outcome: 'swept' };
    },
    async reconcile({ slot }, { signal, log }) {
      await reconcile(hooks, { slot, signal, log });
      return { outcome: 'reconciled' };
    },
  };
}

/** Dreams, and shows what came of it where dreams are reviewed. */
export const dreamWork: Work<Place, JobOf<'dream'>> = async (place, { asked }, now, { signal, log }) => {
  await takeBeforeDream(place, now, { signal, log });
  const onProgress = (step: string): void => {
    log.debug({ step }, 'dreaming');
    place.watch?.step(step);
  };
  const result = await watched(place, () =>
    dream({ ...place, now, ifDue: asked !== true, signal, onProgress }),
  );
  await place.pullRequests?.show(now);
  // Who asked waits for it; the triggers may not ask again.
  if (asked === true && result.reason === 'waiting') throw new RetryLaterError(result.message, 300);
  const { journal, outcome, reason } = result;
  return { outcome, reason, ...(journal === undefined ? {} : { dream: countsOf(journal) }) };
};

/** However it ends, whoever watches is told. */
async function watched({ watch }: Place, work: () => Promise<DreamResult>): Promise<DreamResult> {
  try {
    const result = await work();
    await watch?.end(result.message, result.reason === 'waiting');
    return result;
  } catch (error) {
    await watch?.end(error instanceof Error ? error.message : String(error), false);
    throw error;
  }
}

export const retentionWork: Work<Place, JobOf<'retention'>> = async (place, _payload, now) => {
  const removed = await place.retain(now);
  return { outcome: removed.length === 0 ? 'nothing' : 'removed' };
};

function countsOf({ dreamer, proposals, withheld, usage }: Journal): DreamedOf {
  return {
    dreamer,
    proposed: proposals.map(({ kind }) => kind),
    withheld: withheld.map(({ kind }) => kind),
    ...(usage === undefined ? {} : { usage }),
  };
}

/** What was dropped since the last turn. Jobs of one turn are one job, and one that finds nothing does nothing. */
async function askForDropped(
  { source, queue }: Pick<HandlerOptions, 'source' | 'queue'>,
  slot: string,
  signal: AbortSignal,
): Promise<number> {
  const jobs: { readonly payload: JobOf<'ingest'> }[] = [];
  for await (const { id, installation } of source.withDropped?.(signal) ?? []) {
    const whose = installation === undefined ? {} : { installation };
    jobs.push({ payload: { kind: 'ingest', repository: id, ...whose, source: 'inbox', slot } });
  }
  return queue.sendAll(jobs);
}

/** Remembers what is there, and asks for what is due: so a lost database is filled again by looking alone. */
async function lookAt<P extends Place>(
  payload: JobOf<'sync'>,
  context: JobContext,
  options: HandlerOptions<P> & { readonly works: Works<P> },
): Promise<JobResult> {
  const { source, states, queue, works } = options;
  const found = await openAndLook(source, states, payload, context.signal);
  if (found === undefined) {
    await states.forget([payload.repository]);
    return { outcome: 'gone' };
  }
  const { place, seen, now } = found;
  const name = nameOf(payload, place);
  await states.remember(name, seen);
  if (place?.asleep !== undefined) {
    await works.asleep?.(place, payload, now, context);
    if (place.asleep.reason === notOnboarded && works.onboard !== undefined)
      await queue.send({ ...aboutOf(name), kind: 'onboard' });
    return { outcome: 'asleep', reason: place.asleep.reason };
  }
  if (seen.problem !== undefined) {
    context.log.warn({ problem: seen.problem }, 'nothing can be done for this repository until it is mended');
    return { outcome: 'problem' };
  }
  if (place !== undefined) await bringToAgents(place, context);
  const slot = payload.slot ?? now;
  const due = dueJobs([{ ...name, seen, seenAt: now, pending: [] }], { now, slot });
  const dropped = (await place?.inbox?.waiting()) ?? [];
  const taking =
    dropped.length === 0
      ? []
      : [{ payload: { ...aboutOf(name), kind: 'ingest', source: 'inbox', slot } as const }];
  // What was asked for while nobody listened stands on GitHub.
  const reviewing =
    works.review === undefined ? [] : [{ payload: { ...aboutOf(name), kind: 'review', slot } as const }];
  await queue.sendAll([...taking, ...reviewing, ...due]);
  return { outcome: 'looked' };
}

async function openAndLook<P extends Place>(
  source: RepositorySource<P>,
  states: RepositoryStates,
  { repository, installation }: Omit<About, 'kind'>,
  signal: AbortSignal,
): Promise<{ readonly place?: P; readonly seen: Seen; readonly now: string } | undefined> {
  const now = await states.now();
  try {
    const place = await source.open(repository, signal, installation);
    return place === undefined ? undefined : { place, seen: await look(place, now), now };
  } catch (error) {
    if (!(error instanceof DreamkeeperError) || error.retryable) throw error;
    return { seen: problemSeen(error), now };
  }
}

const ingestInbox: Work<Place, JobOf<'ingest'>> = async (place, payload, _now, { signal, log }) => {
  if (payload.source !== 'inbox' || place.inbox === undefined) return { outcome: 'nothing' };
  const { ledger, config, redactor, person } = place;
  const taken = await takeInbox(place.inbox, {
    ledger,
    redactor,
    detail: config.ledger.detail,
    submittedBy: person,
    extractor: { version: extractorVersion, gather },
    signal,
    ...(payload.at === undefined ? {} : { only: payload.at }),
  });
  log.debug(taken, 'inbox taken in');
  return { outcome: taken.ingested > 0 ? 'ingested' : 'nothing' };
};

function aboutOf({ id, installation }: RepositoryName) {
  return { repository: id, ...(installation === undefined ? {} : { installation }) };
}
