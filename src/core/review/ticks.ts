/** What people did to the boxes of a review since it was rendered. */
import type { Decision } from '../dream/journal.ts';
import { changedBoxes, parseReview, type Box } from './parse.ts';
import { droppedFrom } from './state.ts';

export interface Ticks {
  /** Whose review it is. */
  readonly dream: string;
  /** Boxes that are not as they were rendered. */
  readonly boxes: readonly Box[];
}

/** @returns undefined for a text that is no review of ours. */
export function ticksIn(body: string): Ticks | undefined {
  const review = parseReview(body);
  return review === undefined ? undefined : { dream: review.dream, boxes: changedBoxes(review) };
}

/** Of the boxes that people changed, those that the decisions do not know of yet: nothing may be written over them. */
export function ticksToRecord(body: string, decisions: readonly Decision[]): Ticks | undefined {
  const ticks = ticksIn(body);
  if (ticks === undefined) return undefined;
  const dropped = droppedFrom(ticks.dream, decisions);
  return { ...ticks, boxes: ticks.boxes.filter(({ number, checked }) => checked === dropped.has(number)) };
}
