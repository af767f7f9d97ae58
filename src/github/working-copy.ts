/** A repository of GitHub on this machine: bare, without contents that nobody asked for, and kept between jobs. */
import { bareSite } from '../git/open.ts';
import { repositoryOf, type OpenedRepository } from '../git/repository.ts';
import {
  copyFolder,
  ledgerFolder,
  markForDiscard,
  packAnew,
  prepareFolder,
  removeCopy,
} from './copy-folder.ts';
import { DamagedCopyError, fetchBranch, fetchObjects, fetchRefs, requireWhole } from './fetch.ts';
import type { HostedRepository } from './hosted.ts';
import type { Network } from './network.ts';
import { pushRef, type Pushing, type PushResult } from './push.ts';
import { dreamRefs, ledgerRef, ledgerRefFor, readRemoteRefs, type RemoteRefs } from './remote-refs.ts';

export interface WorkingCopy {
  readonly hosted: HostedRepository;
  /** The ledger in it, in full. */
  readonly ledgerRef: string;
  /** HEAD is the default branch. What is missing of what is read comes from GitHub, in few requests. */
  readonly repository: OpenedRepository;
  /** By full name, as GitHub had them when it was last asked: the default branch, the ledger and the dreams. */
  remoteRefs(): ReadonlyMap<string, string>;
  /**
   * Asks GitHub anew, and moves every branch here to where it is there; what was not pushed is dropped.
   * @param only this one, in full.
   */
  refresh(only?: string): Promise<void>;
  /** Has contents sent that are not here. @param ids as git named them. */
  fetchObjects(ids: readonly string[]): Promise<void>;
  /**
   * Brings the commits and folders of a branch that is none of ours.
   * @param into a ref of this copy.
   * @returns where it is; undefined when there is no such branch.
   */
  fetchBranch(ref: string, into: string): Promise<string | undefined>;
  /** Packs anew what fetches left in many packs: when the work is done. @param packs as many are left alone */
  tidy(packs?: number): Promise<void>;
  /** What was forgotten on GitHub may lie in the packs here: the next job makes the copy anew. */
  discardLater(): Promise<void>;
  /**
   * @returns `rejected` when the ref is not where it was expected: somebody was faster.
   * @throws {DreamkeeperError | RetryLaterError} when GitHub refuses it, with its words, or cannot be asked.
   */
  push(pushing: Pushing): Promise<PushResult>;
}

/**
 * Brings the copy up to date, or makes one. One job at a time works with it (src/jobs sees to that).
 * @param env the variables git may see (settings.ts).
 * @param extent `ledger`: without dreams, and without the history of the default branch.
 * @throws {DreamkeeperError | RetryLaterError} when GitHub refuses, cannot be reached, or does not have it any more.
 */
export function openWorkingCopy(
  hosted: HostedRepository,
  dataFolder: string,
  env: Readonly<Record<string, string>>,
  signal?: AbortSignal,
  extent: CopyParts['extent'] = 'all',
): Promise<WorkingCopy> {
  const folder = copyFolder(dataFolder, hosted.id);
  return openOrMakeAnew({ hosted, folder, ledgerRef, env, signal, extent });
}

/**
 * A copy of a repository for the ledger of another one that is kept there, in a folder of its own.
 * @param hosted where the ledger is.
 * @param of the id of the repository whose ledger it is.
 * @throws as `openWorkingCopy`.
 */
export function openLedgerCopy(
  hosted: HostedRepository,
  of: number,
  dataFolder: string,
  env: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<WorkingCopy> {
  const [folder, ledger] = [ledgerFolder(dataFolder, of), ledgerRefFor(of)];
  return openOrMakeAnew({ hosted, folder, ledgerRef: ledger, env, signal, extent: 'ledger' });
}

interface CopyParts extends Pick<WorkingCopy, 'hosted' | 'ledgerRef'> {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
  readonly extent: 'all' | 'ledger';
}

async function openOrMakeAnew(parts: CopyParts): Promise<WorkingCopy> {
  try {
    return await openCopy(parts);
  } catch (error) {
    if (!(error instanceof DamagedCopyError)) throw error;
    await removeCopy(parts.folder);
    return openCopy(parts);
  }
}

async function openCopy(parts: CopyParts): Promise<WorkingCopy> {
  const { hosted, folder, ledgerRef: ledger, env, signal, extent } = parts;
  const about = { env, ...(signal === undefined ? {} : { signal }) };
  await prepareFolder(hosted, folder, about);
  const network: Network = { hosted, site: { ...about, gitDir: folder } };
  let known: ReadonlyMap<string, string> = new Map();
  const refresh = async (only?: string): Promise<void> => {
    const found = await readRemoteRefs(network, hosted.defaultBranch, ledger);
    const remote = extent === 'all' ? found : withoutDreams(found);
    await fetchRefs(network, remote, { ledger, only, shallow: extent === 'ledger' });
    const there = [...remote.refs].filter(([ref]) => only === undefined || ref === only);
    const kept = only === undefined ? [] : [...known].filter(([ref]) => ref !== only);
    known = new Map([...kept, ...there]);
  };
  await refresh();
  await requireWhole(network, known.keys());
  const fetchMissing = (ids: readonly string[]): Promise<void> => fetchObjects(network, ids);
  return {
    hosted,
    ledgerRef: ledger,
    repository: repositoryOf(bareSite(folder, about), fetchMissing),
    remoteRefs: () => known,
    refresh,
    fetchObjects: fetchMissing,
    fetchBranch: (ref, into) => fetchBranch(network, ref, into),
    tidy: (packs) => packAnew(network.site, packs),
    discardLater: () => markForDiscard(network.site),
    async push(pushing) {
      const result = await pushRef(network, pushing);
      if (result === 'rejected') return result;
      const { ref, to } = pushing;
      known = new Map([...known].filter(([name]) => name !== ref));
      if (to !== undefined) known = new Map([...known, [ref, to]]);
      return result;
    },
  };
}

function withoutDreams({ head, refs }: RemoteRefs): RemoteRefs {
  return { head, refs: new Map([...refs].filter(([ref]) => !ref.startsWith(dreamRefs))) };
}
