/** Whose the tip of a dream's branch on GitHub is: only what we rendered may be written over. */
import type { Journal } from '../../core/dream/journal.ts';
import { isCleanMerge } from '../../git/clean-merge.ts';
import { gitText } from '../../git/run.ts';
import type { PullRequestParts } from './parts.ts';

export type Tip =
  | { readonly whose: 'nobody'; readonly commit: undefined; readonly head?: undefined }
  /** It is one of our heads, or that with the base merged into it since. */
  | { readonly whose: 'ours'; readonly commit: string; readonly head: string }
  /** A person has committed; `head` is what they committed on, where that was ours. */
  | { readonly whose: 'theirs'; readonly commit: string; readonly head?: string };

/** A branch with more commits of people than this is theirs, whatever it began with. */
const mostSteps = 100;

export async function tipOf(
  { copy, repository }: Pick<PullRequestParts, 'copy' | 'repository'>,
  { branch, head, heads = [] }: Journal,
): Promise<Tip> {
  const commit = branch === undefined ? undefined : copy.remoteRefs().get(`refs/heads/${branch}`);
  if (commit === undefined) return { whose: 'nobody', commit };
  const ours = new Set([...heads, ...(head === undefined ? [] : [head])]);
  if (ours.has(commit)) return { whose: 'ours', commit, head: commit };
  const walk = ['rev-list', '--first-parent', '--parents', `--max-count=${mostSteps}`, commit, '--'];
  let pure = true;
  for (const line of (await gitText(repository.site, walk)).split('\n')) {
    const [step = '', first = '', ...others] = line.split(' ');
    if (ours.has(step)) return { whose: pure ? 'ours' : 'theirs', commit, head: step };
    const [other] = others;
    pure &&=
      others.length === 1 &&
      other !== undefined &&
      (await repository.isAncestor(other, 'HEAD')) &&
      (await isCleanMerge(repository, step, [first, other]));
  }
  return { whose: 'theirs', commit };
}
