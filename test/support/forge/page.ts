/** What people and machines do on GitHub that no operation of the API does: buttons, installing, continuous integration. */
import { zipSync } from 'fflate';
import { mergeWhatIsReady } from './merging/auto.ts';
import { leaveQueue } from './merging/queue.ts';
import { noProtection } from './merging/requirements.ts';
import { addRun, announceRun } from './resources/checks.ts';
import {
  addInstallation,
  removeInstallation,
  resumeInstallation,
  selectRepositories,
  suspendInstallation,
} from './resources/installing.ts';
import { commitSuggestion } from './resources/suggestions.ts';
import type { Serially } from './server/serially.ts';
import type { Account, Installation } from './state/account.ts';
import type { Artifact, WorkflowRun } from './state/checks.ts';
import { isPull, type PullIssue } from './state/issue.ts';
import type { Protection, Repository } from './state/repository.ts';
import { newId } from './state/state.ts';
import { workflowRunView, workflowView } from './views/checks.ts';
import { timestamp, type World } from './world.ts';

export interface FinishedWorkflow {
  readonly name?: string;
  readonly event?: string;
  readonly branch?: string;
  readonly conclusion?: string;
  /** Where the code came from: a fork, for its pull requests. */
  readonly from?: Repository;
  /** Artifacts by name: a zip as it is, or the files it holds. */
  readonly artifacts?: Readonly<Record<string, Uint8Array | Readonly<Record<string, Uint8Array>>>>;
}

export interface Page {
  /** @param repositories only these; the whole account without them. */
  install(account: Account, by: Account, repositories?: readonly Repository[]): Installation;
  uninstall(installation: Installation, by: Account): void;
  suspend(installation: Installation, by: Account): void;
  resume(installation: Installation, by: Account): void;
  select(
    installation: Installation,
    change: { readonly added?: readonly Repository[]; readonly removed?: readonly Repository[] },
    by: Account,
  ): void;
  /** Presses one of the buttons of a check run. */
  pressAction(repository: Repository, run: number, identifier: string, by: Account): void;
  /** Commits what a review comment suggests. @returns the commit */
  commitSuggestion(repository: Repository, comment: number, by: Account): Promise<string>;
  /** Somebody's continuous integration concludes. */
  concludeCheck(
    repository: Repository,
    check: { name: string; sha: string; conclusion: string },
  ): Promise<void>;
  finishWorkflow(repository: Repository, workflow: FinishedWorkflow): Promise<WorkflowRun>;
  /**
   * An administrator makes a ruleset: what is not said is not asked.
   * @param branches one name, or `dream/*` for all that begin so
   */
  rule(repository: Repository, branches: string, rules: Partial<Protection>): void;
  /** The merge queue is through with a pull request. */
  leaveQueue(repository: Repository, number: number, outcome: 'merged' | 'failed'): Promise<void>;
}

export function createPage(world: World, serially: Serially): Page {
  return {
    install: (account, by, repositories) => addInstallation(world, account, repositories, by),
    uninstall: (installation, by) => removeInstallation(world, installation, by),
    suspend: (installation, by) => suspendInstallation(world, installation, by),
    resume: (installation, by) => resumeInstallation(world, installation, by),
    select: (installation, change, by) => selectRepositories(world, installation, change, by),
    pressAction(repository, id, identifier, by) {
      const run = repository.checkRuns.get(id);
      if (run?.actions.some((action) => action.identifier === identifier) !== true)
        throw new Error(`Check run ${id} has no button "${identifier}".`);
      const more = { requested_action: { identifier } };
      announceRun(world, repository, run, { action: 'requested_action', by, more });
    },
    commitSuggestion: (repository, comment, by) =>
      serially(() => commitSuggestion(world, repository, comment, by)),
    concludeCheck: (repository, { name, sha, conclusion }) =>
      serially(async () => {
        const run = addRun(world, repository, { name, headSha: sha, byApp: false });
        Object.assign(run, { status: 'completed', conclusion, completedAt: timestamp(world) });
        announceRun(world, repository, run, { action: 'completed', by: actionsBot(world) });
        await mergeWhatIsReady(world, repository);
      }),
    finishWorkflow: (repository, workflow) => finishWorkflow(world, repository, workflow),
    rule: (repository, branches, rules) =>
      void repository.rules.set(branches, { ...noProtection, forEveryone: true, ...rules }),
    leaveQueue: (repository, number, outcome) =>
      serially(() => leaveQueue(world, repository, pullNumbered(repository, number), outcome === 'merged')),
  };
}

function pullNumbered(repository: Repository, number: number): PullIssue {
  const issue = repository.issues.get(number);
  if (issue === undefined || !isPull(issue)) throw new Error(`There is no pull request ${number}.`);
  return issue;
}

function actionsBot(world: World): Account {
  const login = 'github-actions[bot]';
  const known = world.state.accounts.get(login);
  if (known !== undefined) return known;
  const bot: Account = { id: 41_898_282, login, type: 'Bot' };
  world.state.accounts.set(login, bot);
  return bot;
}

async function finishWorkflow(
  world: World,
  repository: Repository,
  workflow: FinishedWorkflow,
): Promise<WorkflowRun> {
  const from = workflow.from ?? repository;
  const branch = workflow.branch ?? repository.defaultBranch;
  const run: WorkflowRun = {
    id: newId(world.state),
    name: workflow.name ?? 'Agents',
    path: '.github/workflows/agents.yml',
    event: workflow.event ?? 'push',
    headBranch: branch,
    headSha: from.refs.get(`refs/heads/${branch}`) ?? '',
    actor: actionsBot(world),
    headRepository: from.id,
    status: 'completed',
    conclusion: workflow.conclusion ?? 'success',
    createdAt: timestamp(world),
  };
  repository.workflowRuns.set(run.id, run);
  for (const [name, content] of Object.entries(workflow.artifacts ?? {})) {
    const artifact = newArtifact(
      world,
      run.id,
      name,
      content instanceof Uint8Array ? content : zipSync({ ...content }),
    );
    repository.artifacts.set(artifact.id, artifact);
  }
  world.announce({
    event: 'workflow_run',
    action: 'completed',
    sender: run.actor,
    repository,
    payload: {
      workflow_run: await workflowRunView(world, repository, run),
      workflow: workflowView(world, repository, run),
    },
  });
  return run;
}

function newArtifact(world: World, run: number, name: string, zip: Uint8Array): Artifact {
  return { id: newId(world.state), run, name, zip, createdAt: timestamp(world), expired: false };
}
