/** Runs one task in a process of its own, so that its peak memory is its own. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

const measured = z.object({
  /** Of the task alone, without the start of the process. */
  seconds: z.number(),
  /** Peak resident memory of the whole process. */
  megabytes: z.number(),
  /** What the task counted, by name. */
  counts: z.record(z.string(), z.number()).default({}),
});
export type Measured = z.infer<typeof measured>;

const child = join(import.meta.dirname, 'child.ts');

/** @throws when the task fails. */
export function measure(task: string, ...args: readonly string[]): Measured {
  const output = execFileSync(process.execPath, [child, task, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return measured.parse(JSON.parse(output));
}

/** The best of several runs of two tasks in turn: what else the machine does slows both. */
export function measureInTurn(
  rounds: number,
  first: () => Measured,
  second: () => Measured,
): readonly [Measured, Measured] {
  const runs = Array.from({ length: rounds }, () => [first(), second()] as const);
  const best = (side: 0 | 1): Measured =>
    runs.map((run) => run[side]).reduce((a, b) => (b.seconds < a.seconds ? b : a));
  return [best(0), best(1)];
}

export interface Line {
  readonly name: string;
  readonly measured: string;
  readonly reference: string;
  readonly ratio?: number;
  readonly goal: string;
  readonly ok: boolean;
}

/** Beside its goal; never a reason to fail. */
export function lineText({ name, measured: value, reference, ratio, goal, ok }: Line): string {
  const times = ratio === undefined ? '' : `${ratio.toFixed(2)}×`;
  return `  ${name.padEnd(46)} ${value.padStart(20)} ${reference.padStart(20)} ${times.padStart(8)} ${goal.padStart(10)}  ${ok ? 'ok' : 'over'}`;
}

export function headText(title: string): string {
  return `${title}\n  ${''.padEnd(46)} ${'measured'.padStart(20)} ${'reference'.padStart(20)} ${'ratio'.padStart(8)} ${'goal'.padStart(10)}`;
}

export const seconds = (value: number): string => `${value.toFixed(2)} s`;
export const megabytes = (value: number): string => `${value.toFixed(0)} MB`;
export const milliseconds = (value: number): string => `${(value * 1_000).toFixed(0)} ms`;
