/** What the status comment has to say of a dream, read from the ledger. */
import type { Decision, Journal } from '../../core/dream/journal.ts';
import { isPaused } from '../../core/dream/triggers.ts';
import type { Handled } from '../../core/review/status-comment.ts';

/** What people told us about a dream, or in its pull request when another dream was in it. */
export function handledOf(
  { id }: Pick<Journal, 'id'>,
  number: number,
  decisions: readonly Decision[],
): readonly Handled[] {
  return decisions.filter(
    (decision): decision is Handled =>
      decision.type === 'command' && (decision.dream === id || decision.number === number),
  );
}

/** How things are; nothing while all is as it should be. */
export function notesOf(
  decisions: readonly Decision[],
  { theirs, now }: { readonly theirs: boolean; readonly now: string },
): readonly string[] {
  const paused = decisions.findLast((decision) => decision.type === 'paused');
  const until = paused?.until === undefined ? '' : ` until ${paused.until.slice(0, 10)}`;
  return [
    ...(theirs
      ? [
          'Somebody has committed to this branch: nothing is written over that. What is left out from now on is taken ' +
            'back by a commit on top.',
        ]
      : []),
    ...(isPaused(decisions, now)
      ? [`New dreams are paused${until}; \`/dream resume\` takes them up again.`]
      : []),
  ];
}
