/** A repository and what hangs on it, as plain data; commits and files are in the bare repository in `dir`. */
import type { Account, Role } from './account.ts';
import type { Artifact, CheckRun, WorkflowRun } from './checks.ts';
import type { Issue, Label, ReviewComment } from './issue.ts';

export interface Repository {
  readonly id: number;
  /** The bare repository. It stays where it is when the repository is renamed. */
  dir: string;
  readonly createdAt: string;
  owner: Account;
  name: string;
  private: boolean;
  archived: boolean;
  /** Whether it takes issues; pull requests it always takes. */
  issuesEnabled: boolean;
  defaultBranch: string;
  description: string | null;
  /** For a fork: what it was forked from. */
  readonly parent?: Repository;
  /** Names it had: GitHub redirects them. */
  readonly formerNames: Set<string>;
  readonly collaborators: Map<string, Role>;
  readonly merging: MergeSettings;
  /** Classic protection, by branch; only administrators see what it says. */
  readonly protection: Map<string, Protection>;
  /** What active rulesets ask, by branch; everybody who sees the repository sees them. */
  readonly rules: Map<string, Protection>;
  /** Branches whose merges go through a queue. */
  readonly mergeQueues: Set<string>;
  /** Pull requests and issues share their numbers. */
  readonly issues: Map<number, Issue>;
  readonly reviewComments: Map<number, ReviewComment>;
  readonly labels: Map<string, Label>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly workflowRuns: Map<number, WorkflowRun>;
  readonly artifacts: Map<number, Artifact>;
  /** Every move of a branch, oldest first. */
  readonly activities: Activity[];
  /** Branches and tags as they were last announced, by full name; a difference to the real ones is a push. */
  refs: ReadonlyMap<string, string>;
  /** Commits GitHub signed itself: by `createCommitOnBranch`, and merges. */
  readonly verified: Set<string>;
}

export interface Activity {
  readonly id: number;
  /** In full. */
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly forced: boolean;
  readonly at: string;
  readonly by: Account;
}

export interface MergeSettings {
  merge: boolean;
  squash: boolean;
  rebase: boolean;
  autoMerge: boolean;
  deleteBranch: boolean;
}

export interface Protection {
  /** Names of check runs that must have succeeded. */
  readonly checks: readonly string[];
  /** The branch must contain the tip of its base. */
  readonly strict: boolean;
  /** Approving reviews of people who may write. 0: pull requests are not required. */
  readonly approvals: number;
  readonly dismissStale: boolean;
  /** Owners of changed files, as CODEOWNERS names them, must have approved. */
  readonly codeOwners: boolean;
  readonly forEveryone: boolean;
  readonly signatures: boolean;
}

export const fullName = (repository: Repository): string => `${repository.owner.login}/${repository.name}`;
