/** A line of an index whose file is gone. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Evidence } from '../../../core/dream/evidence.ts';
import type { Draft } from '../../../core/dream/proposal.ts';
import type { Entry } from '../../../core/memory/entry.ts';
import { folderOf } from '../../../core/memory/paths.ts';
import { entryEvidence } from '../evidence.ts';
import { nothing, type RuleResult } from '../rule.ts';
import { plainTitle } from './topic.ts';

/** A line of the index and the one file that it leads to. */
export interface Listing {
  readonly entry: Entry;
  /** The target as the link has it, without its fragment. */
  readonly written: string;
  /** The target from the root of the repository. */
  readonly path: string;
}

/** Follows a rename, takes out the line of a deleted file, and only speaks of what Git cannot explain. */
export function deadIndexLine(input: DreamInput, listing: Listing): RuleResult {
  const { deleted, paths, shallow } = input.repository;
  const gone = deleted.get(listing.path);
  const { entry } = listing;
  if (!entry.keep && gone !== undefined) {
    const to = gone.renamedTo;
    const below = to === undefined ? undefined : pathBelow(folderOf(entry.file), to);
    if (to !== undefined && below !== undefined && paths.has(to))
      return proposed(redirected(input, listing, to, below));
    if (to === undefined && !shallow) return proposed(takenOut(input, listing));
  }
  return {
    ...nothing,
    leads: [
      {
        kind: 'correct',
        text: `A line of ${entry.file} leads to ${listing.path}, which is not there`,
        reason:
          gone === undefined
            ? 'Git does not show what became of it.'
            : 'What it became is not in this folder.',
        evidence: [{ type: 'fact', fact: 'missing', path: listing.path }, entryEvidence(input, entry)],
      },
    ],
  };
}

function redirected(input: DreamInput, { entry, written, path }: Listing, to: string, below: string): Draft {
  return {
    ...proved(entry),
    title: `Point the index to ${plainTitle(below)}`,
    rationale: `${path} is now ${to}; its line in the index still names the old place.`,
    operations: [
      { op: 'revise', entry: entry.id, text: entry.text.replace(`(${written}`, () => `(${below}`) },
    ],
    evidence: [factOf(input, path, { fact: 'renamed', to }), entryEvidence(input, entry)],
  };
}

function takenOut(input: DreamInput, { entry, written, path }: Listing): Draft {
  return {
    ...proved(entry),
    title: `Take ${plainTitle(written)} out of the index`,
    rationale: `Git shows that ${path} was deleted; its line in the index leads nowhere.`,
    operations: [{ op: 'retire', entry: entry.id }],
    evidence: [factOf(input, path, { fact: 'deleted' }), entryEvidence(input, entry)],
  };
}

function proved({ id }: Entry): Pick<Draft, 'kind' | 'strength' | 'signals'> {
  return { kind: 'correct', strength: 'proved', signals: [`store:index:${id}`] };
}

function factOf(
  { repository }: DreamInput,
  path: string,
  what: { readonly fact: 'renamed' | 'deleted'; readonly to?: string },
): Evidence {
  const gone = repository.deleted.get(path);
  return { type: 'fact', path, ...what, ...(gone === undefined ? {} : { commit: gone.commit, at: gone.at }) };
}

function proposed(draft: Draft): RuleResult {
  return { ...nothing, proposals: [draft] };
}

function pathBelow(folder: string, path: string): string | undefined {
  if (folder === '') return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}
