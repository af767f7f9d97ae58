/** Check runs, suites, workflow runs and artifacts as GitHub shows them. */
import { readCommit } from '../git/commit.ts';
import type { Artifact, CheckRun, WorkflowRun } from '../state/checks.ts';
import { isPull } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { nodeId, sha256 } from '../state/state.ts';
import type { Document, World } from '../world.ts';
import { accountView } from './account.ts';
import { actionsAppView, appView } from './app.ts';
import { simpleCommitView } from './commit.ts';
import { minimalRepositoryView, repositoryPage, repositoryUrl } from './repository.ts';

/** Open pull requests of the same repository whose head is the commit; forks are left out, as GitHub does. */
function pullRequestsOf(world: World, repository: Repository, sha: string): Document[] {
  const url = repositoryUrl(world, repository);
  const repo = { id: repository.id, url, name: repository.name };
  return [...repository.issues.values()]
    .filter(isPull)
    .filter(
      ({ pull, closed }) =>
        closed === undefined && pull.headSha === sha && pull.headRepository === repository,
    )
    .map(({ number, pull }) => ({
      id: pull.id,
      number,
      url: `${url}/pulls/${number}`,
      head: { ref: pull.head, sha: pull.headSha, repo },
      base: { ref: pull.base, sha: pull.baseSha, repo },
    }));
}

export function checkRunView(world: World, repository: Repository, run: CheckRun): Document {
  const url = `${repositoryUrl(world, repository)}/check-runs/${run.id}`;
  const page = `${repositoryPage(world, repository)}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CheckRun', run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite },
    app: run.byApp ? appView(world) : actionsAppView(world),
    pull_requests: pullRequestsOf(world, repository, run.headSha),
  };
}

/** In webhooks the suite is told whole. */
export function checkRunPayload(world: World, repository: Repository, run: CheckRun): Document {
  const view = checkRunView(world, repository, run);
  return { ...view, check_suite: suiteSummary(world, repository, [run]) };
}

function suiteSummary(world: World, repository: Repository, runs: readonly CheckRun[]): Document {
  const [first] = runs;
  if (first === undefined) throw new Error('A check suite has at least one run.');
  const done = runs.every(({ status }) => status === 'completed');
  const bad = runs.find(({ conclusion }) => conclusion !== 'success' && conclusion !== 'neutral');
  const branch = [...repository.refs].find(
    ([name, sha]) => sha === first.headSha && name.startsWith('refs/heads/'),
  );
  return {
    id: first.suite,
    node_id: nodeId('CheckSuite', first.suite),
    head_branch: branch?.[0].slice('refs/heads/'.length) ?? null,
    head_sha: first.headSha,
    status: done ? 'completed' : 'in_progress',
    conclusion: done ? (bad?.conclusion ?? 'success') : null,
    url: `${repositoryUrl(world, repository)}/check-suites/${first.suite}`,
    before: null,
    after: first.headSha,
    pull_requests: pullRequestsOf(world, repository, first.headSha),
    app: first.byApp ? appView(world) : actionsAppView(world),
    created_at: first.startedAt,
    updated_at: first.completedAt ?? first.startedAt,
  };
}

export async function checkSuiteView(
  world: World,
  repository: Repository,
  runs: readonly CheckRun[],
): Promise<Document> {
  const summary = suiteSummary(world, repository, runs);
  const commit = await readCommit(repository.dir, runs[0]?.headSha ?? '');
  return {
    ...summary,
    head_commit: simpleCommitView(commit),
    repository: minimalRepositoryView(world, repository),
    latest_check_runs_count: runs.length,
    check_runs_url: `${String(summary.url)}/check-runs`,
  };
}

export async function workflowRunView(
  world: World,
  repository: Repository,
  run: WorkflowRun,
): Promise<Document> {
  const url = `${repositoryUrl(world, repository)}/actions/runs/${run.id}`;
  const from = world.state.repositories.get(run.headRepository) ?? repository;
  const actor = accountView(world, run.actor);
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('WorkflowRun', run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.path,
    display_title: run.name,
    run_number: 1,
    run_attempt: 1,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: 1,
    check_suite_id: run.id,
    check_suite_node_id: nodeId('CheckSuite', run.id),
    url,
    html_url: `${repositoryPage(world, repository)}/actions/runs/${run.id}`,
    pull_requests: pullRequestsOf(world, repository, run.headSha),
    created_at: run.createdAt,
    updated_at: run.createdAt,
    run_started_at: run.createdAt,
    actor,
    triggering_actor: actor,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repositoryUrl(world, repository)}/check-suites/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: null,
    workflow_url: `${repositoryUrl(world, repository)}/actions/workflows/1`,
    referenced_workflows: [],
    head_commit: simpleCommitView(await readCommit(from.dir, run.headSha)),
    repository: minimalRepositoryView(world, repository),
    head_repository: minimalRepositoryView(world, from),
    head_repository_id: from.id,
  };
}

export function workflowView(world: World, repository: Repository, run: WorkflowRun): Document {
  return {
    id: 1,
    node_id: nodeId('Workflow', 1),
    name: run.name,
    path: run.path,
    state: 'active',
    created_at: run.createdAt,
    updated_at: run.createdAt,
    url: `${repositoryUrl(world, repository)}/actions/workflows/1`,
    html_url: `${repositoryPage(world, repository)}/blob/${repository.defaultBranch}/${run.path}`,
    badge_url: `${repositoryPage(world, repository)}/workflows/${encodeURIComponent(run.name)}/badge.svg`,
  };
}

export function artifactView(world: World, repository: Repository, artifact: Artifact): Document {
  const run = repository.workflowRuns.get(artifact.run);
  const url = `${repositoryUrl(world, repository)}/actions/artifacts/${artifact.id}`;
  return {
    id: artifact.id,
    node_id: nodeId('Artifact', artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.zip.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired,
    digest: `sha256:${sha256(artifact.zip)}`,
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: artifact.createdAt,
    workflow_run:
      run === undefined
        ? null
        : {
            id: run.id,
            repository_id: repository.id,
            head_repository_id: run.headRepository,
            head_branch: run.headBranch,
            head_sha: run.headSha,
          },
  };
}
