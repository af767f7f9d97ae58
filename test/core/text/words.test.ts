import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stems, words } from '../../../src/core/text/words.ts';

describe('words', () => {
  it('leaves marks of Markdown out and keeps identifiers, paths, flags and versions whole', () => {
    const text =
      '- [x] **Never** run `npm test --watch`, see [the docs](./docs/a.md) for v1.2.3 and `render()`!';
    expect(words(text)).toEqual(
      'never run npm test --watch see the docs ./docs/a.md for v1.2.3 and render()'.split(' '),
    );
  });

  it('looks past headings, quotes, fences and comments', () => {
    expect(words('## Title\n> quoted\n```sh\nls\n```\n<!-- hidden -->\n1. one')).toEqual([
      'title',
      'quoted',
      'ls',
      'one',
    ]);
  });

  it('reads other scripts: by spaces where they have them, by pairs of characters where not', () => {
    expect(words('Всегда запускай тесты')).toEqual(['всегда', 'запускай', 'тесты']);
    expect(words('常にテスト')).toEqual(['常に', 'にテ', 'テス', 'スト']);
  });

  it('compares an adverb as its adjective, where it says how', () => {
    expect(stems('load lazily, close safely')).toEqual(stems('load lazy, close safe'));
    expect(stems('daily hardly reply')).not.toEqual(stems('day hard rep'));
  });

  it('ends on any text, and never yields an empty word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => words(text).every((word) => word.trim() !== '')),
    );
  });
});

describe('stems', () => {
  it('is the same for inflections, synonyms of rules, contractions and fillers', () => {
    expect(stems("Don't commit failing tests")).toEqual(stems('Never committing a failing test'));
    expect(stems('Make sure to run the linter prior to every commit')).toEqual(
      stems('Run the linter before each commit'),
    );
  });

  it('keeps what carries the rule: negation, must, only, always', () => {
    expect(stems('You must always do it, only not here')).toEqual(
      expect.arrayContaining(['must', 'alway', 'onli', 'not']),
    );
  });

  it('does not stem identifiers', () => {
    expect(stems('`testUtils.ts` has_items')).toEqual(['testutils.ts', 'has_items']);
  });
});
