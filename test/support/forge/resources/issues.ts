/** Issues; pull requests are issues too. */
import {
  created,
  issueOf,
  listed,
  ok,
  optionalText,
  Refusal,
  text,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import { isPull, type Issue } from '../state/issue.ts';
import { newId } from '../state/state.ts';
import { issueView } from '../views/issue.ts';
import { timestamp, type Document } from '../world.ts';
import { changeIssue, refuseLong, tellIssue } from './issue-changes.ts';
import { setLabels } from './labels.ts';
import { prepareReopening } from './reopening.ts';

export const issues: RepositoryHandlers = {
  'issues/list-for-repo': {
    needs: ['issues:read', 'pull_requests:read'],
    answer: ({ world, repository, input }) =>
      listed(
        newestFirst([...repository.issues.values()].filter((issue) => isWanted(issue, input))),
        (issue) => issueView(world, repository, issue),
      ),
  },
  'issues/create': {
    needs: ['issues:write'],
    role: 'read',
    async answer(call) {
      const { world, repository, input } = call;
      if (!repository.issuesEnabled) throw new Refusal(410, 'Issues has been disabled in this repository.');
      const issue = newIssue(call, {
        title: text(input, 'title'),
        body: optionalText(input, 'body') ?? null,
      });
      repository.issues.set(issue.number, issue);
      tellIssue(call, issue, 'opened');
      if (Array.isArray(input.labels)) await setLabels(call, issue, labelNames(input.labels));
      return created(issueView(world, repository, issue));
    },
  },
  'issues/get': {
    needs: ['issues:read', 'pull_requests:read'],
    answer: (call) => ok(issueView(call.world, call.repository, issueOf(call))),
  },
  'issues/update': {
    needs: ['issues:write', 'pull_requests:write'],
    role: 'triage',
    async answer(call) {
      const issue = issueOf(call);
      if (isPull(issue)) await prepareReopening(call, issue);
      await changeIssue(call, issue);
      if (Array.isArray(call.input.labels)) await setLabels(call, issue, labelNames(call.input.labels));
      return ok(issueView(call.world, call.repository, issue));
    },
  },
};

/** Labels are given by name, or as objects that have one. */
export function labelNames(given: readonly unknown[]): string[] {
  return given.map((label) => (typeof label === 'string' ? label : String((label as Document).name)));
}

/** The next number; the caller puts it into the repository. */
export function newIssue(call: RepositoryCall, parts: Pick<Issue, 'title' | 'body'> & Partial<Issue>): Issue {
  const { world, repository, account, actor } = call;
  refuseLong(parts.body);
  const at = timestamp(world);
  return {
    id: newId(world.state),
    number: Math.max(0, ...repository.issues.keys()) + 1,
    user: account,
    viaApp: actor.kind === 'installation',
    createdAt: at,
    updatedAt: at,
    labels: new Set(),
    comments: new Map(),
    reactions: [],
    ...parts,
  };
}

export const newestFirst = <T extends Issue>(list: readonly T[]): T[] =>
  [...list].sort((a, b) => b.number - a.number);

function isWanted(issue: Issue, input: RepositoryCall['input']): boolean {
  const state = optionalText(input, 'state') ?? 'open';
  const labels = optionalText(input, 'labels')?.split(',') ?? [];
  const creator = optionalText(input, 'creator');
  const since = optionalText(input, 'since');
  const own = new Set([...issue.labels].map((label) => label.toLowerCase()));
  return (
    (state === 'all' || (state === 'closed') === (issue.closed !== undefined)) &&
    labels.every((label) => own.has(label.toLowerCase())) &&
    (creator === undefined || creator === issue.user.login) &&
    (since === undefined || issue.updatedAt >= since)
  );
}
