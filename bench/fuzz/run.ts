/** Mutates seeds and reads them; collects what crashed and what took too long. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { mutate, mutatePath, pick, randomFrom } from './mutate.ts';
import { readEverything } from './target.ts';

export interface Fault {
  /** Give it to `--seed` with `--count 1` to see it again. */
  readonly seed: number;
  readonly file: string;
  readonly problem: string;
}

/** Milliseconds of processor time after which an input counts as a hang; the clock would blame a busy machine. */
const patience = 2_000;

const root = resolve(import.meta.dirname, '../..');
const folders = ['test/core/sessions/fixtures', 'examples/sessions', 'examples/memory'];

interface Seed {
  readonly path: string;
  readonly text: string;
}

/** Our own fixtures and examples: at least one good file of each format, and memory files. */
export function readSeeds(): readonly [Seed, ...Seed[]] {
  const seeds = folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        join(root, folder, file),
      ),
    )
    .filter((file) => statSync(file).isFile() && /\.(?:jsonl?|md|traj|txt)$/.test(file))
    .sort()
    .map((file) => ({ path: relative(root, file), text: readFileSync(file, 'utf8') }));
  const [first, ...others] = seeds;
  if (!first) throw new Error('There are no fixtures to start from.');
  return [first, ...others];
}

/**
 * Inputs `seed` to `seed + count - 1`.
 * @param onInput called before each, with its seed
 */
export async function fuzz(
  seed: number,
  count: number,
  onInput: (seed: number) => void = () => undefined,
): Promise<readonly Fault[]> {
  const seeds = readSeeds();
  const faults: Fault[] = [];
  for (let current = seed; current < seed + count; current++) {
    onInput(current);
    const random = randomFrom(current);
    const { path, text } = pick(random, seeds);
    const input = mutate(text, random);
    const begun = process.cpuUsage();
    try {
      await readEverything(input, mutatePath(path, random), random);
    } catch (error) {
      faults.push({
        seed: current,
        file: path,
        problem: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
    const { user, system } = process.cpuUsage(begun);
    const took = (user + system) / 1000;
    if (took > patience)
      faults.push({
        seed: current,
        file: path,
        problem: `hang: ${Math.round(took)} ms for ${input.length} characters`,
      });
  }
  return faults;
}
