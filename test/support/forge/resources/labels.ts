/** Labels of a repository, and those on an issue. */
import {
  created,
  found,
  issueOf,
  listed,
  nothing,
  ok,
  optionalText,
  Refusal,
  text,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import type { Issue, Label } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { newId } from '../state/state.ts';
import { labelsOf, labelView } from '../views/issue.ts';
import { tell } from './issue-changes.ts';

const onIssue = { needs: ['issues:write', 'pull_requests:write'], role: 'triage' } as const;

export const labels: RepositoryHandlers = {
  'issues/list-labels-for-repo': {
    needs: ['issues:read', 'pull_requests:read'],
    answer: ({ world, repository }) =>
      listed(repository.labels.values(), (label) => labelView(world, repository, label)),
  },
  'issues/create-label': {
    needs: ['issues:write', 'pull_requests:write'],
    answer(call) {
      const { world, repository, input } = call;
      const name = text(input, 'name');
      if (repository.labels.has(name.toLowerCase()))
        throw new Refusal(422, 'Validation Failed', [
          { resource: 'Label', code: 'already_exists', field: 'name' },
        ]);
      const label = addLabel(call, name);
      label.color = optionalText(input, 'color') ?? label.color;
      label.description = optionalText(input, 'description') ?? null;
      return created(labelView(world, repository, label));
    },
  },
  'issues/get-label': {
    needs: ['issues:read', 'pull_requests:read'],
    answer: ({ world, repository, input }) =>
      ok(labelView(world, repository, labelNamed(repository, text(input, 'name')))),
  },
  'issues/delete-label': {
    needs: ['issues:write', 'pull_requests:write'],
    answer({ repository, input }) {
      const { name } = labelNamed(repository, text(input, 'name'));
      repository.labels.delete(name.toLowerCase());
      for (const issue of repository.issues.values()) issue.labels.delete(name);
      return nothing;
    },
  },
  'issues/list-labels-on-issue': {
    needs: ['issues:read', 'pull_requests:read'],
    answer: (call) => listed(labelsOf(call.world, call.repository, issueOf(call)), (label) => label),
  },
  'issues/add-labels': { ...onIssue, answer: (call) => change(call, (now, given) => [...now, ...given]) },
  'issues/set-labels': { ...onIssue, answer: (call) => change(call, (_, given) => given) },
  'issues/remove-label': {
    ...onIssue,
    answer: async (call) => {
      const name = labelNamed(call.repository, text(call.input, 'name')).name;
      if (!issueOf(call).labels.has(name)) throw new Refusal(404, 'Label does not exist');
      return change(call, (now) => now.filter((label) => label !== name));
    },
  },
  'issues/remove-all-labels': {
    ...onIssue,
    async answer(call) {
      await setLabels(call, issueOf(call), []);
      return nothing;
    },
  },
};

function labelNamed(repository: Repository, name: string): Label {
  return found(repository.labels.get(name.toLowerCase()));
}

function addLabel({ world, repository }: RepositoryCall, name: string): Label {
  const label = { id: newId(world.state), name, color: 'ededed', description: null };
  repository.labels.set(name.toLowerCase(), label);
  return label;
}

/** The body is a list of names, or an object that has one under `labels`. */
async function change(
  call: RepositoryCall,
  wanted: (now: readonly string[], given: readonly string[]) => readonly string[],
) {
  const { world, repository, input } = call;
  const issue = issueOf(call);
  const given = (Array.isArray(input.body) ? input.body : (input.labels ?? [])) as readonly unknown[];
  const names = given.map((one) => (typeof one === 'string' ? one : (one as { readonly name: string }).name));
  await setLabels(call, issue, wanted([...issue.labels], names));
  return ok(labelsOf(world, repository, issue));
}

/** Labels that the repository lacks are made. One webhook for each that came or went. */
export async function setLabels(call: RepositoryCall, issue: Issue, names: readonly string[]): Promise<void> {
  const { world, repository } = call;
  const wanted = new Set(
    names.map((name) => (repository.labels.get(name.toLowerCase()) ?? addLabel(call, name)).name),
  );
  const added = [...wanted].filter((name) => !issue.labels.has(name));
  const removed = [...issue.labels].filter((name) => !wanted.has(name));
  for (const name of removed) issue.labels.delete(name);
  for (const name of added) issue.labels.add(name);
  const view = (name: string) => ({ label: labelView(world, repository, labelNamed(repository, name)) });
  for (const name of removed) await tell(call, issue, 'unlabeled', view(name));
  for (const name of added) await tell(call, issue, 'labeled', view(name));
}
