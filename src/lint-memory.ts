/** Lints the memory of the last commit, with what the repository knows of the paths it names. */
import type { Config } from './core/config.ts';
import type { Repository } from './core/dream/repository.ts';
import { DreamkeeperError } from './core/error.ts';
import { lintStore, type LintFinding } from './core/memory/lint/lint-store.ts';
import { references } from './core/memory/lint/references.ts';
import { lintSecrets } from './core/memory/lint/secrets.ts';
import { memoryMatcher } from './core/memory/memory-paths.ts';
import { parseStore } from './core/memory/parse.ts';
import type { Redactor } from './core/sessions/redact.ts';

export interface MemoryLint {
  /** Sorted by file, then line. */
  readonly findings: readonly LintFinding[];
  /** How many memory files there are. */
  readonly files: number;
}

/** @throws {DreamkeeperError} `repository` when nothing is committed yet. */
export async function lintMemory(options: {
  readonly repository: Repository;
  readonly config: Config;
  readonly redactor: Redactor;
}): Promise<MemoryLint> {
  const { repository, config, redactor } = options;
  const head = await repository.resolve('HEAD');
  if (head === undefined)
    throw new DreamkeeperError('repository', 'the repository has no commit yet', {
      remedy: 'Commit the memory files first; what is committed is checked.',
    });
  const store = parseStore(await repository.readFiles(head, memoryMatcher(config.memory)));
  const named = [...store.entries.values()].flatMap((entry) => references(entry).map(({ path }) => path));
  const facts = await repository.facts(head, { ignored: [...new Set(named)] });
  const findings = [
    ...lintStore(store, facts),
    ...(await lintSecrets(store, (texts) => redactor.find(texts))),
  ];
  return { findings: findings.sort(byPlace), files: store.files.length };
}

function byPlace(a: LintFinding, b: LintFinding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || (a.check < b.check ? -1 : a.check > b.check ? 1 : 0);
}
