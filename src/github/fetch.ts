/** Gets from GitHub what changed, and single objects that a copy without contents lacks. */
import { DreamkeeperError } from '../core/error.ts';
import { gitText, runGit } from '../git/run.ts';
import { isRemoteFailure, networkFailure, remoteName, runNetwork, type Network } from './network.ts';
import type { RemoteRefs } from './remote-refs.ts';

/** The copy cannot be brought up to date, and a new one could: it is damaged. */
export class DamagedCopyError extends DreamkeeperError {
  constructor(words: string) {
    super('repository', `the copy of the repository is damaged: ${words.slice(-500)}`, { retryable: true });
  }
}

const quiet = [
  '--quiet',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-auto-maintenance',
  '--recurse-submodules=no',
];

/** Objects in one request; GitHub takes thousands. */
const mostObjects = 5_000;

export interface FetchOptions {
  /** Where the ledger is, in full. */
  readonly ledger: string;
  /** This branch alone, in full. */
  readonly only?: string | undefined;
  /** Of branches besides the ledger only their last commit. */
  readonly shallow?: boolean;
}

/**
 * Brings branches to where they are on GitHub, and takes away those that are not there. Of the ledger everything comes,
 * of other branches their commits and folders.
 */
export async function fetchRefs(
  network: Network,
  { head, refs }: RemoteRefs,
  { ledger: ledgerRef, only, shallow = false }: FetchOptions,
): Promise<void> {
  const { site } = network;
  const asked = (ref: string): boolean => only === undefined || ref === only;
  const { refs: here, head: headHere } = await localRefs(network);
  const gone = [...here.keys()].filter((ref) => asked(ref) && !refs.has(ref));
  if (gone.length > 0)
    await runGit(site, ['update-ref', '--stdin'], { input: gone.map((ref) => `delete ${ref}\n`).join('') });
  const moved = [...refs]
    .filter(([ref, commit]) => asked(ref) && here.get(ref) !== commit)
    .map(([ref]) => ref);
  const ledger = moved.filter((ref) => ref === ledgerRef);
  const others = moved.filter((ref) => ref !== ledgerRef);
  const partly = ['--filter=blob:none', ...(shallow ? ['--depth=1'] : [])];
  if (others.length > 0) await fetchInto(network, partly, others);
  if (ledger.length > 0) await fetchInto(network, ['--no-filter'], ledger);
  if (head !== undefined && head !== headHere && only === undefined)
    await runGit(site, ['symbolic-ref', 'HEAD', head]);
}

/**
 * What every job reads is looked at before it begins: a disk that was full, or a machine that died, shows here.
 * @param refs in full: all that were fetched.
 * @throws {DamagedCopyError}
 */
export async function requireWhole({ site }: Network, refs: Iterable<string>): Promise<void> {
  const trees = [...refs].map((ref) => `${ref}^{tree}`);
  if (trees.length === 0) return;
  const args = ['rev-list', '--quiet', '--objects', '--missing=allow-any', '--stdin'];
  const input = trees.map((tree) => `${tree}\n`).join('');
  const { exitCode, stderr } = await runGit(site, args, { input, accept: [0, 1, 128] });
  if (exitCode !== 0) throw new DamagedCopyError(stderr);
}

/**
 * Brings the commits and folders of a branch that is none of ours under a ref of this copy.
 * @returns where it is; undefined when there is no such branch.
 */
export async function fetchBranch(network: Network, ref: string, into: string): Promise<string | undefined> {
  const listed = await runNetwork(network, ['ls-remote', '--refs', remoteName, ref]);
  if (listed.exitCode !== 0) throw networkFailure(listed, 'reading the branches of', network);
  const tip = listed.stdout
    .split('\n')
    .find((line) => line.endsWith(`\t${ref}`))
    ?.split('\t')[0];
  if (tip === undefined) return undefined;
  await fetchOrThrow(network, ['--filter=blob:none', '--refmap=', remoteName, `+${ref}:${into}`]);
  return gitText(network.site, ['rev-parse', '--verify', into]);
}

async function fetchInto(
  network: Network,
  filter: readonly string[],
  refs: readonly string[],
): Promise<void> {
  const specs = refs.map((ref) => `+${ref}:${ref}`);
  await fetchOrThrow(network, [...filter, '--refmap=', remoteName, ...specs]);
}

/** @param ids as git named them. */
export async function fetchObjects(network: Network, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += mostObjects) {
    const some = ids.slice(from, from + mostObjects);
    // As git does it for itself: there is nothing in common to look for.
    const args = ['--filter=blob:none', '--refmap=', '--stdin', remoteName];
    await fetchOrThrow(network, args, some.map((id) => `${id}\n`).join(''));
  }
}

async function fetchOrThrow(network: Network, args: readonly string[], input?: string): Promise<void> {
  const noop = input === undefined ? [] : ['-c', 'fetch.negotiationAlgorithm=noop'];
  const result = await runNetwork(network, [...noop, 'fetch', ...quiet, ...args], input);
  if (result.exitCode === 0) return;
  // A branch that went away meanwhile, or an object nobody has: asked again, it is another question.
  const changed = /couldn't find remote ref|not our ref/.test(result.stderr);
  if (changed || isRemoteFailure(result.stderr)) throw networkFailure(result, 'fetching', network);
  throw new DamagedCopyError(result.stderr);
}

interface LocalRefs {
  readonly refs: ReadonlyMap<string, string>;
  /** Undefined as long as it has no commit. */
  readonly head: string | undefined;
}

async function localRefs({ site }: Pick<Network, 'site'>): Promise<LocalRefs> {
  const format = '--format=%(refname) %(objectname) %(HEAD)';
  const { stdout } = await runGit(site, ['for-each-ref', format, 'refs/heads']);
  const refs = new Map<string, string>();
  let head: string | undefined;
  for (const line of Buffer.from(stdout).toString('utf8').split('\n')) {
    const [ref = '', commit = '', mark] = line.split(' ');
    if (ref !== '') refs.set(ref, commit);
    if (mark === '*') head = ref;
  }
  return { refs, head };
}
