/** What a grader thought of a proposal, in a few words. */
import type { Grade } from '../dream/proposal.ts';

/** `graded 0.86 · weakest: scope`; after several rounds with their number. The name is foreign. */
export function gradeLine({ score, criteria, rounds }: Grade, shown: (name: string) => string): string {
  const [weakest] = criteria.toSorted((a, b) => a.score - b.score);
  return [
    `graded ${score.toFixed(2)}${rounds === 1 ? '' : ` in round ${rounds}`}`,
    ...(weakest === undefined || weakest.score >= 1 ? [] : [`weakest: ${shown(weakest.name)}`]),
  ].join(' · ');
}
