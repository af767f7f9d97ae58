import { describe, expect, it } from 'vitest';
import { absoluteDate, absoluteDates, relativeDates } from '../../../src/core/text/dates.ts';

// A Monday.
const at = '2026-02-09T10:00:00Z';

describe('absoluteDates', () => {
  it.each([
    ['Yesterday we moved to pnpm.', 'On 2026-02-08 we moved to pnpm.'],
    ['It was broken since yesterday', 'It was broken since 2026-02-08'],
    ['Changed last week', 'Changed in the week of 2026-02-02'],
    ['The API was frozen two months ago', 'The API was frozen in 2025-12'],
    ['Ana left last Friday', 'Ana left on 2026-02-06'],
    ['Decided today: one queue', 'Decided on 2026-02-09: one queue'],
  ])('%s', (text, expected) => {
    expect(absoluteDates(text, at)).toBe(expected);
    expect(absoluteDates(expected, at)).toBe(expected);
  });

  it.each([
    ['`yesterday` is a keyword'],
    ['Deploy in the last week of a sprint'],
    ["Use today's date as the file name"],
    ['Delete logs that are more than two weeks ago'],
    ['```\nyesterday\n```'],
    ['Show what is due today'],
  ])('leaves alone: %s', (text) => {
    expect(relativeDates(text)).toEqual([]);
    expect(absoluteDates(text, at)).toBe(text);
  });
});

describe('absoluteDate', () => {
  it('counts days in the zone of the writer', () => {
    expect(absoluteDate('yesterday', '2026-02-09T03:00:00Z', 'America/New_York')).toBe('2026-02-07');
  });

  it('knows nothing of other phrases and broken times', () => {
    expect(absoluteDate('soon', at)).toBeUndefined();
    expect(absoluteDate('yesterday', 'never')).toBeUndefined();
  });
});
