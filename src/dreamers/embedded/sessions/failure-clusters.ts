/** Failures that are the same mistake. */
import type { Quote } from '../../../core/dream/evidence.ts';
import type { SignalOf } from '../../../core/dream/signal.ts';

export type Failure = SignalOf<'failure'>;

/** Independent pieces of work in which a mistake must have been made (DESIGN section 7). */
export const recurring = 2;

export interface Cluster {
  readonly key: string;
  readonly failures: readonly Failure[];
}

/** Failures by a key, in the order the keys first come; those without one are left out. */
export function groupBy(
  failures: readonly Failure[],
  key: (failure: Failure) => string | undefined,
): Cluster[] {
  const groups = new Map<string, Failure[]>();
  for (const failure of failures) {
    const name = key(failure);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [failure]);
    else group.push(failure);
  }
  return [...groups].map(([name, members]) => ({ key: name, failures: members }));
}

/** The most frequent value, ties by code unit. */
export function mostCommon(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? '';
}

/** One error for each of three sessions, the command that failed, and what fixed it. */
export function failureEvidence(failures: readonly Failure[], fix: readonly Quote[] = []): Quote[] {
  const errors = failures.flatMap(({ quotes: [error] }) => error ?? []);
  const bySession = new Map(errors.map((error) => [error.session, error]));
  const command = failures[0]?.quotes[1];
  return [
    ...[...bySession.values()].slice(0, 3),
    ...(command === undefined ? [] : [command]),
    ...fix.slice(0, 2),
  ];
}
