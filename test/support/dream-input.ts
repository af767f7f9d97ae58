/** Builds what a dreamer reads, from memory files and sessions. */
import { type Config, configSchema } from '../../src/core/config.ts';
import type { DreamInput, Orientation } from '../../src/core/dream/dreamer.ts';
import { passingNotes, type Notes } from '../../src/core/dream/notes.ts';
import type { Draft } from '../../src/core/dream/proposal.ts';
import { openPurse, type Allowance } from '../../src/core/dream/purse.ts';
import { clearProposals } from '../../src/core/guard/check.ts';
import type { Finding } from '../../src/core/guard/finding.ts';
import { createRedactor } from '../../src/core/sessions/redact.ts';
import { sha256Hex } from '../../src/core/text/sha256.ts';
import { gather } from '../../src/core/dream/gather/gather.ts';
import type { RepositoryFacts } from '../../src/core/dream/repository.ts';
import { parseStore } from '../../src/core/memory/parse.ts';
import type { Session } from '../../src/core/sessions/session.ts';

export interface World {
  /** Memory files by path. */
  readonly memory: Readonly<Record<string, string>>;
  readonly sessions?: readonly Session[];
  readonly facts?: Partial<RepositoryFacts>;
  readonly config?: Partial<Config>;
  /** When every line of memory was written; default 2026-01-01. */
  readonly writtenAt?: string;
  readonly now?: string;
  readonly allowance?: Allowance;
  readonly notes?: Notes;
  /** Default: somebody waits for it. */
  readonly urgent?: boolean;
}

export function dreamInput(world: World): DreamInput {
  const files = Object.entries(world.memory).map(([path, text]) => ({ path, text }));
  const origin = { commit: 'c'.repeat(40), at: world.writtenAt ?? '2026-01-01T00:00:00.000Z', author: 'Ada' };
  const sessions = (world.sessions ?? []).toSorted((a, b) =>
    (a.startedAt ?? '') < (b.startedAt ?? '') ? -1 : 1,
  );
  const known: Omit<DreamInput, 'check'> = {
    store: parseStore(files),
    repository: {
      head: 'b'.repeat(40),
      paths: new Set(files.map((file) => file.path)),
      deleted: new Map(),
      shallow: false,
      ignored: new Set(),
      origins: new Map(files.map((file) => [file.path, file.text.split('\n').map(() => origin)])),
      ...world.facts,
    },
    sessions: sessions.map(({ events, ...header }) => ({ ...header, eventCount: events.length })),
    signals: sessions.flatMap(gather),
    decisions: [],
    config: configSchema.parse(world.config ?? {}),
    now: world.now ?? '2026-04-01T00:00:00.000Z',
    readSession: (id) => Promise.resolve(sessions.find((session) => session.id === id)),
    purse: openPurse(world.allowance),
    notes: world.notes ?? passingNotes(),
    objects: new Map(sessions.map(({ id }) => [id, sha256Hex(id).slice(0, 40)])),
    closed: new Set(),
    urgent: world.urgent ?? true,
    progress: () => undefined,
  };
  return { ...known, check: (drafts) => guardSays(known, drafts) };
}

/** What the guard says of drafts that are proposed together. */
export async function guardSays(
  input: Orientation,
  drafts: readonly Draft[],
): Promise<(readonly Finding[])[]> {
  const { cleared, withheld } = await clearProposals({
    store: input.store,
    proposals: drafts.map((draft, at) => ({ ...draft, number: at + 1 })),
    input,
    past: { journals: [], decisions: input.decisions },
    redactor: createRedactor(),
  });
  const all = [...cleared, ...withheld].sort((a, b) => a.number - b.number);
  return all.map(({ findings }) => findings);
}
