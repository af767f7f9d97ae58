/** Auto mode: merges a dream by itself when nothing in it is for a person, at the commit that was checked. */
import type { Decision, Journal, JournalProposal } from '../core/dream/journal.ts';
import { proposalSchema } from '../core/dream/proposal.ts';
import { openDream } from '../core/dream/triggers.ts';
import { droppedFrom } from '../core/review/state.ts';
import { wantsLook } from '../core/review/look.ts';
import { guardAgain } from '../guard-again.ts';
import type { Work } from '../jobs/work.ts';
import type { JobContext, JobResult } from '../jobs/handler.ts';
import type { JobOf } from '../jobs/job.ts';
import type { Queue } from '../jobs/queue.ts';
import { openReview } from '../open-review.ts';
import { settle } from '../settle.ts';
import { lookAtAuto, type AutoLook } from './auto/look.ts';
import { requestMerge, type MergeMethod } from './auto/request-merge.ts';
import { endWait, stopWait, tellRefusal } from './auto/show-wait.ts';
import { asking } from './failure.ts';
import { livingOn } from './life.ts';
import { visibilityOf } from './mint.ts';
import { archivedError, requireConsent } from './publication.ts';
import { at } from './pull-request/parts.ts';
import type { HostedPlace } from './repositories.ts';

type Sending = Pick<Queue, 'send'>;

/**
 * Asks for the open dream to be merged when its wait is over. Called by whoever showed its head; asking twice is harmless.
 * @param now ISO 8601 in UTC.
 * @param turn names the event or schedule that made somebody look: what GitHub refused is tried again for each.
 */
export async function askToMerge(
  queue: Sending,
  place: HostedPlace,
  now: string,
  turn?: string,
): Promise<void> {
  if (place.config.mode !== 'auto') return;
  const view = await place.ledger.read();
  const decisions = await view.decisions();
  const open = openDream(await view.journals(), decisions);
  if (open?.head === undefined) return;
  const { state } = await lookAtAuto(place, open, decisions, now);
  if (state.state === 'ready') await send(queue, place, open, { slot: turn ?? hourOf(now), at: now });
  if (state.state === 'waits' && state.until !== undefined)
    await send(queue, place, open, { slot: state.until, at: state.until });
}

const hourOf = (time: string): string => time.slice(0, 13);

async function send(
  queue: Sending,
  { hosted }: HostedPlace,
  { id: dream, head }: Pick<Journal, 'id' | 'head'>,
  { slot, at: startAfter }: { readonly slot: string; readonly at: string },
): Promise<void> {
  if (head === undefined) return;
  const about = { repository: String(hosted.id), installation: String(hosted.installation) };
  await queue.send({ kind: 'merge', ...about, dream, head, slot }, { startAfter });
}

/** What became of a try: a word for the log and the metrics, and when to try again. */
interface Tried extends JobResult {
  /** ISO 8601 in UTC. */
  readonly again?: string;
}

/** The work of a `merge` job: looks at everything anew, merges, or says what it waits for and comes back. */
export function createMergeWork(queue: Sending): Work<HostedPlace, JobOf<'merge'>> {
  return async (place, payload, now, context) => {
    await livingOn(place, now);
    const { again, ...result } = await tryMerge(place, payload, now, context);
    await place.pullRequests.show(now);
    const open = await openOf(place);
    if (again !== undefined && open !== undefined)
      await send(queue, place, open.journal, { slot: again, at: again });
    else await askToMerge(queue, place, now, `after ${context.id}`.slice(0, 100));
    return result;
  };
}

async function openOf(place: HostedPlace) {
  const view = await place.ledger.read();
  const decisions = await view.decisions();
  const journal = openDream(await view.journals(), decisions);
  return journal === undefined ? undefined : { journal, decisions };
}

async function tryMerge(
  place: HostedPlace,
  { dream, head }: JobOf<'merge'>,
  now: string,
  { signal }: JobContext,
): Promise<Tried> {
  const open = await openOf(place);
  if (open?.journal.id !== dream || open.journal.head !== head) return { outcome: 'outdated' };
  const look = await lookAtAuto(place, open.journal, open.decisions, now);
  if (look.state.state === 'off') {
    await stopWait(place, look.run);
    return { outcome: 'waits', reason: 'off' };
  }
  if (look.state.state === 'waits') return { outcome: 'waits', reason: look.state.for };
  const base = await place.repository.resolve('HEAD');
  if (await findsMore(place, open)) return { outcome: 'waits', reason: 'guard' };
  const methods = await methodsNow(place);
  await place.copy.refresh();
  if ((await place.repository.resolve('HEAD')) !== base)
    return { outcome: 'moved', again: later(now, minute) };
  return merge(place, { look, head, methods, now, signal });
}

const minute = 60_000;
const hour = 60 * minute;
const later = (now: string, milliseconds: number): string =>
  new Date(Date.parse(now) + milliseconds).toISOString();

/**
 * Guards what is kept on the newest base, with all that was merged and rejected since. What it finds is written to the
 * journal, and then waits for a person.
 */
async function findsMore(
  place: HostedPlace,
  open: { readonly journal: Journal; readonly decisions: readonly Decision[] },
): Promise<boolean> {
  const { repository, ledger, pullRequests } = place;
  const base = (await repository.resolve('HEAD')) ?? open.journal.base;
  const review = await openReview({ repository, ledger, now: open.journal.at, pullRequests });
  const dropped = droppedFrom(open.journal.id, open.decisions);
  const kept = open.journal.proposals.filter(({ number }) => !dropped.has(number));
  const { cleared, withheld } = await guardAgain(place)(
    { ...review, journal: { ...review.journal, base } },
    kept.map((proposal) => proposalSchema.strip().parse(proposal)),
  );
  const found = new Map([...cleared, ...withheld].map(({ number, findings }) => [number, [...findings]]));
  if (![...found.values()].some((findings) => wantsLook({ findings }))) return false;
  const proposals = open.journal.proposals.map((proposal): JournalProposal => ({
    ...proposal,
    findings: found.get(proposal.number) ?? proposal.findings,
  }));
  await ledger.write(`Note what the guard finds in dream ${open.journal.id} now`, () =>
    Promise.resolve({ journals: [{ ...open.journal, proposals }] }),
  );
  return true;
}

/**
 * What the repository allows at this moment, best first; GitHub tells only some who ask.
 * @throws {DreamkeeperError} when it was archived, or made public without consent.
 */
async function methodsNow({ hosted, config }: HostedPlace): Promise<readonly MergeMethod[]> {
  const { data } = await asking('asking how the repository merges', () =>
    hosted.octokit.rest.repos.get(at({ hosted })),
  );
  if (data.archived) throw archivedError(hosted);
  requireConsent(hosted, visibilityOf(data), config);
  const allowed: readonly [MergeMethod, boolean | undefined][] = [
    ['merge', data.allow_merge_commit],
    ['squash', data.allow_squash_merge],
    ['rebase', data.allow_rebase_merge],
  ];
  return allowed.filter(([, yes]) => yes !== false).map(([method]) => method);
}

async function merge(
  place: HostedPlace,
  about: {
    readonly look: AutoLook;
    readonly head: string;
    readonly methods: readonly MergeMethod[];
    readonly now: string;
    readonly signal: AbortSignal;
  },
): Promise<Tried> {
  const { look, head, methods, now, signal } = about;
  if (look.pull === undefined) return { outcome: 'outdated' };
  const asked = await requestMerge(place, { pull: look.pull, head, methods, signal });
  switch (asked.outcome) {
    case 'merged': {
      await endWait(place, look.run, 'It was merged.');
      place.pullRequests.forget();
      const { repository, ledger, pullRequests } = place;
      await settle({ repository, ledger, now, pullRequests });
      return { outcome: 'merged' };
    }
    case 'queued':
      await endWait(place, look.run, 'It is in the merge queue.');
      return { outcome: 'queued', again: later(now, hour) };
    case 'pending':
      return { outcome: 'pending', again: later(now, 5 * minute) };
    case 'refused':
      await tellRefusal(place, look.run, asked.reason);
      return { outcome: 'waits', reason: 'refused', again: later(now, backOff(look, now)) };
  }
}

/** As long as it has waited, from an hour to a day. */
function backOff({ run }: AutoLook, now: string): number {
  const waited = run === undefined ? 0 : Date.parse(now) - Date.parse(run.startedAt);
  return Math.min(24 * hour, Math.max(hour, waited));
}
