/** Builds what the rules read: a store from Markdown, and repository facts that a test cares about. */
import type { DreamInput } from '../../../../src/core/dream/dreamer.ts';
import type { Deletion, LineOrigin } from '../../../../src/core/dream/repository.ts';
import { dreamInput } from '../../../support/dream-input.ts';

export interface Given {
  readonly files: Readonly<Record<string, string>>;
  /** Live files besides the memory itself. */
  readonly paths?: readonly string[];
  readonly deleted?: Readonly<Record<string, Partial<Deletion>>>;
  readonly ignored?: readonly string[];
  readonly shallow?: boolean;
  /** Every line of these files was written then. */
  readonly written?: Readonly<Record<string, string>>;
  readonly signals?: DreamInput['signals'];
  readonly sessions?: DreamInput['sessions'];
}

export function given(what: Given): DreamInput {
  const files = Object.entries(what.files).map(([path, text]) => ({ path, text }));
  return {
    ...dreamInput({ memory: what.files, now: '2026-11-20T08:00:00Z' }),
    repository: {
      head: 'a'.repeat(40),
      paths: new Set([...Object.keys(what.files), ...(what.paths ?? [])]),
      deleted: new Map(
        Object.entries(what.deleted ?? {}).map(([path, deletion]) => [
          path,
          { commit: 'd'.repeat(40), at: '2026-03-01T10:00:00Z', ...deletion },
        ]),
      ),
      shallow: what.shallow ?? false,
      ignored: new Set(what.ignored),
      origins: new Map(files.flatMap(({ path, text }) => originsOf(path, text, what.written?.[path]))),
    },
    sessions: what.sessions ?? [],
    signals: what.signals ?? [],
  };
}

function originsOf(path: string, text: string, at: string | undefined): [string, readonly LineOrigin[]][] {
  if (at === undefined) return [];
  return [[path, text.split('\n').map(() => ({ commit: 'c'.repeat(40), at, author: 'Ana' }))]];
}
