/**
 * The check run in which people watch a dream that takes long, on the commit whose memory it reads. It is not the check that
 * may be required: nobody waits for it.
 */
import type { Logger } from 'pino';
import { inert } from '../core/review/inert.ts';
import { clip } from '../core/review/visible.ts';
import type { DreamWatch } from '../jobs/place.ts';
import { beginWait, findWaitRun, tellWait, type WaitRun, type WaitText } from './auto/wait-run.ts';
import type { HostedPlace } from './repositories.ts';

export const watchName = 'dreamkeeper dream';

export interface WatchOptions {
  /** ISO 8601 in UTC. */
  readonly now: string;
  readonly log: Logger;
  /** Milliseconds between two things that are shown; what is over sooner is not shown at all. */
  readonly pause?: number;
}

type Parts = Pick<HostedPlace, 'hosted' | 'bot' | 'repository'>;

export function createDreamWatch(parts: Parts, { now, log, pause = 15_000 }: WatchOptions): DreamWatch {
  let run: WaitRun | undefined;
  let last = Date.now();
  let queue = Promise.resolve();
  const show = (text: WaitText, begins = true): Promise<void> => {
    last = Date.now();
    queue = queue.then(async () => {
      try {
        run = await shown(parts, run, text, begins ? now : undefined);
      } catch (error) {
        log.warn({ err: error }, 'how far the dream is could not be shown');
      }
    });
    return queue;
  };
  return {
    step(what) {
      if (Date.now() - last >= pause) void show({ title: 'Dreaming', summary: summaryOf(what) });
    },
    async end(what, waits) {
      await queue;
      // What is never told again must not look as if it went on.
      const title = waits ? underWay : 'The dream is over';
      await show({ title, summary: summaryOf(what), conclusion: 'neutral' }, waits);
    },
  };
}

const underWay = 'A dream is under way';

const summaryOf = (what: string): string => inert(clip(what, 1_000));

/**
 * A run that another process left on the same commit is gone on with.
 * @param beginAt ISO 8601; undefined begins none, and ends one that was left only where it looks as if it went on.
 */
async function shown(
  parts: Parts,
  known: WaitRun | undefined,
  text: WaitText,
  beginAt: string | undefined,
): Promise<WaitRun | undefined> {
  const head = await parts.repository.resolve('HEAD');
  if (head === undefined) return undefined;
  const found = known ?? (await findWaitRun(parts, head, watchName));
  if (beginAt === undefined && known === undefined && found?.waiting !== true && found?.title !== underWay)
    return undefined;
  const run = found ?? (await beginWait(parts, head, beginAt ?? '', text, watchName));
  await tellWait(parts, run, text);
  return { ...run, ...text, waiting: text.conclusion === undefined };
}
