/** Gathers notes that say the same around the one that says most. */
import { specifics } from '../../../core/text/specifics.ts';
import { type Likeness, lostByClaim } from '../../../core/text/claim/same-claim.ts';
import type { Pair } from '../../../core/memory/relation.ts';
import type { Statement } from '../../../core/memory/statements.ts';
import { unite } from './union.ts';

export interface Cluster {
  /** In store order; two or more. */
  readonly members: readonly Statement[];
  /** Says all that the members say. */
  readonly survivor: Statement;
  /** The wording that holds every specific; undefined when a person should find it. */
  readonly text: string | undefined;
}

interface Twin {
  readonly other: Statement;
  /** Seen from the note that has this twin: `first` when that one says more. */
  readonly relation: Likeness;
}

/** @returns clusters in store order of their first members; no note is in two. */
export function clustersOf(statements: readonly Statement[], pairs: readonly Pair[]): Cluster[] {
  const position = new Map(statements.map((statement, index) => [statement, index]));
  const inOrder = (a: Statement, b: Statement): number => (position.get(a) ?? 0) - (position.get(b) ?? 0);
  const twins = twinsOf(pairs);
  const ranked = [...twins.keys()]
    .map((statement) => ({ statement, worth: worthOf(statement) }))
    .sort((a, b) => compareWorth(b.worth, a.worth) || inOrder(a.statement, b.statement));
  const taken = new Set<Statement>();
  const clusters: Cluster[] = [];
  for (const { statement } of ranked) {
    if (taken.has(statement)) continue;
    const free = (twins.get(statement) ?? []).filter(({ other }) => !taken.has(other) && !other.entry.keep);
    const cluster = gather(statement, free);
    if (cluster === undefined) continue;
    for (const member of cluster.members) taken.add(member);
    clusters.push({ ...cluster, members: cluster.members.toSorted(inOrder) });
  }
  return clusters.sort((a, b) => inOrder(firstOf(a), firstOf(b)));
}

function firstOf(cluster: Cluster): Statement {
  return cluster.members[0] ?? cluster.survivor;
}

function twinsOf(pairs: readonly Pair[]): Map<Statement, Twin[]> {
  const turned = { same: 'same', first: 'second', second: 'first', both: 'both' } as const;
  const twins = new Map<Statement, Twin[]>();
  const add = (statement: Statement, twin: Twin): void => {
    twins.set(statement, [...(twins.get(statement) ?? []), twin]);
  };
  for (const [a, b, relation] of pairs) {
    add(a, { other: b, relation });
    add(b, { other: a, relation: turned[relation] });
  }
  return twins;
}

/** Kept entries first, for they may not go; then who says most, names most, and is laid out in most words. */
function worthOf({ entry, claim }: Statement): readonly number[] {
  return [entry.keep ? 1 : 0, claim.strong.size, specifics(entry.text).length, entry.text.length];
}

function compareWorth(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function gather(survivor: Statement, twins: readonly Twin[]): Cluster | undefined {
  const held = twins
    .filter(({ relation }) => relation === 'same' || relation === 'first')
    .map(({ other }) => other);
  const whole = held.filter(({ entry }) => lostByClaim([entry.text], survivor.entry.text).length === 0);
  if (whole.length > 0) return { members: [survivor, ...whole], survivor, text: survivor.entry.text };
  const other = held[0] ?? twins.find(({ relation }) => relation === 'both')?.other;
  if (other === undefined) return undefined;
  const text = survivor.entry.keep ? undefined : unite(survivor.entry.text, other.entry.text);
  return { members: [survivor, other], survivor, text };
}
