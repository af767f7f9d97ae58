/** All checks of a store, in one list. */
import type { RepositoryFacts } from '../../dream/repository.ts';
import type { Store } from '../entry.ts';
import { datesRelative } from './dates-relative.ts';
import type { LintFinding } from './finding.ts';
import { hiddenText } from './hidden-text.ts';
import { linksGone, pathsGone } from './paths-gone.ts';
import { conflicts, duplicates, nearDuplicates } from './repeated.ts';
import { filesTooLong, indexTooLong, overBudget } from './sizes.ts';

export type { LintFinding };

const storeChecks: readonly ((store: Store) => readonly LintFinding[])[] = [
  duplicates,
  nearDuplicates,
  conflicts,
  datesRelative,
  filesTooLong,
  indexTooLong,
  overBudget,
  hiddenText,
];
const repositoryChecks: readonly ((store: Store, facts: RepositoryFacts) => readonly LintFinding[])[] = [
  linksGone,
  pathsGone,
];

/**
 * Everything a maintainer would want to know of a store, by file and line. Links and paths are checked only with facts;
 * secrets by `lintSecrets`.
 */
export function lintStore(store: Store, facts?: RepositoryFacts): LintFinding[] {
  const found = storeChecks.flatMap((check) => check(store));
  const ofRepository = facts === undefined ? [] : repositoryChecks.flatMap((check) => check(store, facts));
  return [...found, ...ofRepository].sort(
    (a, b) =>
      compared(a.file, b.file) ||
      a.line - b.line ||
      compared(a.check, b.check) ||
      compared(a.message, b.message),
  );
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
