/** What is dreamed about: a golden case, or transcripts and a memory of one's own, in a scratch repository. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPlace, type Place } from '../../bench/quality/place.ts';
import { extractorVersion, gather } from '../../src/core/dream/gather/gather.ts';
import type { Session } from '../../src/core/sessions/session.ts';
import { isSource, openSources } from '../../src/files.ts';
import { ingest } from '../../src/ingest.ts';
import { filesBelow, goldenCase, goldenFolder, submissions } from '../../test/support/golden-case.ts';

export interface StageOptions {
  /** A golden case, or paths. */
  readonly named: readonly string[];
  readonly memory?: string | undefined;
  readonly by: string;
  readonly sessions: number;
}

export interface Stage {
  readonly workplace: Place['workplace'];
  readonly sessions: readonly Session[];
  /** Files that are no transcripts. */
  readonly refused: number;
  readonly remove: () => void;
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const { memory, submitted } = partsOf(options);
  const place = await openPlace(memory);
  let refused = 0;
  for (const { person, paths } of submitted) refused += await takeIn(place, person, paths, options.sessions);
  const view = await place.workplace.ledger.read();
  const read = await Promise.all((await view.sessions()).map(({ summary }) => view.session(summary.id)));
  return {
    workplace: place.workplace,
    sessions: read.flatMap((session) => session ?? []),
    refused,
    remove: () => place.remove(),
  };
}

interface Parts {
  readonly memory: Readonly<Record<string, string>>;
  readonly submitted: readonly { readonly person: string | undefined; readonly paths: readonly string[] }[];
}

function partsOf({ named, memory, by }: StageOptions): Parts {
  const [name = ''] = named;
  if (named.length > 1 || !existsSync(join(goldenFolder, name, 'case.json')))
    return {
      memory: memory === undefined ? { 'CLAUDE.md': '# Memory\n' } : textsBelow(memory),
      submitted: [{ person: by, paths: named }],
    };
  const golden = goldenCase(name);
  const config = golden.config === undefined ? {} : { '.github/dreamkeeper.yml': golden.config };
  const handedIn = golden.story.flatMap((step) =>
    'ingest' in step ? submissions(join(golden.folder, step.ingest)) : [],
  );
  return {
    memory: { ...textsBelow(join(golden.folder, golden.history.at(-1)?.tree ?? 'memory')), ...config },
    submitted: handedIn.map(({ person, folder }) => ({ person, paths: [folder] })),
  };
}

function textsBelow(folder: string): Record<string, string> {
  const paths = filesBelow(folder).filter((path) => !path.startsWith('.git/'));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** @returns how many files were refused. */
async function takeIn(
  { workplace: { ledger, redactor, config } }: Place,
  person: string | undefined,
  paths: readonly string[],
  most: number,
): Promise<number> {
  const report = await ingest({
    sources: first(most, paths),
    ledger,
    redactor,
    detail: config.ledger.detail,
    extractor: { version: extractorVersion, gather },
    ...(person === undefined ? {} : { submittedBy: person }),
  });
  return report.refused.length;
}

async function* first(most: number, paths: readonly string[]) {
  let left = most;
  for await (const found of openSources(paths)) {
    if (isSource(found) && (left -= 1) < 0) return;
    yield found;
  }
}
