/** Answers to what people said in other issues and pull requests than that of the open dream: one comment in each. */
import type { Decision } from '../../core/dream/journal.ts';
import { isStatusComment, statusComment, type Handled } from '../../core/review/status-comment.ts';
import { asking, statusOf, waitOf } from '../failure.ts';
import type { HostedPlace } from '../repositories.ts';

/** Edited in place; where the comment says so already, nothing is written. */
export async function answerIn(
  { hosted, bot }: Pick<HostedPlace, 'hosted' | 'bot'>,
  number: number,
  decisions: readonly Decision[],
): Promise<void> {
  const { octokit, owner, name: repo } = hosted;
  const commands = decisions.filter(
    (decision): decision is Handled => decision.type === 'command' && decision.number === number,
  );
  if (commands.length === 0) return;
  const body = statusComment({ commands, notes: [], closed: true });
  await asking('answering in an issue', async () => {
    try {
      const login = await bot();
      const at = { owner, repo, issue_number: number };
      const all = await octokit.paginate(octokit.rest.issues.listComments, { ...at, per_page: 100 });
      const ours = all.find(
        (comment) => comment.user?.login === login && isStatusComment(comment.body ?? ''),
      );
      if (ours === undefined)
        await octokit.rest.issues.createComment({ ...at, body, request: { retries: 0 } });
      else if (ours.body?.trim() !== body.trim())
        await octokit.rest.issues.updateComment({ owner, repo, comment_id: ours.id, body });
    } catch (error) {
      // Gone, or its conversation is locked: the answer stays on the ledger.
      const silent = [403, 404, 410].includes(statusOf(error) ?? 0) && waitOf(error) === undefined;
      if (!silent) throw error;
    }
  });
}
