/**
 * Feeds broken and hostile input to everything that reads foreign text: `npm run fuzz [-- --seed 1 --count 20000]`.
 * Exits 1 when something crashed or hung. It runs in a worker, so that an endless loop is reported too.
 */
import { parseArgs } from 'node:util';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { fuzz } from './fuzz/run.ts';

interface Job {
  readonly seed: number;
  readonly count: number;
  /** One number: the seed being read. */
  readonly current: SharedArrayBuffer;
}

/** Milliseconds on one input after which the worker is given up. */
const endless = 60_000;

async function work({ seed, count, current }: Job): Promise<void> {
  const progress = new Int32Array(current);
  const begun = performance.now();
  const faults = await fuzz(seed, count, (input) => Atomics.store(progress, 0, input));
  for (const { seed: at, file, problem } of faults) console.log(`seed ${at} (${file}): ${problem}`);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${count} inputs from seed ${seed} in ${seconds} s: ${faults.length} crashed or hung`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

function supervise(): void {
  const { values } = parseArgs({
    options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '20000' } },
  });
  const job: Job = {
    seed: Number(values.seed),
    count: Number(values.count),
    current: new SharedArrayBuffer(4),
  };
  if (!Number.isInteger(job.seed) || !Number.isInteger(job.count) || job.count < 1) {
    console.error('--seed and --count are whole numbers, --count is at least 1.');
    process.exitCode = 2;
    return;
  }
  const worker = new Worker(new URL(import.meta.url), { workerData: job });
  const progress = new Int32Array(job.current);
  let last = -1;
  const watch = setInterval(() => {
    const now = Atomics.load(progress, 0);
    if (now === last) {
      console.log(`seed ${now}: endless, given up after ${endless / 1000} s`);
      process.exitCode = 1;
      clearInterval(watch);
      void worker.terminate();
    }
    last = now;
  }, endless);
  worker.on('exit', (code) => {
    clearInterval(watch);
    process.exitCode ??= code;
    if (code !== 0) process.exitCode = code;
  });
  worker.on('error', (error) => {
    console.error(error);
    process.exitCode = 1;
  });
}

if (isMainThread) supervise();
else await work(workerData as Job);
