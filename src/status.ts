/** How things are: what waits, what the last dream did, and why it would or would not dream now. */
import type { Config } from './core/config.ts';
import type { Journal } from './core/dream/journal.ts';
import type { Ledger } from './core/dream/ledger.ts';
import type { Repository } from './core/dream/repository.ts';
import { dreamDue, isPaused, lastDream, type Due } from './core/dream/triggers.ts';
import { droppedFrom } from './core/review/state.ts';
import { waitingObjects } from './extracts.ts';
import { settle } from './settle.ts';

export interface Status {
  /** On the ledger. */
  readonly sessions: number;
  /** New or grown since they were last dreamed about. */
  readonly waiting: number;
  readonly lastDream: Pick<Journal, 'id' | 'at' | 'outcome' | 'reason'> | null;
  readonly openDream: {
    readonly id: string;
    readonly at: string;
    readonly branch: string;
    readonly onto: string | null;
    readonly proposals: readonly number[];
    readonly dropped: readonly number[];
  } | null;
  readonly due: boolean;
  readonly reason: Due['reason'] | 'open-dream';
  readonly message: string;
  /** What somebody else changed or broke on the ledger; ignored, and said. */
  readonly problems: readonly string[];
}

/** Looks only; nothing is written. @param now ISO 8601 in UTC. */
export async function status(
  repository: Repository,
  ledger: Ledger,
  config: Config,
  now: string,
): Promise<Status> {
  const { view, open } = await settle({ repository, ledger, now }, false);
  const [journals, decisions, problems] = [
    await view.journals(),
    await view.decisions(),
    await view.problems(),
  ];
  const waiting = waitingObjects(view, journals).size;
  const last = lastDream(journals);
  const dropped = open === undefined ? new Set<number>() : droppedFrom(open.id, decisions);
  const due = dreamDue({
    config,
    now,
    waiting,
    paused: isPaused(decisions, now),
    ...(last === undefined ? {} : { lastDream: last.at }),
  });
  const held = open !== undefined && dropped.size > 0;
  return {
    sessions: [...view.objects.keys()].filter((path) => path.startsWith('sessions/')).length,
    waiting,
    lastDream:
      last === undefined ? null : { id: last.id, at: last.at, outcome: last.outcome, reason: last.reason },
    openDream:
      open?.branch === undefined
        ? null
        : {
            id: open.id,
            at: open.at,
            branch: open.branch,
            onto: open.onto ?? null,
            proposals: open.proposals.map(({ number }) => number).filter((number) => !dropped.has(number)),
            dropped: [...dropped].sort((a, b) => a - b),
          },
    ...(held
      ? { due: false, reason: 'open-dream' as const, message: `dream ${open.id} is being reviewed` }
      : due),
    problems,
  };
}
