/** Ingestion against what it cannot do without, and memory against the size of a file. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { corpusDir } from '../../test/support/corpus.ts';
import { createRandom } from '../quality/random.ts';
import { claudeCodeTranscript } from '../quality/transcripts/claude-code.ts';
import type { Turn } from '../quality/transcripts/turn.ts';
import {
  type Line,
  measure,
  type Measured,
  measureInTurn,
  measureNeed,
  megabytes,
  seconds,
} from './measure.ts';
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
      () => ingestAnew(folder, measure),
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
      memoryLine(),
    ];
  } finally {
    scratch.remove();
  }
}

/** Into a repository without a ledger: what is there already would be told in no time. */
function ingestAnew(folder: string, measured: typeof measure): Measured {
  const scratch = scratchRepository({});
  try {
    return measured('ingest', scratch.repository, folder);
  } finally {
    scratch.remove();
  }
}

/** What a session of any length can be taken in with. */
const heapMegabytes = 160;

/** One session of 8 MB, and one that is ten times as long. */
function memoryLine(): Line {
  const [small, large] = [8, 80].map((size) => {
    const scratch = scratchRepository({});
    try {
      const folder = join(scratch.top, 'sessions');
      writeSession(folder, size, size * mebibyte);
      return ingestAnew(folder, (task, ...args) => measureNeed(heapMegabytes, task, ...args)).megabytes;
    } finally {
      scratch.remove();
    }
  });
  const ratio = (large ?? 0) / (small ?? 1);
  return {
    name: `peak memory (heap ≤ ${heapMegabytes} MB), 80 MB against 8 MB`,
    measured: megabytes(large ?? 0),
    reference: megabytes(small ?? 0),
    ratio,
    goal: '≤ 1.5×',
    ok: ratio <= 1.5,
  };
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
