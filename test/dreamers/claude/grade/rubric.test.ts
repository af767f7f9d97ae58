import { describe, expect, it } from 'vitest';
import { defaultRubric, readRubric, rubricBytes } from '../../../../src/dreamers/claude/grade/rubric.ts';
import { overallOf, weakestOf } from '../../../../src/dreamers/claude/grade/score.ts';
import { criteria } from '../play.ts';

const scored = (...scores: readonly number[]) =>
  scores.map((score, at) => ({ name: `c${at}`, score, why: 'So.' }));

describe('a rubric', () => {
  it('has a criterion for each heading of the second level', () => {
    expect(defaultRubric().criteria).toEqual(criteria);
    expect(readRubric('# Ours\n\n## Kind\n\nIt is.\n\n## Short ##\n\n### Not one\n')).toMatchObject({
      criteria: ['kind', 'short'],
    });
  });

  it.each([
    ['without criteria', '# Ours\n\nBe nice.', 'no headings'],
    ['with two of one name', '## Kind\n\n## kind\n', 'one name'],
    ['with too many', Array.from({ length: 21 }, (_, at) => `## C${at}`).join('\n'), 'more than 20'],
    ['with a name like a story', `## ${'long '.repeat(20)}`, 'longer than 60'],
    ['that is too large', `## Kind\n${'é'.repeat(rubricBytes / 2)}`, 'larger than 16 KiB'],
  ])('%s cannot be graded by', (_, text, why) => {
    expect(readRubric(text)).toContain(why);
  });
});

describe('a grade', () => {
  it('is half the mean, half the lowest score', () => {
    expect(overallOf(scored(1, 1, 1, 1))).toBe(1);
    expect(overallOf(scored(1, 1, 1, 0))).toBe(0.38);
    expect(overallOf(scored(0.9, 0.5))).toBe(0.6);
    expect(overallOf([])).toBe(0);
  });

  it('names the weakest criterion, the first of several', () => {
    expect(weakestOf(scored(0.9, 0.2, 0.2))?.name).toBe('c1');
    expect(weakestOf([])).toBeUndefined();
  });
});
