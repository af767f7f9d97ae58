/** Changing title, text and state of an issue or a pull request, with the webhooks that tell of it. */
import { invalid, optionalText, type RepositoryCall } from '../server/handler.ts';
import { isPull, type Issue } from '../state/issue.ts';
import { issueView } from '../views/issue.ts';
import { pullView } from '../views/pull.ts';
import { closePull } from '../webhooks/pushes.ts';
import { timestamp, type Document } from '../world.ts';

export function tellIssue(call: RepositoryCall, issue: Issue, action: string, more: Document = {}): void {
  const { world, repository, account } = call;
  const payload = { issue: issueView(world, repository, issue), ...more };
  world.announce({ event: 'issues', action, sender: account, repository, payload });
}

/** Pull requests have an event of their own. */
export async function tell(
  call: RepositoryCall,
  issue: Issue,
  action: string,
  more: Document = {},
): Promise<void> {
  if (!isPull(issue)) return tellIssue(call, issue, action, more);
  const { world, repository, account } = call;
  const payload = { number: issue.number, pull_request: await pullView(world, repository, issue), ...more };
  world.announce({ event: 'pull_request', action, sender: account, repository, payload });
}

/** The longest body GitHub takes, in characters. */
const longestBody = 65_536;

/** @throws {Refusal} 422 */
export function refuseLong(body: string | null): void {
  if ((body?.length ?? 0) > longestBody)
    throw invalid(`body is too long (maximum is ${longestBody} characters)`, 'Issue', 'body');
}

/** Takes what is given of title, body and state. */
export async function changeIssue(call: RepositoryCall, issue: Issue): Promise<void> {
  await changeText(call, issue);
  await changeState(call, issue);
}

async function changeText(call: RepositoryCall, issue: Issue): Promise<void> {
  const { world, input } = call;
  const title = optionalText(input, 'title');
  const body = 'body' in input ? (optionalText(input, 'body') ?? null) : issue.body;
  refuseLong(body);
  const changes = {
    ...(title === undefined || title === issue.title ? {} : { title: { from: issue.title } }),
    ...(body === issue.body ? {} : { body: { from: issue.body ?? '' } }),
  };
  if (Object.keys(changes).length === 0) return;
  issue.title = title ?? issue.title;
  issue.body = body;
  issue.updatedAt = timestamp(world);
  await tell(call, issue, 'edited', { changes });
}

async function changeState(call: RepositoryCall, issue: Issue): Promise<void> {
  const { world, repository, input, account } = call;
  const state = optionalText(input, 'state');
  if (state === 'closed' && issue.closed === undefined) {
    if (isPull(issue)) return closePull(world, repository, issue, account);
    const reason = optionalText(input, 'state_reason') ?? 'completed';
    issue.closed = { by: account, at: timestamp(world), reason };
    tellIssue(call, issue, 'closed');
  }
  if (state === 'open' && issue.closed !== undefined) {
    delete issue.closed;
    issue.updatedAt = timestamp(world);
    await tell(call, issue, 'reopened');
  }
}
