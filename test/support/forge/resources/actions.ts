/** Workflow runs and their artifacts. */
import {
  found,
  integer,
  listed,
  ok,
  optionalText,
  Refusal,
  text,
  type RepositoryCall,
  type RepositoryHandlers,
} from '../server/handler.ts';
import type { Artifact, WorkflowRun } from '../state/checks.ts';
import { artifactView, workflowRunView } from '../views/checks.ts';

export const actions: RepositoryHandlers = {
  'actions/list-workflow-runs-for-repo': {
    needs: ['actions:read'],
    answer({ world, repository, input }) {
      const branch = optionalText(input, 'branch');
      const event = optionalText(input, 'event');
      const status = optionalText(input, 'status');
      const wanted = [...repository.workflowRuns.values()].filter(
        (run) =>
          (branch === undefined || run.headBranch === branch) &&
          (event === undefined || run.event === event) &&
          (status === undefined || run.status === status || run.conclusion === status),
      );
      return listed(wanted.reverse(), (run) => workflowRunView(world, repository, run), 'workflow_runs');
    },
  },
  'actions/get-workflow-run': {
    needs: ['actions:read'],
    answer: async (call) => ok(await workflowRunView(call.world, call.repository, runOf(call))),
  },
  'actions/list-artifacts-for-repo': {
    needs: ['actions:read'],
    answer: (call) => artifacts(call, () => true),
  },
  'actions/list-workflow-run-artifacts': {
    needs: ['actions:read'],
    answer(call) {
      const { id } = runOf(call);
      return artifacts(call, ({ run }) => run === id);
    },
  },
  'actions/get-artifact': {
    needs: ['actions:read'],
    answer: (call) => ok(artifactView(call.world, call.repository, artifactOf(call))),
  },
  'actions/download-artifact': {
    needs: ['actions:read'],
    answer(call) {
      const artifact = artifactOf(call);
      if (artifact.expired) throw new Refusal(410, 'Artifact has expired');
      // Another host, which needs no token and refuses one: a client that sends its own there leaks it.
      const storage = call.world.origin.replace('127.0.0.1', 'localhost');
      return { status: 302, headers: { location: `${storage}/_storage/artifacts/${artifact.id}.zip` } };
    },
  },
};

const runOf = ({ repository, input }: RepositoryCall): WorkflowRun =>
  found(repository.workflowRuns.get(integer(input, 'run_id')));

const artifactOf = ({ repository, input }: RepositoryCall): Artifact =>
  found(repository.artifacts.get(integer(input, 'artifact_id')));

function artifacts(call: RepositoryCall, wanted: (artifact: Artifact) => boolean) {
  const { world, repository, input } = call;
  const name = input.name === undefined ? undefined : text(input, 'name');
  const all = [...repository.artifacts.values()].filter(
    (artifact) => wanted(artifact) && (name === undefined || artifact.name === name),
  );
  return listed(all.reverse(), (artifact) => artifactView(world, repository, artifact), 'artifacts');
}
