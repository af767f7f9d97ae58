/**
 * What becomes of an open dream while nobody does anything to it: its base moves, nobody looks at it, what was merged is
 * taken back. Everything is read anew and compared with the ledger, so it can be asked at any time, and twice.
 */
import type { Decision, Journal } from '../core/dream/journal.ts';
import { standing } from '../core/dream/decisions.ts';
import { followBase, type Followed } from '../follow-base.ts';
import { guardAgain } from '../guard-again.ts';
import { openReview } from '../open-review.ts';
import { settle } from '../settle.ts';
import { looking } from './life-notes.ts';
import { tipOf } from './pull-request/tip.ts';
import type { HostedPlace } from './repositories.ts';
import { recordReverts } from './reverts.ts';

export interface Lived {
  /** What became of the open dream; `none`: there is none. */
  readonly state: 'none' | Followed['state'];
  /** Numbers of the proposals that memory changed under. */
  readonly dropped: readonly number[];
  /** How many merged proposals were found to be taken back. */
  readonly reverted: number;
}

/**
 * Brings the ledger up to date with what happened by itself; showing it is the caller's.
 * @param now ISO 8601 in UTC.
 * @throws {DreamkeeperError | RetryLaterError} what GitHub, Git and the ledger throw: then a part of it may be done.
 */
export async function livingOn(place: HostedPlace, now: string): Promise<Lived> {
  const { repository, ledger, pullRequests } = place;
  const options = {
    ...{ repository, ledger, now, pullRequests },
    hasOthers: async (journal: Journal) => (await tipOf(place, journal)).whose === 'theirs',
  };
  const { open } = await settle(options);
  const reverted = await recordReverts(place, now);
  if (open?.head === undefined) return { state: 'none', dropped: [], reverted };
  if (await isForgotten(place, open, now)) {
    await withdraw(place, open, now);
    return { state: 'withdrawn', dropped: [], reverted };
  }
  const review = await openReview(options);
  return {
    ...(await followBase({ ...options, ...looking(place), guard: guardAgain(place) }, review)),
    reverted,
  };
}

const fortnight = 14 * 24 * 3_600_000;

/** Nobody touched it for two weeks. In auto mode it cannot be replaced, and is forgotten all the same. */
async function isForgotten(
  { ledger, pullRequests }: HostedPlace,
  open: Journal,
  now: string,
): Promise<boolean> {
  if (Date.parse(now) - Date.parse(open.at) < fortnight) return false;
  const all = await (await ledger.read()).decisions();
  if (all.some((decision) => decision.type === 'reopened' && decision.dream === open.id)) return false;
  const asManual: Decision = { type: 'mode', at: now, mode: 'manual' };
  return !(await pullRequests.isTouched(open, [...standing(all), asManual]));
}

async function withdraw({ ledger }: HostedPlace, { id }: Journal, at: string): Promise<void> {
  const reason = 'nobody looked at it for two weeks';
  const decision: Decision = { type: 'withdrawn', at, dream: id, reason, untouched: true };
  await ledger.write(`Record that dream ${id} is withdrawn`, () =>
    Promise.resolve({ decisions: [decision] }),
  );
}
