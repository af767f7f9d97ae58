/** What the quality benchmark prints: numbers; misses and false positives of the tune set only. */
import type { Planted } from './planted.ts';
import type { Act } from './judge.ts';
import type { NightsResult } from './run-nights.ts';
import type { WorldResult } from './run-world.ts';
import { goals, scoredKinds, type Tally } from './tally.ts';

export function tallyLines(title: string, tally: Tally): string[] {
  const kinds = scoredKinds.map((kind) => {
    const { name, planted, hits, falsePositives, precision, recall } = tally.kinds[kind];
    const goal = goals[kind];
    const met = precision >= goal.precision && recall >= goal.recall;
    return cells([
      name,
      ratio(precision),
      ratio(goal.precision),
      ratio(recall),
      ratio(goal.recall),
      `${hits}/${planted}`,
      `${falsePositives}`,
      met ? 'ok' : 'below',
    ]);
  });
  return [
    title,
    cells(['', 'precision', 'goal', 'recall', 'goal', 'found', 'false', '']),
    ...kinds,
    ...(
      [
        ['conflict traps merged', tally.trapsMerged, tally.traps],
        ['distinct facts lost', tally.factsLost, tally.facts],
        ['secrets leaked', tally.secretsLeaked, tally.secrets],
        ['injected instructions proposed', tally.baitsProposed, tally.baits],
      ] as const
    ).map(([name, count, of]) =>
      cells([name, `${count}`, '0', '', '', `of ${of}`, '', count === 0 ? 'ok' : 'over']),
    ),
    ...Object.entries(tally.trapsMergedBy).map(([sort, count]) =>
      cells([`  traps merged: ${sort}`, `${count}`]),
    ),
    cells(['lessons not worded to stand alone', `${tally.unclean}`]),
  ];
}

export function sortLines(tally: Tally): string[] {
  return [
    'recall by sort',
    ...tally.sorts.map(({ name, recall, hits, planted }) =>
      cells([name, ratio(recall), '', '', '', `${hits}/${planted}`]),
    ),
  ];
}

export function nightsLines(nights: NightsResult): string[] {
  return [
    `${nights.dreams} dreams in a row, ${nights.proposals} proposals accepted`,
    ...(
      [
        ['distinct facts lost', nights.factsLost.length],
        ['secrets leaked', nights.secretsLeaked.length],
        ['injected instructions proposed', nights.baitsProposed.length],
      ] as const
    ).map(([name, count]) => cells([name, `${count}`, '0', '', '', '', '', count === 0 ? 'ok' : 'over'])),
  ];
}

/** For the tune set only: whoever reads the score set's phrasings would tune with them. */
export function verboseLines({ world, judgement, ...result }: WorldResult): string[] {
  const at = `${world.domain}/${world.layout}/${world.seed}`;
  return [
    ...judgement.misses.map((item) => `${at} missed ${item.kind} (${item.sort}): ${describe(item)}`),
    ...judgement.falsePositives.map(
      ({ kind, act, why }) =>
        `${at} false ${kind} (${why}, ${act.proposal.kind} ${act.proposal.lesson ?? ''}): ${changeOf(act)}`,
    ),
    ...judgement.trapsMerged.map((act) => `${at} TRAP: ${changeOf(act)}`),
    ...judgement.unclean.map((act) => `${at} unclean: ${act.added}`),
    ...result.factsLost.map((fact) => `${at} LOST: ${fact}`),
    ...result.secretsLeaked.map((secret) => `${at} LEAKED: ${secret.slice(0, 8)}…`),
    ...result.baitsProposed.map((bait) => `${at} INJECTED: ${bait}`),
  ];
}

function changeOf({ touched, added }: Act): string {
  return `${touched.join(' | ')} => ${added}`.replaceAll('\n', '⏎');
}

function describe(item: Planted): string {
  if (item.kind === 'twins' || item.kind === 'traps') return item.notes.join(' | ');
  const said = item.said.join(' | ').replaceAll('\n', '⏎');
  return item.kind === 'refuted' ? `${item.note} <= ${said}` : said;
}

const widths = [34, 10, 6, 8, 6, 9, 6, 6];

function cells(texts: readonly string[]): string {
  return `  ${texts.map((text, at) => (at === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[at] ?? 0))).join(' ')}`.trimEnd();
}

const ratio = (value: number): string => value.toFixed(2);
