/** loss: a dream takes little away at a time, and dreams together not much in a month. */
import type { Draft, Proposal } from '../dream/proposal.ts';
import { stems } from '../text/words.ts';
import { findingsOf, type DreamContext } from './context.ts';
import type { Finding } from './finding.ts';
import { unsupportedLosses } from './specifics.ts';
import { writtenBy } from './written.ts';

const { block, review } = findingsOf('loss');

/** Removals that were merged by earlier dreams. */
export interface Removal {
  /** ISO 8601: when it was merged. */
  readonly at: string;
  readonly entries: number;
}

const perDream = 0.1;
const perMonth = 0.25;
/** Small memories must be able to lose something at all. */
const leastRoom = 3;
const month = 30 * 24 * 3_600_000;
/** A text that keeps less of an entry's words has taken its place. */
const sameEntry = 0.4;

/** Entries that go, and entries that lose what is particular about them without evidence. */
export function lossOf(proposal: Proposal, ctx: DreamContext): number {
  const retired = proposal.operations.filter(({ op }) => op === 'retire').length;
  const hollowed = writtenBy(proposal, ctx.store).filter((written) => {
    if (written.over.length === 0) return false;
    const kept = new Set(stems(written.text));
    const replaced = written.over.some(({ text }) => {
      const words = [...new Set(stems(text))];
      return words.filter((stem) => kept.has(stem)).length < words.length * sameEntry;
    });
    return replaced || unsupportedLosses(written, { ...ctx, proposal }).length > 0;
  }).length;
  return retired + hollowed;
}

/** Whether a proposal belongs into a clean-up: it changes or removes what is written and adds nothing of its own. */
export const takesAway = ({ operations }: Pick<Draft, 'operations'>): boolean =>
  operations.length > 0 && operations.every(({ op }) => op !== 'add');

/**
 * In the order of their numbers, removals pass until there is no room left; smaller ones may still fit. In a clean-up
 * there is room for all, and a person reviews each.
 * @returns findings by proposal number.
 */
export function loss(
  ctx: DreamContext,
  proposals: readonly Proposal[],
  removed: readonly Removal[],
): Map<number, Finding[]> {
  if (ctx.cleanUp === true) return new Map(proposals.map(({ number }) => [number, [review(cleaned)]]));
  const entries = [...ctx.store.entries.values()].filter(({ kind }) => kind !== 'lead-in').length;
  const since = Date.parse(ctx.now) - month;
  const recent = removed
    .filter(({ at }) => Date.parse(at) > since)
    .reduce((sum, each) => sum + each.entries, 0);
  const inDream = Math.max(leastRoom, Math.floor(entries * perDream));
  // The memory was larger by what has gone since.
  const inMonth = Math.max(leastRoom, Math.floor((entries + recent) * perMonth)) - recent;
  const room = Math.min(inDream, inMonth);
  const found = new Map<number, Finding[]>();
  let used = 0;
  for (const proposal of proposals.toSorted((a, b) => a.number - b.number)) {
    const size = lossOf(proposal, ctx);
    if (size === 0) continue;
    if (used + size <= room) used += size;
    else found.set(proposal.number, [block(tooMuch(inMonth < inDream))]);
  }
  return found;
}

const cleaned = 'A clean-up may take away more than a dream, so a person decides.';

function tooMuch(monthly: boolean): string {
  const limit = monthly
    ? 'more than a quarter of the memory would have gone within 30 days'
    : 'more than a tenth of the memory would go at once';
  return `With it ${limit}; removals beyond that go to a clean-up of their own: dreamkeeper dream --clean-up.`;
}
