/** Reopening a pull request: whether it may be, and what it finds that happened while it was closed. */
import { isAncestor, keepHead } from '../git/repository.ts';
import { optionalText, Refusal, type RepositoryCall } from '../server/handler.ts';
import { isPull, type PullIssue } from '../state/issue.ts';

/** @throws {Refusal} 422 for one that was merged, whose branch is gone or was rewritten, or that has a successor */
export async function prepareReopening(call: RepositoryCall, issue: PullIssue): Promise<void> {
  const { repository, input } = call;
  const { pull, closed } = issue;
  if (optionalText(input, 'state') !== 'open' || closed === undefined) return;
  const head = pull.headRepository.refs.get(`refs/heads/${pull.head}`);
  const base = repository.refs.get(`refs/heads/${pull.base}`);
  if (pull.merged !== undefined || head === undefined || base === undefined) throw unchangeable('');
  if (!(await isAncestor(pull.headRepository.dir, pull.headSha, head)))
    throw unchangeable(` The ${pull.head} branch was force-pushed or recreated.`);
  const other = [...repository.issues.values()].filter(isPull).find((one) => replaces(one, issue));
  if (other !== undefined) throw unchangeable(` There is already an open pull request: #${other.number}.`);
  await keepHead(repository.dir, issue.number, { dir: pull.headRepository.dir, sha: head });
  pull.headSha = head;
  pull.baseSha = base;
}

function replaces({ closed, number, pull }: PullIssue, issue: PullIssue): boolean {
  const same = pull.headRepository === issue.pull.headRepository && pull.head === issue.pull.head;
  return closed === undefined && number !== issue.number && same && pull.base === issue.pull.base;
}

const unchangeable = (why: string): Refusal =>
  new Refusal(422, 'Validation Failed', [
    { resource: 'PullRequest', code: 'invalid', field: 'state', message: `state cannot be changed.${why}` },
  ]);
