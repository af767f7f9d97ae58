import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { similarPairs, similarity, wordSimilarity } from '../../../src/core/text/similarity.ts';
import { line } from '../../support/markdown.ts';

describe('similarity', () => {
  it('does not see case, punctuation, word order and inflection', () => {
    expect(similarity('Run the tests before committing.', 'before COMMIT: `run` test')).toBe(1);
  });

  it('is 2·shared / all words', () => {
    expect(wordSimilarity(['a', 'b'], ['b', 'c'])).toBe(0.5);
    expect(wordSimilarity([], [])).toBe(0);
  });

  it('is symmetric, between 0 and 1, and 1 for a text with itself', () => {
    fc.assert(
      fc.property(line, line, (a, b) => {
        expect(similarity(a, b)).toBe(similarity(b, a));
        expect(similarity(a, b)).toBeGreaterThanOrEqual(0);
        expect(similarity(a, b)).toBeLessThanOrEqual(1);
        expect(similarity(a, a)).toBe(1);
      }),
    );
  });
});

describe('similarPairs', () => {
  it('finds exactly the pairs that comparing all with all finds', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 15 }),
        fc.constantFrom(0.3, 0.5, 0.6, 0.8, 1),
        (texts, threshold) => {
          const all = texts.flatMap((a, i) =>
            texts.flatMap((b, j) =>
              i < j && similarity(a, b) >= threshold ? [{ a: i, b: j, score: similarity(a, b) }] : [],
            ),
          );
          expect(similarPairs(texts, threshold)).toEqual(all);
        },
      ),
    );
  });
});
