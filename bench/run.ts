/**
 * The benchmarks: `npm run bench [-- --only quality|ingest|dream|render|nothing-new] [--set tune|score] [--seed 1] [--json]`.
 * docs/benchmarks.md says how to read them. Nothing here fails on time: numbers are printed beside their goals.
 */
import { parseArgs } from 'node:util';
import { benchQuality } from './quality/bench.ts';
import { setNames } from './quality/sets.ts';

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
const numbers = [values.seed, values.worlds, values.nights].map(Number);
const [seed = 1, worlds = 3, nights = 50] = numbers;
if (set === undefined || numbers.some((number) => !Number.isInteger(number) || number < 0)) {
  console.error(
    'usage: node bench/run.ts [--only quality] [--set tune|score] [--seed 1] [--worlds 3] [--nights 50] [--json]',
  );
  process.exit(2);
}
const print = (line: string): void => {
  if (!values.json) console.log(line);
};
const report: Record<string, unknown> = {};
if (values.only === undefined || values.only === 'quality')
  report.quality = await benchQuality({ set, seed, worlds, nights, verbose: values.verbose, print });
if (values.json) console.log(JSON.stringify(report, undefined, 2));
