/** A scratch repository with a world in it, and the pipelines at work on it, in this process. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sourceOf } from '../../test/support/source.ts';
import { openWorkplace, type Workplace } from '../../src/compose.ts';
import type { Dreamer } from '../../src/core/dream/dreamer.ts';
import { extractorVersion, gather } from '../../src/core/dream/gather/gather.ts';
import { dream, type DreamResult } from '../../src/dream.ts';
import { mergeBranch } from '../../src/git/merge.ts';
import { ingest } from '../../src/ingest.ts';
import { accept } from '../../src/review.ts';
import { readSettings } from '../../src/settings.ts';
import type { Transcript } from './world.ts';

export interface Place {
  readonly workplace: Workplace;
  git(...args: string[]): string;
  take(transcripts: readonly Transcript[]): Promise<void>;
  /** @param now ISO 8601 in UTC */
  dream(now: string, dreamer?: Dreamer): Promise<DreamResult>;
  accept(now: string): Promise<void>;
  /** Memory files as they are on the branch, by path. */
  memory(): Promise<readonly { readonly path: string; readonly text: string }[]>;
  remove(): void;
}

/** Most proposals of a dream, so that the cap hides nothing. */
const limit = 50;

/** The memory is written a month before the first session. */
const writtenAt = '2026-02-01T09:00:00Z';

export async function openPlace(files: Readonly<Record<string, string>>): Promise<Place> {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'dreamkeeper-bench-')));
  const folder = join(top, 'repository');
  mkdirSync(folder);
  writeFileSync(
    join(top, '.gitconfig'),
    '[user]\n\tname = Bench\n\temail = bench@example.test\n[gc]\n\tauto = 0\n',
  );
  const settings = readSettings({ PATH: process.env.PATH, HOME: top, GIT_CONFIG_NOSYSTEM: '1' });
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: folder,
      env: { ...settings.git, GIT_AUTHOR_DATE: writtenAt, GIT_COMMITTER_DATE: writtenAt },
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'Start');
  const workplace = await openWorkplace(folder, settings);
  return {
    workplace,
    git,
    take: (transcripts) => takeIn(workplace, transcripts),
    dream: (now, dreamer = workplace.dreamer) => dream({ ...workplace, dreamer, now, limit }),
    async accept(now) {
      await accept({ ...workplace, now }, (merge) =>
        mergeBranch(workplace.repository, { ...merge, at: now }),
      );
    },
    async memory() {
      const head = await workplace.repository.resolve('HEAD');
      return head === undefined ? [] : workplace.repository.readFiles(head, (path) => path.endsWith('.md'));
    },
    remove: () => rmSync(top, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Each person hands their own in. */
async function takeIn(
  { ledger, redactor, config }: Workplace,
  transcripts: readonly Transcript[],
): Promise<void> {
  const people = [...new Set(transcripts.map(({ person }) => person))];
  for (const person of people) {
    const own = transcripts.filter((transcript) => transcript.person === person);
    const report = await ingest({
      sources: sourcesOf(own),
      ledger,
      redactor,
      detail: config.ledger.detail,
      submittedBy: person,
      extractor: { version: extractorVersion, gather },
    });
    if (report.refused.length > 0) throw new Error(`refused: ${JSON.stringify(report.refused)}`);
  }
}

async function* sourcesOf(transcripts: readonly Transcript[]) {
  for (const { path, text } of transcripts) yield await Promise.resolve(sourceOf(text, path));
}
