/** What the status comment says of an open dream while memory moves under it. */
import type { Decision, Journal } from '../core/dream/journal.ts';
import { memoryMatcher } from '../core/memory/memory-paths.ts';
import { affectedNotes, vanishedNotes } from '../core/review/life-notes.ts';
import { droppedFrom } from '../core/review/state.ts';
import { lookAtBase, type Looking } from '../follow-base.ts';
import { changesOf } from '../git/history.ts';
import { conflicts } from '../git/mergeable.ts';
import type { PullRequestParts } from './pull-request/parts.ts';
import { tipOf } from './pull-request/tip.ts';

/** How far back it is looked for when an entry changed. */
const mostChanges = 50;

/** How the base of a dream is looked at here. */
export function looking({ repository, config }: Pick<PullRequestParts, 'repository' | 'config'>): Looking {
  return {
    repository,
    isMemory: memoryMatcher(config.memory),
    conflicts: (ours, theirs) => conflicts(repository.site, ours, theirs),
    changesOf: (path, range) => changesOf(repository.site, path, { ...range, most: mostChanges }),
  };
}

/**
 * What the status comment says of an open dream besides the answers to commands.
 * @returns Markdown; foreign words in it are inert.
 */
export async function lifeNotes(
  parts: Pick<PullRequestParts, 'copy' | 'repository' | 'config'>,
  open: Journal,
  decisions: readonly Decision[],
): Promise<readonly string[]> {
  const told = vanishedNotes(open, decisions);
  const tip = await tipOf(parts, open);
  const { branch, head } = open;
  if (tip.whose !== 'theirs' || branch === undefined || head === undefined) return told;
  const dropped = droppedFrom(open.id, decisions);
  const moved = await lookAtBase(looking(parts), {
    journal: { ...open, branch, head },
    dropped,
    tip: tip.commit,
  });
  return [...told, ...(moved === undefined ? [] : affectedNotes(moved.gone, moved.conflicting))];
}
