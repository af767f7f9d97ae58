/** Plays a golden case through the pipeline: ingest, dream, reject, with fixed times; keeps what the last dream saw and made. */
import { join } from 'node:path';
import { parseConfig } from '../../src/config-file.ts';
import type { Config } from '../../src/core/config.ts';
import { reviewInput } from '../../src/commands/review-text.ts';
import type { Dreamer, DreamDraft, DreamInput } from '../../src/core/dream/dreamer.ts';
import { passingNotes } from '../../src/core/dream/notes.ts';
import { openPurse } from '../../src/core/dream/purse.ts';
import { extractorVersion, gather } from '../../src/core/dream/gather/gather.ts';
import { renderReview } from '../../src/core/review/render.ts';
import { reviewTitle } from '../../src/core/review/title.ts';
import type { Session } from '../../src/core/sessions/session.ts';
import { createRedactor } from '../../src/core/sessions/redact.ts';
import { embeddedDreamer } from '../../src/dreamers/embedded/dreamer.ts';
import { dream, type DreamResult } from '../../src/dream.ts';
import { openSources } from '../../src/files.ts';
import { readDiff } from '../../src/git/diff.ts';
import { openRepository } from '../../src/git/repository.ts';
import { ingest } from '../../src/ingest.ts';
import { openLedger } from '../../src/ledger/ledger.ts';
import { reject } from '../../src/review.ts';
import { guardSays } from './dream-input.ts';
import { submissions, type GoldenCase, type Step } from './golden-case.ts';
import { goldenRepository } from './golden-repository.ts';

export interface Played {
  readonly result: DreamResult;
  /** The pull request as the last dream would open it: title, an empty line, body. */
  readonly review: string;
  readonly diff: string;
  /** What the dreamer was last given, and what it answered. */
  readonly input: DreamInput;
  readonly draft: DreamDraft;
}

/** @throws when the story has no dream, or a dream that never reached the dreamer. */
export async function play(golden: GoldenCase, dreamer: Dreamer = embeddedDreamer): Promise<Played> {
  const stage = await openStage(golden, dreamer);
  let result: DreamResult | undefined;
  for (const step of golden.story) result = (await act(stage, step)) ?? result;
  const seen = stage.seen.at(-1);
  if (result === undefined || seen === undefined) throw new Error(`${golden.name}: nothing was dreamed`);
  return { result, ...(await shown(stage, result)), ...seen, input: await detached(seen.input) };
}

/** The same input when the repository is gone. */
async function detached(input: DreamInput): Promise<DreamInput> {
  const read = await Promise.all(
    input.sessions.map(async ({ id }) => [id, await input.readSession(id)] as const),
  );
  const sessions = new Map<string, Session | undefined>(read);
  const known = { ...input, readSession: (id: string) => Promise.resolve(sessions.get(id)) };
  return { ...known, purse: openPurse(), notes: passingNotes(), check: (drafts) => guardSays(known, drafts) };
}

type Stage = Awaited<ReturnType<typeof openStage>>;

async function openStage(golden: GoldenCase, dreamer: Dreamer) {
  const scratch = goldenRepository(golden);
  const repository = await openRepository(scratch.dir, scratch.env);
  const config = configOf(golden);
  const seen: { input: DreamInput; draft: DreamDraft }[] = [];
  const watched: Dreamer = {
    name: dreamer.name,
    paid: dreamer.paid,
    async dream(input) {
      const draft = await dreamer.dream(input);
      seen.push({ input, draft });
      return draft;
    },
  };
  return {
    golden,
    repository,
    ledger: openLedger(repository, { now: () => new Date('2026-03-01T00:00:00Z') }),
    redactor: createRedactor({ patterns: config.redact }),
    config,
    dreamer: watched,
    seen,
  };
}

function configOf(golden: GoldenCase): Config {
  const parsed = parseConfig(golden.config ?? '');
  if ('config' in parsed) return parsed.config;
  throw new Error(`${golden.name}: ${parsed.errors.map(({ message }) => message).join(', ')}`);
}

async function act(stage: Stage, step: Step): Promise<DreamResult | undefined> {
  if ('dream' in step) return dream({ ...stage, now: step.dream });
  if ('reject' in step) await reject({ ...stage, now: step.reject, person: step.person }, step.reason);
  else await takeIn(stage, step.ingest);
  return undefined;
}

async function takeIn({ golden, ledger, redactor, config }: Stage, folder: string): Promise<void> {
  for (const { person, folder: path } of submissions(join(golden.folder, folder))) {
    const report = await ingest({
      sources: openSources([path]),
      ledger,
      redactor,
      detail: config.ledger.detail,
      extractor: { version: extractorVersion, gather },
      ...(person === undefined ? {} : { submittedBy: person }),
    });
    const [refused] = report.refused;
    if (refused !== undefined) throw new Error(`${golden.name}: ${refused.path}: ${refused.reason}`);
  }
}

async function shown(stage: Stage, { journal }: DreamResult): Promise<Pick<Played, 'review' | 'diff'>> {
  if (journal === undefined) return { review: '', diff: '' };
  const { base, head } = journal;
  const input = await reviewInput(await stage.ledger.read(), journal);
  return {
    review: `${reviewTitle(input)}\n\n${renderReview(input)}`,
    diff: head === undefined ? '' : await readDiff(stage.repository.site, base, head),
  };
}
