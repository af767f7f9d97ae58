/** The ledger on an orphan branch: read at one commit, written on the tip, never through the working tree. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger, LedgerChange, LedgerView } from '../core/dream/ledger.ts';
import { DreamkeeperError } from '../core/error.ts';
import { importCommits } from '../git/fast-import.ts';
import type { NewCommit } from '../git/fast-import.ts';
import { createObjectReader, type ObjectReader } from '../git/objects.ts';
import type { OpenedSite } from '../git/open.ts';
import { clearStaleLock, isSurelyFree, moveRef, readRef, type RefState } from '../git/ref.ts';
import { gitAnswer } from '../git/run.ts';
import { listTree } from '../git/tree.ts';
import { requireLedger, sortContents } from './contents.ts';
import { changedFiles } from './files.ts';
import { defaultBranch, ledgerVersion, readmePath, readmeVersion } from './layout.ts';
import { requireVersion } from './session-file.ts';
import { readTrust } from './trusted.ts';
import { createView } from './view.ts';
import type { StoredView } from './view.ts';

export interface LedgerOptions {
  /** The branch's name; `dreamkeeper` unless said otherwise. */
  readonly branch?: string;
  /** Kept under another ref than the branch's own, in full: a copy of what is elsewhere. */
  readonly ref?: string;
  /** For the dates of commits; the machine's clock unless given. */
  readonly now?: () => Date;
}

/** A ledger kept in Git: what the pipelines need, and what retention and forgetting need besides. */
export interface StoredLedger extends Ledger {
  readonly site: OpenedSite;
  readonly ref: string;
  read(): Promise<StoredView>;
  write(
    message: string,
    change: (view: LedgerView) => Promise<LedgerChange | undefined>,
  ): Promise<StoredView>;
  /**
   * Moves the branch to a commit that `make` builds on the tip it is shown; asked again when another writer was faster.
   * Undefined: there is nothing to write.
   */
  commit(
    make: (view: StoredView) => Promise<Omit<NewCommit, 'message'> | undefined>,
    message: string,
  ): Promise<StoredView>;
}

/** Writers wait for each other at most this long. */
const patienceMilliseconds = 60_000;

/** Opens the ledger of a repository; there need not be one yet. */
export function openLedger(
  repository: { readonly site: OpenedSite; readonly reader?: ObjectReader },
  options: LedgerOptions = {},
): StoredLedger {
  const { site, reader = createObjectReader(repository.site) } = repository;
  const branch = options.branch ?? defaultBranch;
  const ref = options.ref ?? `refs/heads/${branch}`;
  const now = options.now ?? (() => new Date());
  let last: StoredView | undefined;

  const viewAt = async (commit: string | undefined): Promise<StoredView> => {
    if (last === undefined || last.commit !== commit) last = await readView(site, reader, commit, branch);
    return last;
  };
  // The reader has a process already; what it does not find is asked of git, which says so when the ref is broken.
  const tip = async (): Promise<string | undefined> =>
    (await reader.commit(ref)) ?? (await readRef(site, ref)).commit;
  const stateNow = async (): Promise<RefState> =>
    (await isSurelyFree(site, ref)) ? { commit: await tip(), workTree: undefined } : readRef(site, ref);
  const read = async (): Promise<StoredView> => viewAt(await tip());

  /** Undefined when the tip is gone: somebody rewrote the branch and threw away what we were building on. */
  const importOnto = async (view: StoredView, made: NewCommit): Promise<string | undefined> => {
    try {
      const [to] = await importCommits(site, [made], now().toISOString());
      if (to === undefined) throw new DreamkeeperError('repository', 'git did not name the commit it wrote');
      return to;
    } catch (error) {
      if ((await readRef(site, ref)).commit === view.commit) throw error;
      return undefined;
    }
  };

  const commit: StoredLedger['commit'] = async (make, message) => {
    const deadline = Date.now() + patienceMilliseconds;
    for (let attempt = 0; ; attempt += 1) {
      const state = await stateNow();
      const view = await viewAt(state.commit);
      await requireFree(site, ref, branch, state);
      const made = await make(view);
      if (made === undefined) return view;
      const to = await importOnto(view, { ...made, message });
      if (to === undefined) continue;
      const result = await moveRef(site, ref, { to, from: view.commit, reason: 'dreamkeeper: ledger' });
      if (result === 'moved') return viewAt(to);
      const lock = result === 'locked' ? await clearStaleLock(site.commonDir, ref, Date.now()) : undefined;
      if (Date.now() > deadline) throw lostTooOften(branch, lock);
      await sleep(Math.random() * Math.min(1_000, 20 * 2 ** Math.min(attempt, 10)));
    }
  };

  return {
    site,
    ref,
    read,
    commit,
    write(message, change) {
      return commit(async (view) => {
        const asked = await change(view);
        const files = asked === undefined ? [] : await changedFiles(site, view, asked);
        if (files.length === 0) return undefined;
        return { files, ...(view.commit === undefined ? {} : { parent: view.commit }) };
      }, message);
    },
  };
}

async function readView(
  site: OpenedSite,
  reader: ObjectReader,
  commit: string | undefined,
  branch: string,
): Promise<StoredView> {
  if (commit === undefined)
    return createView({
      site,
      reader,
      commit,
      contents: sortContents(new Map()),
      foreign: new Set(),
      problems: [],
    });
  const [files, trust] = await Promise.all([listTree(site, commit), readTrust(site, commit)]);
  const tree = new Map([...files].map(([path, entry]) => [path, entry.id]));
  const { objects, foreign, problems } = trust ?? { objects: tree, foreign: new Set(), problems: [] };
  const readme = tree.get(readmePath);
  const version = readmeVersion((readme && (await reader.read(readme))?.toString('utf8')) ?? '');
  requireLedger(sortContents(tree), version, branch);
  requireVersion({ version }, ledgerVersion);
  return createView({ site, reader, commit, contents: sortContents(objects), foreign, problems });
}

/** Moving a branch that somebody has checked out would make their files look changed. */
async function requireFree(
  site: OpenedSite,
  ref: string,
  branch: string,
  { commit, workTree }: RefState,
): Promise<void> {
  const unborn = commit === undefined && (await gitAnswer(site, ['symbolic-ref', '--quiet', 'HEAD'])) === ref;
  if (workTree === undefined && !unborn) return;
  throw new DreamkeeperError(
    'repository',
    `the branch ${branch} is checked out in ${workTree ?? site.workTree ?? site.gitDir}`,
    { remedy: 'It is the ledger, which nobody edits by hand: switch to another branch there.' },
  );
}

function lostTooOften(branch: string, lock: string | undefined): DreamkeeperError {
  return lock === undefined
    ? new DreamkeeperError('conflict', `the ledger (branch ${branch}) is being written by too many others`, {
        remedy: 'Run the command again; nothing was lost and nothing was written twice.',
        retryable: true,
      })
    : new DreamkeeperError('conflict', `the ledger is locked by ${lock}`, {
        remedy: 'A git process was killed there: run the command again in a minute, or delete that file.',
        retryable: true,
      });
}
