/** A dream that somebody began to review while another was dreamed in its place: it stands, and what is new waits. */
import type { Journal } from '../../core/dream/journal.ts';
import type { LedgerView } from '../../core/dream/ledger.ts';
import { ticksToRecord } from '../../core/review/ticks.ts';
import { parseReview } from '../../core/review/parse.ts';
import type { PullRequestParts } from './parts.ts';
import type { Pull } from './pull.ts';
import { tipOf } from './tip.ts';

/**
 * Only as long as GitHub still shows the earlier dream: by its text and its branch.
 * @returns the ledger with the earlier dream open again; undefined where nobody touched it.
 */
export async function givenBack(
  parts: PullRequestParts,
  view: LedgerView,
  open: Journal,
  pull: Pull | undefined,
  now: string,
): Promise<LedgerView | undefined> {
  if (pull?.open !== true) return undefined;
  const shown = parseReview(pull.body)?.dream;
  if (shown === undefined || shown === open.id) return undefined;
  const earlier = (await view.journals()).find(({ id, branch }) => id === shown && branch === open.branch);
  if (earlier === undefined || !(await isBegun(parts, view, open, earlier, pull))) return undefined;
  return parts.ledger.write(`Give dream ${earlier.id} back to who reviews it`, () =>
    Promise.resolve({
      decisions: [
        { type: 'withdrawn', at: now, dream: open.id, reason: `somebody reviews dream ${earlier.id}` },
        { type: 'reopened', at: now, dream: earlier.id },
      ],
    }),
  );
}

async function isBegun(
  parts: PullRequestParts,
  view: LedgerView,
  open: Journal,
  earlier: Journal,
  pull: Pull,
): Promise<boolean> {
  const tip = await tipOf(parts, open);
  if (tip.whose === 'theirs') return tip.head === earlier.head;
  const ticks = ticksToRecord(pull.body, await view.decisions());
  return tip.head === earlier.head && ticks !== undefined && ticks.boxes.length > 0;
}
