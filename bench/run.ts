/**
 * The benchmarks: `npm run bench [-- --only quality|ingest|dream|render|nothing-new|jobs|requests|webhooks|oracle|model-cost|tokens] [--set tune|score|dev|more] [--seed 1] [--json]`.
 * docs/benchmarks.md says how to read them. Nothing here fails on time: numbers are printed beside their goals.
 */
import { parseArgs } from 'node:util';
import { benchQuality } from './quality/bench.ts';
import { benchOracle } from './quality/oracle/bench.ts';
import { benchModelCost } from './quality/oracle/cost.ts';
import { type SetName, setNames } from './quality/sets.ts';
import { benchDream, benchNothingNew } from './speed/dream.ts';
import { benchIngest } from './speed/ingest.ts';
import { benchJobs } from './speed/jobs.ts';
import { headText, type Line, lineText } from './speed/measure.ts';
import { benchRender } from './speed/render.ts';
import { benchRequests } from './speed/requests.ts';
import { benchWebhooks } from './speed/webhooks.ts';
import { benchTokens } from './tokens/bench.ts';

const usage = `usage: node bench/run.ts [--only quality|ingest|dream|render|nothing-new|jobs|requests|webhooks|oracle|model-cost|tokens] [--json]
  of quality: [--set tune|score|dev|more] [--seed 1] [--worlds 3] [--nights 50] [--verbose]`;

const speed: Readonly<Record<string, () => Line[] | Promise<Line[]>>> = {
  ingest: benchIngest,
  dream: benchDream,
  'nothing-new': benchNothingNew,
  render: benchRender,
  jobs: benchJobs,
  requests: benchRequests,
  oracle: benchOracle,
  'model-cost': benchModelCost,
  tokens: benchTokens,
  webhooks: benchWebhooks,
};

interface Options {
  readonly only: string | undefined;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly set: SetName;
  readonly seed: number;
  readonly worlds: number;
  readonly nights: number;
}

/** @returns undefined when the arguments make no sense. */
function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      set: { type: 'string', default: 'tune' },
      seed: { type: 'string', default: '1' },
      worlds: { type: 'string', default: '3' },
      nights: { type: 'string', default: '50' },
      json: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  const set = setNames.find((name) => name === values.set);
  const [seed, worlds, nights] = [Number(values.seed), Number(values.worlds), Number(values.nights)];
  const known = values.only === undefined || values.only === 'quality' || Object.hasOwn(speed, values.only);
  if (set === undefined || !known) return undefined;
  if (![seed, worlds, nights].every((number) => Number.isInteger(number) && number >= 0)) return undefined;
  return { ...values, only: values.only, set, seed, worlds, nights };
}

async function main(options: Options): Promise<void> {
  const print = (line: string): void => {
    if (!options.json) console.log(line);
  };
  const report: Record<string, unknown> = {};
  const wanted = (name: string): boolean => options.only === undefined || options.only === name;
  if (wanted('quality')) report.quality = await benchQuality({ ...options, print });
  for (const [name, bench] of Object.entries(speed)) {
    if (!wanted(name)) continue;
    const lines = await bench();
    print(headText(name));
    for (const line of lines) print(lineText(line));
    report[name] = lines;
  }
  if (options.json) console.log(JSON.stringify(report, undefined, 2));
}

const options = readOptions();
if (options === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else await main(options);
