/** Long sessions in parts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CondensedEvent } from '../../../../src/dreamers/claude/extract/condense-for-model.ts';
import { halves, windowsOf } from '../../../../src/dreamers/claude/extract/window.ts';

/** Ten tokens each, or as many as are asked for; capitals begin a turn. */
const eventsOf = (letters: string, size = 10): CondensedEvent[] =>
  Array.from(letters, (letter, at) => ({
    n: at + 1,
    text: Array<string>(size).fill(letter).join(' '),
    opensTurn: letter === letter.toUpperCase(),
  }));

const shape = (letters: string, limit: number): string[] =>
  windowsOf(eventsOf(letters), limit).map(({ events }) => events.map(({ text }) => text[0]).join(''));

describe('windows', () => {
  it('is one where all fits', () => expect(shape('AbcDef', 1_000)).toEqual(['AbcDef']));
  it('begins where a person speaks', () => expect(shape('AbcDefGhi', 80)).toEqual(['AbcDef', 'Ghi']));
  it('cuts a turn that does not fit by itself', () =>
    expect(shape('Abcdefgh', 45)).toEqual(['Abcd', 'efgh']));
  it('never cuts an event', () => expect(shape('AbC', 5)).toEqual(['A', 'b', 'C']));
  it('is none of nothing', () => expect(windowsOf([])).toEqual([]));
});

describe('halves', () => {
  const halved = (letters: string): string[] | undefined =>
    windowsOf(eventsOf(letters), 10_000)
      .flatMap((window) => halves(window) ?? [])
      .map(({ events }) => events.map(({ text }) => text[0]).join(''));
  it('are cut at the turn nearest the middle', () => expect(halved('AbcdeFgh')).toEqual(['Abcde', 'Fgh']));
  it('are cut in the middle of one long turn', () => expect(halved('ABcdefgh')).toEqual(['ABcd', 'efgh']));
  it('are none of one event', () => expect(halved('A')).toEqual([]));
});

it('has every event in one window, in order, and its numbers tell which', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ size: fc.integer({ min: 1, max: 60 }), opensTurn: fc.boolean() })),
      fc.integer({ min: 1, max: 300 }),
      (list, limit) => {
        const events = list.map(({ size, opensTurn }, at) => ({
          n: 2 * at + 1,
          text: `[${2 * at + 1}] ${'word '.repeat(size)}`,
          opensTurn,
        }));
        const windows = windowsOf(events, limit);
        expect(windows.flatMap((window) => window.events)).toEqual(events);
        for (const { first, last, events: own, tokens } of windows) {
          expect([first, last]).toEqual([own[0]?.n, own.at(-1)?.n]);
          expect(own.length === 1 || tokens <= limit).toBe(true);
        }
      },
    ),
  );
});
