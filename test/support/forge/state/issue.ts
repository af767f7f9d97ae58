/** Issues and pull requests: they share numbers, comments, labels and reactions. */
import type { Account } from './account.ts';
import type { Repository } from './repository.ts';

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface Reaction {
  readonly id: number;
  readonly user: Account;
  readonly content: string;
  readonly createdAt: string;
}

export interface Comment {
  readonly id: number;
  readonly user: Account;
  readonly viaApp: boolean;
  readonly createdAt: string;
  readonly reactions: Reaction[];
  body: string;
  updatedAt: string;
}

export interface ReviewComment extends Comment {
  readonly review: number;
  readonly pull: number;
  readonly path: string;
  readonly side: 'LEFT' | 'RIGHT';
  readonly originalLine: number;
  readonly originalStartLine: number | null;
  readonly originalCommit: string;
  readonly hunk: string;
  readonly inReplyTo?: number;
  /** Null once the diff has moved on. */
  line: number | null;
  startLine: number | null;
  commit: string;
}

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'PENDING' | 'DISMISSED';

export interface Review {
  readonly id: number;
  readonly user: Account;
  readonly commit: string;
  body: string;
  state: ReviewState;
  submittedAt?: string;
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly user: Account;
  readonly viaApp: boolean;
  readonly createdAt: string;
  title: string;
  body: string | null;
  updatedAt: string;
  closed?: { readonly by: Account; readonly at: string; readonly reason: string };
  readonly labels: Set<string>;
  readonly comments: Map<number, Comment>;
  readonly reactions: Reaction[];
  readonly pull?: Pull;
}

export type MergeMethod = 'merge' | 'squash' | 'rebase';

export interface Pull {
  readonly id: number;
  /** The repository the head branch is in; gone when it was deleted. */
  readonly headRepository: Repository;
  readonly head: string;
  base: string;
  headSha: string;
  baseSha: string;
  draft: boolean;
  readonly reviews: Map<number, Review>;
  merged?: { readonly by: Account; readonly at: string; readonly sha: string; readonly method: MergeMethod };
  autoMerge?: {
    readonly by: Account;
    readonly method: MergeMethod;
    readonly title: string;
    readonly message: string;
  };
  /** Waiting in the merge queue for its group's checks. */
  queued?: {
    readonly group: string;
    readonly sha: string;
    readonly by: Account;
    readonly method: MergeMethod;
  };
  asyncMerge?: AsyncMerge;
  /** Heads and bases `mergeable` was asked for: GitHub knows only at the second time. */
  readonly computed: Set<string>;
}

/** A merge under way, or its outcome. */
export interface AsyncMerge {
  readonly uuid: string;
  readonly by: Account;
  readonly method: MergeMethod;
  readonly action: 'default' | 'direct_merge' | 'merge_queue';
  readonly expectedHead: string;
  readonly title?: string;
  readonly message?: string;
  outcome?: {
    readonly status: 'merged' | 'enqueued' | 'failed';
    readonly message: string;
    readonly sha?: string;
  };
  /** Polls answered with "pending" before it is done. */
  pollsLeft: number;
}

/** An issue that is a pull request. */
export type PullIssue = Issue & { readonly pull: Pull };

export function isPull(issue: Issue): issue is PullIssue {
  return issue.pull !== undefined;
}
