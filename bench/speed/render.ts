/** Fifty proposals to fifty commits, against fast-import of the same commits; and how many git processes that takes. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NumberedCommit, renderCommits } from '../../src/core/dream/render-commits.ts';
import type { Cleared } from '../../src/core/guard/finding.ts';
import type { Store } from '../../src/core/memory/entry.ts';
import { parseStore } from '../../src/core/memory/parse.ts';
import { openRepository, type OpenedRepository } from '../../src/git/repository.ts';
import { readSettings } from '../../src/settings.ts';
import { bigMemory } from './memory.ts';
import { type Line, milliseconds } from './measure.ts';
import { scratchRepository } from './scratch.ts';

const at = '2026-08-01T03:00:00.000Z';
const rounds = 9;

export async function benchRender(): Promise<Line[]> {
  const files = bigMemory(2_000, 1);
  const scratch = scratchRepository(files);
  try {
    const base = scratch.git('rev-parse', 'HEAD');
    const counting = countingGit(scratch.top);
    // A dream has read its base before it writes.
    const open = async (path = process.env.PATH ?? ''): Promise<OpenedRepository> => {
      const repository = await openRepository(
        scratch.repository,
        readSettings({ ...process.env, PATH: path }).git,
      );
      await repository.readFiles(base, (file) => file in files);
      return repository;
    };
    const write = (repository: OpenedRepository, commits: readonly NumberedCommit[], branch: string) =>
      repository.writeBranch({ branch, base, at, commits: commits.map(({ commit }) => commit) });
    const store = parseStore(Object.entries(files).map(([path, text]) => ({ path, text })));
    const commits = rendered(store, 50);
    const stream = importStream(commits, base);
    const times = { splice: [] as number[], ours: [] as number[], plain: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      const repository = await open();
      times.plain.push(await timed(() => importPlainly(scratch.repository, stream)));
      times.ours.push(await timed(() => write(repository, commits, `dream/round-${round}`)));
      times.splice.push(await timed(() => rendered(store, 50)));
    }
    const [time, reference] = [Math.min(...times.ours), Math.min(...times.plain)];
    const counted = await open(counting.path);
    counting.take();
    await write(counted, commits.slice(0, 5), 'dream/five');
    const few = counting.take();
    await write(counted, commits, 'dream/fifty');
    const many = counting.take();
    return [
      {
        name: 'write the branch of 50 proposals',
        measured: milliseconds(time),
        reference: `${milliseconds(reference)} (fast-import)`,
        ratio: time / reference,
        goal: '≤ 3×',
        ok: time / reference <= 3,
      },
      {
        name: 'splice 50 proposals into 2,000 entries',
        measured: milliseconds(Math.min(...times.splice)),
        reference: '',
        goal: '< 1 s',
        ok: Math.min(...times.splice) < 1,
      },
      {
        name: 'git processes for 50 proposals',
        measured: `${many}`,
        reference: `${few} (5 proposals)`,
        goal: 'the same',
        ok: many === few,
      },
    ];
  } finally {
    scratch.remove();
  }
}

/** Each revises an entry of its own. Only the guard makes `Cleared`; here nothing but rendering is measured. */
function rendered(store: Store, count: number): NumberedCommit[] {
  const items = [...store.entries.values()].filter(
    ({ file, kind }) => file.includes('topic-') && kind === 'item',
  );
  const step = Math.floor(items.length / count);
  const proposals = Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    kind: 'correct',
    title: `Correction ${index + 1}`,
    rationale: 'It changed.',
    operations: [
      { op: 'revise', entry: items[index * step]?.id ?? '', text: `Revised statement ${index + 1}.` },
    ],
    evidence: [],
    strength: 'supported',
    signals: [],
    findings: [],
  }));
  return renderCommits(store, proposals as unknown as readonly Cleared[], '2026-08-01-bench');
}

async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1_000;
}

function importStream(commits: readonly NumberedCommit[], base: string): string {
  const date = Math.floor(Date.parse(at) / 1_000);
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  return commits
    .map(({ commit }, index) => {
      const changes = [...commit.files].map(([path, text]) => `M 100644 inline ${path}\n${data(text ?? '')}`);
      const from = index === 0 ? `from ${base}\n` : '';
      return `commit refs/heads/plain\ncommitter Bench <bench@example.test> ${date} +0000\n${data(commit.message)}${from}${changes.join('')}\n`;
    })
    .join('');
}

function importPlainly(repository: string, stream: string): void {
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: repository, input: stream });
}

/** A `git` before the real one on the PATH that notes each call. */
function countingGit(top: string): { readonly path: string; take(): number } {
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const log = join(top, 'calls');
  const shim = join(top, 'git');
  writeFileSync(shim, `#!/bin/sh\necho call >> '${log}'\nexec '${real}' "$@"\n`);
  chmodSync(shim, 0o755);
  appendFileSync(log, '');
  return {
    path: `${top}:${process.env.PATH ?? ''}`,
    take() {
      const calls = existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0;
      writeFileSync(log, '');
      return calls;
    },
  };
}
