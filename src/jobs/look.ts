/** Looks at a repository and says what there is to know about when it is due. Writes nothing. */
import { spentInMonth } from '../core/dream/budget.ts';
import { isPaused, lastDream } from '../core/dream/triggers.ts';
import type { LedgerView } from '../core/dream/ledger.ts';
import type { DreamkeeperError } from '../core/error.ts';
import { isTouched } from '../dream.ts';
import { waitingObjects } from '../extracts.ts';
import { settle } from '../settle.ts';
import type { Place } from './place.ts';
import type { Seen } from './repository-state.ts';

const dayMilliseconds = 86_400_000;

/** @param now ISO 8601 in UTC. */
export async function look(place: Place, now: string): Promise<Seen> {
  const { repository, config, pullRequests } = place;
  const { view, open } = await settle({ ...place, now }, false);
  const [journals, decisions] = [await view.journals(), await view.decisions()];
  const last = lastDream(journals);
  const oldest = await oldestSession(view);
  const { after, sessions, apart, cron, zone } = config.dream;
  const empty = (await repository.resolve('HEAD')) === undefined;
  return {
    dream: { after, sessions, apart, zone, ...(cron === undefined ? {} : { cron }) },
    waiting: waitingObjects(view, journals).size,
    paused: isPaused(decisions, now),
    held:
      open !== undefined &&
      (await (pullRequests?.isTouched(open, decisions) ?? isTouched(repository, open, decisions))),
    ...(open === undefined ? {} : { open: true }),
    spent: spentInMonth(decisions, now),
    ...(last === undefined ? {} : { lastDream: last.at }),
    ...(oldest === undefined ? {} : { retentionDue: retentionDue(oldest, config.ledger.retention) }),
    ...(place.agents?.hasSessions === true ? { agents: true } : {}),
    ...(place.asleep === undefined ? {} : { problem: place.asleep.message }),
    ...(empty ? { problem: 'the repository has no commit yet' } : {}),
  };
}

/** What is remembered of a repository that cannot be worked on until somebody mends it. */
export function problemSeen(error: DreamkeeperError): Seen {
  return {
    dream: { after: 24, sessions: 5, apart: 6, zone: 'UTC' },
    waiting: 0,
    paused: false,
    held: false,
    problem: error.message.slice(0, 500),
  };
}

async function oldestSession(view: LedgerView): Promise<string | undefined> {
  const times = (await view.sessions()).flatMap(({ summary }) => {
    const heard = summary.endedAt ?? summary.startedAt;
    return heard === undefined || Number.isNaN(Date.parse(heard)) ? [] : [new Date(heard).toISOString()];
  });
  return times.reduce<string | undefined>(
    (oldest, time) => (oldest === undefined || time < oldest ? time : oldest),
    undefined,
  );
}

function retentionDue(oldest: string, days: number): string {
  // A moment later: retention takes what is older than so many days.
  return new Date(Date.parse(oldest) + days * dayMilliseconds + 1).toISOString();
}
