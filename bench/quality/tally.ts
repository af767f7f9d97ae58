/** Adds judgements up to precision and recall per kind, beside the goals. */
import type { PlantedKind } from './planted.ts';
import type { WorldResult } from './run-world.ts';

export interface Row {
  readonly name: string;
  readonly planted: number;
  readonly hits: number;
  readonly falsePositives: number;
  /** 1 when nothing was proposed. */
  readonly precision: number;
  readonly recall: number;
}

export type ScoredKind = Exclude<PlantedKind, 'traps'>;

/** Precision and recall to reach, from the issue that asked for this benchmark. */
export const goals: Readonly<
  Record<ScoredKind, { readonly name: string; readonly precision: number; readonly recall: number }>
> = {
  twins: { name: 'duplicates', precision: 0.95, recall: 0.9 },
  refuted: { name: 'refuted facts', precision: 0.95, recall: 0.85 },
  asked: { name: 'requests and repeated statements', precision: 0.95, recall: 0.8 },
  mistakes: { name: 'recurring mistakes', precision: 0.95, recall: 0.85 },
  workflows: { name: 'workflows', precision: 0.9, recall: 0.85 },
};

export const scoredKinds = Object.keys(goals) as ScoredKind[];

export interface Tally {
  readonly kinds: Readonly<Record<ScoredKind, Row>>;
  /** Recall for each sort of a kind; a false positive has no sort. */
  readonly sorts: readonly Row[];
  readonly trapsMerged: number;
  /** By what their two sides differ in. */
  readonly trapsMergedBy: Readonly<Record<string, number>>;
  readonly traps: number;
  readonly factsLost: number;
  readonly facts: number;
  readonly secretsLeaked: number;
  readonly secrets: number;
  readonly baitsProposed: number;
  readonly baits: number;
  /** Learned, but in words said to somebody. */
  readonly unclean: number;
}

export function tally(results: readonly WorldResult[]): Tally {
  const sum = (count: (result: WorldResult) => number): number =>
    results.reduce((total, result) => total + count(result), 0);
  const kindRow = (kind: ScoredKind): Row =>
    row(
      goals[kind].name,
      sum(({ world }) => world.planted.filter((item) => item.kind === kind).length),
      sum(({ judgement }) => judgement.hits.filter(({ planted }) => planted.kind === kind).length),
      sum(({ judgement }) => judgement.falsePositives.filter((item) => item.kind === kind).length),
    );
  return {
    kinds: Object.fromEntries(scoredKinds.map((kind) => [kind, kindRow(kind)])) as Record<ScoredKind, Row>,
    sorts: sortRows(results),
    trapsMerged: sum(({ judgement }) => judgement.trapsMerged.length),
    trapsMergedBy: countBy(results.flatMap(({ judgement }) => judgement.trapsMerged.map(({ sort }) => sort))),
    traps: sum(({ world }) => world.planted.filter(({ kind }) => kind === 'traps').length),
    factsLost: sum(({ factsLost }) => factsLost.length),
    facts: sum(({ world }) => world.facts.length),
    secretsLeaked: sum(({ secretsLeaked }) => secretsLeaked.length),
    secrets: sum(({ world }) => world.secrets.length),
    baitsProposed: sum(({ baitsProposed }) => baitsProposed.length),
    baits: sum(({ world }) => world.baits.length),
    unclean: sum(({ judgement }) => judgement.unclean.length),
  };
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function row(name: string, planted: number, hits: number, falsePositives: number): Row {
  return {
    name,
    planted,
    hits,
    falsePositives,
    precision: hits + falsePositives === 0 ? 1 : hits / (hits + falsePositives),
    recall: planted === 0 ? 1 : hits / planted,
  };
}

function sortRows(results: readonly WorldResult[]): Row[] {
  const counts = new Map<string, { planted: number; hits: number }>();
  for (const { world, judgement } of results) {
    const hit = new Set(judgement.hits.map(({ planted }) => planted));
    for (const item of world.planted) {
      if (item.kind === 'traps') continue;
      const name = `${goals[item.kind].name}: ${item.sort}`;
      const count = counts.get(name) ?? { planted: 0, hits: 0 };
      counts.set(name, { planted: count.planted + 1, hits: count.hits + (hit.has(item) ? 1 : 0) });
    }
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { planted, hits }]) => row(name, planted, hits, 0));
}
