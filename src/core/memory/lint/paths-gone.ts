/** Links and paths that lead nowhere. */
import type { RepositoryFacts } from '../../dream/repository.ts';
import type { Store } from '../entry.ts';
import type { LintFinding } from './finding.ts';
import { deadLinks, staleReferences } from './references.ts';

/** Links to files that are not in the repository. */
export function linksGone(store: Store, facts: RepositoryFacts): LintFinding[] {
  return deadLinks(store, facts).map(({ entry, reference }) => ({
    check: 'dead-link',
    file: entry.file,
    line: reference.line,
    message: `The link leads nowhere: ${reference.path}`,
  }));
}

/** Paths that history shows deleted. */
export function pathsGone(store: Store, facts: RepositoryFacts): LintFinding[] {
  return staleReferences(store, facts)
    .filter(({ reference }) => reference.kind === 'path')
    .map(({ entry, reference, deletion }) => {
      const day = deletion.at.slice(0, 10);
      const what = deletion.renamedTo === undefined ? 'was deleted' : `was renamed to ${deletion.renamedTo}`;
      return {
        check: 'stale-path',
        file: entry.file,
        line: reference.line,
        message: `${reference.path} ${what} on ${day} (${deletion.commit.slice(0, 10)})`,
      };
    });
}
