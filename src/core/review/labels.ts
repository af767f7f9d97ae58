/** The labels of a dream's pull request: that it is one, and what there is to look out for. */
import type { ReviewInput } from './input.ts';
import { removesText } from './change.ts';
import { wantsLook } from './look.ts';

export interface Label {
  readonly name: string;
  /** Six hex digits. */
  readonly color: string;
  /** GitHub takes 100 characters. */
  readonly description: string;
}

/** All that we ever put on one; others are people's. */
export const ownLabels = [
  { name: 'dreamkeeper', color: '6f5bd0', description: 'Proposed changes to the memory of agents' },
  { name: 'dreamkeeper:review', color: 'd9a400', description: 'A check asks for a closer look' },
  { name: 'dreamkeeper:removes', color: 'c4553b', description: 'Something is taken out of memory' },
] as const satisfies readonly Label[];

/** @returns names, sorted. */
export function labelsOf({ journal, dropped }: Pick<ReviewInput, 'journal' | 'dropped'>): readonly string[] {
  const kept = journal.proposals.filter(({ number }) => !dropped.has(number));
  return [
    'dreamkeeper',
    ...(kept.some(removesText) ? ['dreamkeeper:removes'] : []),
    ...(kept.some(wantsLook) ? ['dreamkeeper:review'] : []),
  ];
}
