/** Closes the pull requests of dreams that are over with a word, and takes away branches of ours that nobody needs. */
import type { Decision, Journal } from '../../core/dream/journal.ts';
import { standing } from '../../core/dream/decisions.ts';
import { farewell } from '../../core/review/farewell.ts';
import { stateOf } from '../../core/review/state.ts';
import { statusComment } from '../../core/review/status-comment.ts';
import { asking } from '../failure.ts';
import { dreamRefs } from '../remote-refs.ts';
import { handledOf } from './notes.ts';
import { at, type PullRequestParts } from './parts.ts';
import { findPull } from './pull.ts';
import type { Reading } from './reading.ts';
import { showStatusComment } from './status-comment.ts';
import { removeTemporary, temporaryPrefix } from './verified.ts';

export interface Past {
  readonly journals: readonly Journal[];
  readonly decisions: readonly Decision[];
  /** Of the dream that is open. */
  readonly openBranch: string | undefined;
  /** ISO 8601 in UTC. */
  readonly now: string;
}

const day = 86_400_000;
/** A person may reopen what was closed, and for that its branch must be there. */
const reopenedWithin = 30 * day;
/** What we ended ourselves is closed at once, or by one of the next jobs. */
const closedWithin = day;

/** What is there is known without asking: only branches that are left cost requests. */
export async function cleanUp(parts: PullRequestParts, reading: Reading, past: Past): Promise<void> {
  for (const [ref, tip] of parts.copy.remoteRefs()) {
    if (!ref.startsWith(dreamRefs)) continue;
    const branch = ref.slice('refs/heads/'.length);
    const half = past.journals.find(({ id }) => branch === `${temporaryPrefix}${id}`);
    if (half !== undefined) await removeTemporary(parts, half);
    const journals = past.journals.filter((journal) => journal.branch === branch);
    const newest = journals.sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
    const isOurs = journals.some(({ head, heads = [] }) => head === tip || heads.includes(tip));
    if (newest === undefined || !isOurs || branch === past.openBranch) continue;
    const plan = planOf(newest, past);
    if (plan.close) await close(parts, reading, newest, past);
    // Who moved it meanwhile keeps it.
    if (plan.remove) await parts.copy.push({ ref, to: undefined, expected: tip });
  }
}

function planOf(journal: Journal, { decisions, now }: Past): { close: boolean; remove: boolean } {
  switch (stateOf(journal, decisions)) {
    case 'merged':
      return { close: false, remove: true };
    case 'withdrawn':
      return { close: true, remove: true };
    case 'rejected': {
      const last = endOf(journal, decisions)?.at ?? now;
      const age = Date.parse(now) - Date.parse(last);
      return { close: age < closedWithin, remove: age > reopenedWithin };
    }
    case 'open':
    case 'proposed nothing':
      return { close: false, remove: false };
  }
}

function endOf({ id }: Journal, decisions: readonly Decision[]) {
  return standing(decisions).findLast(
    (decision) => (decision.type === 'withdrawn' || decision.type === 'rejected') && decision.dream === id,
  );
}

async function close(
  parts: PullRequestParts,
  reading: Reading,
  journal: Journal,
  { decisions }: Past,
): Promise<void> {
  const pull = await findPull(parts, journal);
  if (pull?.open !== true) return;
  const end = endOf(journal, decisions);
  const reason = end !== undefined && 'reason' in end ? end.reason : undefined;
  const body = statusComment({
    commands: handledOf(journal, pull.number, decisions),
    notes: [farewell(stateOf(journal, decisions) === 'rejected', reason)],
    closed: true,
  });
  await showStatusComment(parts, reading, pull, body);
  await asking('closing the pull request', () =>
    parts.hosted.octokit.rest.pulls.update({ ...at(parts), pull_number: pull.number, state: 'closed' }),
  );
  reading.forget();
}
