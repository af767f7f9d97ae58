/** Long sessions in parts that fit a model, cut where a person begins to speak. */
import { tokens } from '../../../core/text/tokens.ts';
import type { CondensedEvent } from './condense-for-model.ts';

export interface Window {
  /** Numbers of the first and the last event in it. */
  readonly first: number;
  readonly last: number;
  readonly events: readonly CondensedEvent[];
  /** What the model is shown. */
  readonly text: string;
  /** Of the text, estimated. */
  readonly tokens: number;
}

/**
 * Estimated tokens of one window. A small model reads shorter texts better, some charge more for prompts of over 100,000,
 * and the estimate may be a third too low for code.
 */
const windowTokens = 40_000;

/**
 * Every event is in exactly one window, in order. A turn, which a person's message begins, is cut only when it does not fit
 * a window by itself; an event is never cut.
 * @param limit estimated tokens.
 */
export function windowsOf(events: readonly CondensedEvent[], limit = windowTokens): readonly Window[] {
  const pieces = turnsOf(events).flatMap((turn) =>
    sizeOf(turn) <= limit ? [turn] : turn.map((event) => [event]),
  );
  const packed: CondensedEvent[][] = [];
  let room = 0;
  for (const piece of pieces) {
    const size = sizeOf(piece);
    if (size > room) {
      packed.push([]);
      room = limit;
    }
    packed.at(-1)?.push(...piece);
    room -= size;
  }
  return packed.flatMap((part) => windowOf(part) ?? []);
}

/** In two where a turn begins near the middle, else at the middle; undefined when one event is all there is. */
export function halves({ events }: Window): readonly [Window, Window] | undefined {
  const middle = Math.ceil(events.length / 2);
  const away = (at: number): number => Math.abs(at - middle);
  const near = events
    .flatMap(({ opensTurn }, at) => (opensTurn && at > 0 && away(at) <= events.length / 4 ? [at] : []))
    .sort((a, b) => away(a) - away(b));
  const cut = near[0] ?? middle;
  const [first, second] = [windowOf(events.slice(0, cut)), windowOf(events.slice(cut))];
  return first === undefined || second === undefined ? undefined : [first, second];
}

function turnsOf(events: readonly CondensedEvent[]): readonly (readonly CondensedEvent[])[] {
  const turns: CondensedEvent[][] = [];
  for (const event of events) {
    if (event.opensTurn || turns.length === 0) turns.push([]);
    turns.at(-1)?.push(event);
  }
  return turns;
}

/** With the line end after each event. */
const sizeOf = (events: readonly CondensedEvent[]): number =>
  events.reduce((sum, { text }) => sum + tokens(text) + 1, 0);

function windowOf(events: readonly CondensedEvent[]): Window | undefined {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return {
    first: first.n,
    last: last.n,
    events,
    text: events.map(({ text }) => text).join('\n'),
    tokens: sizeOf(events),
  };
}
