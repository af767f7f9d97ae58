/** The button "Commit suggestion" under a review comment. */
import { entryAt, readBlob } from '../git/commit.ts';
import { writeBlob, writeCommit, writeTree } from '../git/write.ts';
import { identityOf } from '../merging/merge.ts';
import type { Account } from '../state/account.ts';
import { isPull } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { moveBranch } from '../webhooks/pushes.ts';
import { timestamp, type World } from '../world.ts';

/**
 * Puts the suggested lines where the comment stands, as a commit of whoever pressed it.
 * @throws when the comment suggests nothing, or its lines are gone
 */
export async function commitSuggestion(
  world: World,
  repository: Repository,
  id: number,
  by: Account,
): Promise<string> {
  const comment = repository.reviewComments.get(id);
  const issue = repository.issues.get(comment?.pull ?? 0);
  const words = /```suggestion\r?\n([\s\S]*?)```/.exec(comment?.body ?? '')?.[1];
  if (comment === undefined || issue === undefined || !isPull(issue) || words === undefined)
    throw new Error(`Comment ${id} suggests nothing.`);
  const { pull } = issue;
  const { dir } = pull.headRepository;
  const entry = await entryAt(dir, pull.headSha, comment.path);
  if (entry === undefined || comment.line === null) throw new Error(`The lines of comment ${id} are gone.`);
  const lines = Buffer.from(await readBlob(dir, entry.sha))
    .toString()
    .split('\n');
  const first = comment.startLine ?? comment.line;
  lines.splice(first - 1, comment.line - first + 1, ...words.replace(/\r?\n$/, '').split(/\r?\n/));
  const blob = await writeBlob(dir, Buffer.from(lines.join('\n')));
  const date = timestamp(world);
  const { name, email } = identityOf(comment.user, date);
  const sha = await writeCommit(dir, {
    tree: await writeTree(dir, pull.headSha, [{ path: comment.path, sha: blob }]),
    parents: [pull.headSha],
    message: `Update ${comment.path}\n\nCo-authored-by: ${name} <${email}>\n`,
    author: identityOf(by, date),
    committer: { name: 'GitHub', email: 'noreply@github.com', date },
  });
  pull.headRepository.verified.add(sha);
  await moveBranch(world, pull.headRepository, { name: pull.head, to: sha, expected: pull.headSha }, by);
  return sha;
}
