/** From the scores of a rubric to one number. */
import type { Grade } from '../../../core/dream/proposal.ts';

type Criterion = Grade['criteria'][number];

/**
 * Half the mean of all criteria, half the lowest: what is good in other ways does not make up for one failing. With a mean
 * of 0.95 the lowest must be 0.45 to reach 0.7.
 * @returns 0 to 1, to two digits.
 */
export function overallOf(criteria: readonly Criterion[]): number {
  if (criteria.length === 0) return 0;
  const scores = criteria.map(({ score }) => score);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return Math.round(((mean + Math.min(...scores)) / 2) * 100) / 100;
}

/** The criterion with the lowest score; the first of several. */
export function weakestOf(criteria: readonly Criterion[]): Criterion | undefined {
  return criteria.reduce<Criterion | undefined>(
    (weakest, each) => (weakest === undefined || each.score < weakest.score ? each : weakest),
    undefined,
  );
}
