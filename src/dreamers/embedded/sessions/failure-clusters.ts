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

/** Messages that share this much of their words say the same. */
const alike = 0.5;

function sharedWords(a: string, b: string): number {
  const [first, second] = [new Set(a.split(' ')), new Set(b.split(' '))];
  const both = [...first].filter((word) => second.has(word)).length;
  return both / Math.max(first.size, second.size, 1);
}

/** One mistake: the same tool, the same message, or the same way out of much the same message. */
export function groupMistakes(failures: readonly Failure[]): Cluster[] {
  const merged: { key: string; failures: readonly Failure[] }[] = [];
  for (const cluster of groupBy(failures, (failure) => `${failure.tool}\n${failure.template}`)) {
    const fixes = new Set(cluster.failures.flatMap((failure) => failure.fix?.command ?? []));
    const same = merged.find(
      (other) =>
        other.failures[0]?.tool === cluster.failures[0]?.tool &&
        other.failures.some((failure) => fixes.has(failure.fix?.command ?? '')) &&
        sharedWords(other.failures[0]?.template ?? '', cluster.failures[0]?.template ?? '') >= alike,
    );
    if (same === undefined) merged.push({ ...cluster });
    else same.failures = [...same.failures, ...cluster.failures];
  }
  return merged;
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
