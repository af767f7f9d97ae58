/** A dream over many sessions and entries, how its time grows, and a dream with nothing new. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildWorld } from '../quality/world.ts';
import { bigMemory } from './memory.ts';
import { type Line, measure, type Measured, megabytes, seconds } from './measure.ts';
import { type Scratch, scratchRepository } from './scratch.ts';

const now = '2026-08-01T03:00:00.000Z';
const cli = join(import.meta.dirname, '../../src/cli.ts');

interface Size {
  readonly sessions: number;
  readonly entries: number;
}
const small: Size = { sessions: 25, entries: 500 };
const large: Size = { sessions: 100, entries: 2_000 };

/** Sessions of some length, taken in, and the memory they are dreamed about with. */
function prepare({ sessions, entries }: Size): Scratch {
  const scratch = scratchRepository(bigMemory(entries, 1));
  const world = buildWorld({ domain: 'shop', set: 'tune', layout: 'topics', seed: 1, sessions, noise: 10 });
  for (const { path, text } of world.transcripts) scratch.write(join('sessions', path), text);
  measure('ingest', scratch.repository, join(scratch.top, 'sessions'));
  return scratch;
}

function dreamOf(size: Size): Measured {
  const scratch = prepare(size);
  try {
    return measure('dream', scratch.repository, now);
  } finally {
    scratch.remove();
  }
}

export function benchDream(): Line[] {
  const big = dreamOf(large);
  const both = dreamOf(small);
  const fewerSessions = dreamOf({ ...large, sessions: small.sessions });
  const fewerEntries = dreamOf({ ...large, entries: small.entries });
  return [
    {
      name: `dream over ${large.sessions} sessions, ${large.entries} entries`,
      measured: seconds(big.seconds),
      reference: '',
      goal: '< 15 s',
      ok: big.seconds < 15,
    },
    {
      name: 'its peak memory',
      measured: megabytes(big.megabytes),
      reference: '',
      goal: '< 500 MB',
      ok: big.megabytes < 500,
    },
    growthLine('growth, 25 → 100 sessions and 500 → 2,000 entries', big, both),
    growthLine('growth, 25 → 100 sessions', big, fewerSessions),
    growthLine('growth, 500 → 2,000 entries', big, fewerEntries),
  ];
}

/** The exponent e of time ~ size^e; the size is four times as large. */
function growthLine(name: string, big: Measured, base: Measured): Line {
  const exponent = Math.log(big.seconds / base.seconds) / Math.log(4);
  return {
    name,
    measured: `${seconds(big.seconds)}, e = ${exponent.toFixed(2)}`,
    reference: seconds(base.seconds),
    ratio: big.seconds / base.seconds,
    goal: 'e ≤ 1.2',
    ok: exponent <= 1.2,
  };
}

/** The command as a process, right after a dream over the same; beside the start of the process alone. */
export function benchNothingNew(): Line[] {
  const scratch = prepare(large);
  try {
    measure('dream', scratch.repository, now);
    const start = timeOf(['--version']);
    const idle = timeOf(['dream', '--repo', scratch.repository, '--now', now, '--json']);
    if (!idle.output.includes('nothing-new'))
      throw new Error(`this was a dream: ${idle.output.slice(0, 500)}`);
    return [
      {
        name: 'dreamkeeper dream with nothing new (process)',
        measured: seconds(idle.seconds),
        reference: `${seconds(start.seconds)} (--version)`,
        ratio: idle.seconds / start.seconds,
        goal: '< 1 s',
        ok: idle.seconds < 1,
      },
    ];
  } finally {
    scratch.remove();
  }
}

function timeOf(args: readonly string[]): { readonly seconds: number; readonly output: string } {
  const begun = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
  return { seconds: (performance.now() - begun) / 1_000, output: stdout + stderr };
}
