/** Ingestion against what it cannot do without, and memory against the size of a file. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { corpusDir } from '../../test/support/corpus.ts';
import { createRandom } from '../quality/random.ts';
import { claudeCodeTranscript } from '../quality/transcripts/claude-code.ts';
import type { Turn } from '../quality/transcripts/turn.ts';
import { type Line, measure, type Measured, measureInTurn, megabytes, seconds } from './measure.ts';
import { scratchRepository } from './scratch.ts';

const mebibyte = 2 ** 20;

export function benchIngest(): Line[] {
  const scratch = scratchRepository({});
  try {
    const real = corpusDir === undefined ? undefined : join(corpusDir, 'transcripts/claude-code');
    const folder = real !== undefined && existsSync(real) ? real : join(scratch.top, 'sessions');
    if (folder !== real) for (let at = 0; at < 38; at += 1) writeSession(folder, at, mebibyte / 2);
    const [ingested, reference] = measureInTurn(
      3,
      () => ingestAnew(folder),
      () => measure('reference', folder),
    );
    const ratio = ingested.seconds / reference.seconds;
    return [
      {
        name: `ingest ${ingested.counts.sessions ?? 0} sessions${folder === real ? ' of the corpus' : ''}`,
        measured: `${seconds(ingested.seconds)}, ${megabytes(ingested.megabytes)}`,
        reference: `${seconds(reference.seconds)}, ${megabytes(reference.megabytes)}`,
        ratio,
        goal: '≤ 3×',
        ok: ratio <= 3,
      },
      ...sizeLines(),
    ];
  } finally {
    scratch.remove();
  }
}

/** Into a repository without a ledger: what is there already would be told in no time. */
function ingestAnew(folder: string): Measured {
  const scratch = scratchRepository({});
  try {
    return measure('ingest', scratch.repository, folder);
  } finally {
    scratch.remove();
  }
}

/** One session of 8 MB, and one that is ten times as long. */
function sizeLines(): Line[] {
  const [small, large] = [ingestOf(8), ingestOf(80)];
  const memory = large.megabytes / small.megabytes;
  const exponent = Math.log10(large.seconds / small.seconds);
  return [
    {
      name: 'peak memory, a file of 80 MB against one of 8 MB',
      measured: megabytes(large.megabytes),
      reference: megabytes(small.megabytes),
      ratio: memory,
      goal: '≤ 1.5×',
      ok: memory <= 1.5,
    },
    {
      name: 'time of the two',
      measured: `${seconds(large.seconds)}, e = ${exponent.toFixed(2)}`,
      reference: seconds(small.seconds),
      ratio: large.seconds / small.seconds,
      goal: 'e ≤ 1.1',
      ok: exponent <= 1.1,
    },
  ];
}

function ingestOf(size: number): Measured {
  const scratch = scratchRepository({});
  try {
    const folder = join(scratch.top, 'sessions');
    writeSession(folder, size, size * mebibyte);
    return ingestAnew(folder);
  } finally {
    scratch.remove();
  }
}

/** A session in which an agent reads, runs and edits until the transcript is so long; a tenth of it is talk. */
function writeSession(folder: string, seed: number, size: number): void {
  const random = createRandom(seed + 1);
  const text = (length: number): string =>
    Array.from(
      { length: Math.ceil(length / 64) },
      () => `  const ${random.hex(8)} = ${random.hex(10)}(${random.hex(12)});`,
    ).join('\n');
  const turns: Turn[] = [];
  // What is read stands in a transcript twice.
  for (let written = 0; written < size; written += 14_000)
    turns.push(
      { type: 'person', text: `Look at part ${random.hex(4)} and say what it does.` },
      { type: 'read', path: `src/${random.hex(4)}.ts`, content: text(4_000) },
      { type: 'run', command: `rg -n ${random.hex(6)} src`, output: text(800), exit: 0 },
      { type: 'edit', path: `src/${random.hex(4)}.ts`, before: text(128), after: text(256) },
      { type: 'agent', text: `It does ${random.hex(6)}. ${text(200)}` },
    );
  const { path, text: transcript } = claudeCodeTranscript({
    id: [8, 4, 4, 4, 12].map((length) => random.hex(length)).join('-'),
    person: 'Bench',
    branch: `work-${seed}`,
    cwd: '/home/bench/src/app',
    remote: 'https://example.test/app.git',
    at: '2026-03-02T08:00:00.000Z',
    turns,
  });
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, transcript);
}
