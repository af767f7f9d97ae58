/** Whether somebody has begun with a dream: then it is no longer ours to replace. */
import type { Decision, Journal } from '../../core/dream/journal.ts';
import { ticksIn } from '../../core/review/ticks.ts';
import type { PullRequestParts } from './parts.ts';
import type { Reading } from './reading.ts';
import { tipOf } from './tip.ts';

export async function isTouched(
  parts: PullRequestParts,
  reading: Reading,
  open: Journal,
  decisions: readonly Decision[],
): Promise<boolean> {
  if (decisions.some((decision) => isJudged(decision, open.id))) return true;
  if ((await tipOf(parts, open)).whose === 'theirs') return true;
  const pull = await reading.pullOf(open);
  if (pull?.open !== true) return false;
  // It may be merged at any moment.
  if (parts.config.mode === 'auto' && !decisions.some(({ type }) => type === 'mode')) return true;
  if ((ticksIn(pull.body)?.boxes.length ?? 0) > 0) return true;
  if ((await reading.commentsOf(pull)).some(({ isPerson }) => isPerson)) return true;
  return reading.isReviewed(pull);
}

function isJudged(decision: Decision, dream: string): boolean {
  const { type } = decision;
  if (type === 'dropped') return decision.dream === dream && decision.because === undefined;
  return (type === 'restored' || type === 'command') && decision.dream === dream;
}
