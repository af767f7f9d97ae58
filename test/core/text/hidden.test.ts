import { describe, expect, it } from 'vitest';
import { hiddenCharacters } from '../../../src/core/text/hidden.ts';

describe('hiddenCharacters', () => {
  it.each([
    ['a zero-width space', 'a\u200bb', 1],
    ['a bidirectional override', 'a\u202eb', 1],
    ['a byte order mark that is not first', 'a\ufeff', 1],
    ['tag characters that spell text', 'a\u{e0061}\u{e0062}', 1],
    ['a joiner between Latin letters', 'a\u200db', 1],
    ['a run of variation selectors', '❤\ufe0f\ufe01', 2],
    ['a direction mark in Latin text', 'abc\u200e', 3],
    ['an en quad', 'a\u2000b', 1],
    ['a control character', 'a\u0008', 1],
  ])('%s', (_what, text, offset) => {
    expect(hiddenCharacters(text)[0]).toMatchObject({ offset });
  });

  it.each([
    ['a leading byte order mark', '\ufeff# Title'],
    ['emoji sequences and flags', '👨‍👩‍👧 ❤️ 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['Persian with a non-joiner', 'می‌خواهم'],
    ['Hebrew with a direction mark', 'שלום\u200f!'],
    ['ideographic spaces between ideographs', '常に\u3000測定'],
    ['tabs and line endings', 'a\tb\r\nc'],
  ])('nothing in %s', (_what, text) => {
    expect(hiddenCharacters(text)).toEqual([]);
  });
});
