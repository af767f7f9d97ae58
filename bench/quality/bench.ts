/** The quality benchmark: worlds of every domain and layout, dreamed about, judged and added up. */
import { domainNames } from './domains.ts';
import { nightsLines, sortLines, tallyLines, verboseLines } from './print.ts';
import { runNights, type NightsResult } from './run-nights.ts';
import { runWorld, type WorldResult } from './run-world.ts';
import type { SetName } from './sets.ts';
import { layouts } from './store.ts';
import { tally, type Tally } from './tally.ts';
import { buildWorld } from './world.ts';

export interface QualityOptions {
  readonly set: SetName;
  readonly seed: number;
  /** Worlds for each domain and layout. */
  readonly worlds: number;
  /** Dreams in a row; 0 leaves that part out. */
  readonly nights: number;
  readonly verbose: boolean;
  readonly print: (line: string) => void;
}

export interface QualityReport {
  readonly set: SetName;
  readonly seed: number;
  readonly all: Tally;
  readonly domains: Readonly<Record<string, Tally>>;
  readonly nights?: Omit<NightsResult, 'factsLost' | 'secretsLeaked' | 'baitsProposed'> & {
    readonly factsLost: number;
    readonly secretsLeaked: number;
    readonly baitsProposed: number;
  };
}

const sessions = 24;

export async function benchQuality(options: QualityOptions): Promise<QualityReport> {
  const { set, print } = options;
  const results: WorldResult[] = [];
  for (const domain of domainNames)
    for (const layout of layouts)
      for (let world = 0; world < options.worlds; world += 1) {
        const seed = options.seed * 1_000 + results.length;
        const result = await runWorld(buildWorld({ domain, set, layout, seed, sessions }));
        results.push(result);
        if (options.verbose && set !== 'score') verboseLines(result).forEach(print);
      }
  const all = tally(results);
  const byDomain = Object.fromEntries(
    domainNames.map((name) => [name, tally(results.filter(({ world }) => world.domain === name))]),
  );
  for (const [name, domain] of Object.entries(byDomain))
    tallyLines(`${name} (${set})`, domain).forEach(print);
  tallyLines(`all (${set}, ${results.length} worlds, seed ${options.seed})`, all).forEach(print);
  sortLines(all).forEach(print);
  const report = { set, seed: options.seed, all, domains: byDomain };
  if (options.nights === 0) return report;
  const nights = await benchNights(options);
  nightsLines(nights).forEach(print);
  if (options.verbose && set !== 'score') nights.factsLost.forEach((fact) => print(`  LOST: ${fact}`));
  const { factsLost, secretsLeaked, baitsProposed, ...counts } = nights;
  return {
    ...report,
    nights: {
      ...counts,
      factsLost: factsLost.length,
      secretsLeaked: secretsLeaked.length,
      baitsProposed: baitsProposed.length,
    },
  };
}

function benchNights({ set, seed, nights }: QualityOptions): Promise<NightsResult> {
  const domain = domainNames[seed % domainNames.length] ?? 'payments';
  const layout = layouts[seed % layouts.length] ?? 'single';
  return runNights(buildWorld({ domain, set, layout, seed, sessions: nights * 2 }), nights);
}
