/** Shows the one status comment of a pull request: found again by its marker, edited in place. */
import { isStatusComment } from '../../core/review/status-comment.ts';
import { asking } from '../failure.ts';
import { at, once, type PullRequestParts } from './parts.ts';
import type { Pull } from './pull.ts';
import { commentOf, type Reading } from './reading.ts';
import { isSameText } from './same-text.ts';

export async function showStatusComment(
  parts: PullRequestParts,
  reading: Reading,
  pull: Pull,
  body: string,
): Promise<void> {
  const { issues } = parts.hosted.octokit.rest;
  const bot = await parts.bot();
  const found = (await reading.commentsOf(pull)).find(
    (comment) => comment.login === bot && isStatusComment(comment.body),
  );
  if (found !== undefined && isSameText(found.body, body)) return;
  const written = await asking('writing the status comment', async () => {
    if (found !== undefined)
      return (await issues.updateComment({ ...at(parts), comment_id: found.id, body })).data;
    return (await issues.createComment({ ...at(parts), ...once, issue_number: pull.number, body })).data;
  });
  reading.commented(pull, commentOf(written));
}
