/** What the core knows about the repository at the base: data, read by the Git adapter. */

export interface Deletion {
  readonly commit: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly renamedTo?: string;
}

export interface LineOrigin {
  readonly commit: string;
  /** Author time, ISO 8601 in UTC. */
  readonly at: string;
  readonly author: string;
  /** History begins here, with a first commit or the edge of a shallow clone: the line may be older and another's. */
  readonly boundary?: true;
}

export interface RepositoryFacts {
  /** The base commit. */
  readonly head: string;
  /** Every live file at the base, `/`-separated. */
  readonly paths: ReadonlySet<string>;
  /** Paths that history shows deleted and that are not live now. */
  readonly deleted: ReadonlyMap<string, Deletion>;
  /**
   * History is not all here: cut off (shallow clone), or without its contents (partial clone), where a file that was
   * renamed and changed looks deleted.
   */
  readonly shallow: boolean;
  /** Of the paths asked about, those .gitignore covers. */
  readonly ignored: ReadonlySet<string>;
  /** Per memory file, the origin of each line (index 0 is line 1). Files nobody asked for are missing. */
  readonly origins: ReadonlyMap<string, readonly LineOrigin[]>;
}

export interface RenderedCommit {
  readonly message: string;
  /** Whole new content by path; null removes the file. */
  readonly files: ReadonlyMap<string, string | null>;
}

/** The Git side of a dream, behind an interface so that the pipeline knows no adapter. */
export interface Repository {
  /** @returns the commit a revision names, or undefined when there is none (an empty repository). */
  resolve(revision: string): Promise<string | undefined>;
  /** The branch HEAD is on, without `refs/heads/`; undefined when detached. */
  currentBranch(): Promise<string | undefined>;
  /** Files of a commit that match, sorted by path. Symlinks, submodules and files that are not UTF-8 are left out. */
  readFiles(
    commit: string,
    matches: (path: string) => boolean,
  ): Promise<readonly { path: string; text: string }[]>;
  /** `ask` names paths to test against .gitignore and memory files whose line origins are wanted. */
  facts(
    commit: string,
    ask?: { readonly ignored?: readonly string[]; readonly origins?: readonly string[] },
  ): Promise<RepositoryFacts>;
  /**
   * Writes a branch of commits on a base, in one Git process, touching neither working tree nor index.
   * @returns the commit ids, in order.
   * @throws when the branch exists and is not at `expected`.
   */
  writeBranch(write: {
    readonly branch: string;
    readonly base: string;
    readonly commits: readonly RenderedCommit[];
    /** ISO 8601; author and committer date, so that the same dream has the same commit ids. */
    readonly at: string;
    readonly expected?: string;
  }): Promise<readonly string[]>;
  /** Removes a branch that is at `expected`; does nothing when it is gone. @throws when it is elsewhere. */
  deleteBranch(branch: string, expected: string): Promise<void>;
  /** Whether history of `descendant` holds `commit`. False when either is unknown. */
  isAncestor(commit: string, descendant: string): Promise<boolean>;
}
