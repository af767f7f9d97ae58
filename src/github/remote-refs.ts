/** Which of the branches that concern us GitHub has at this moment. */
import { networkFailure, remoteName, runNetwork, type Network } from './network.ts';

/** The ledger of a repository, in that repository. */
export const ledgerRef = 'refs/heads/dreamkeeper';
export const dreamRefs = 'refs/heads/dream/';

/** The ledger of another repository. @param id of that one: its name may change. */
export function ledgerRefFor(id: number): string {
  return `${ledgerRef}-${id}`;
}

/** @returns the id of the repository whose ledger a ref in another one is, if it is one. */
export function idOfLedger(ref: string): string | undefined {
  return /^refs\/heads\/dreamkeeper-([1-9]\d{0,14})$/.exec(ref)?.[1];
}

export interface RemoteRefs {
  /** In full; undefined where there is no commit yet. */
  readonly head: string | undefined;
  /** By full name: the default branch, the ledger and the dreams. */
  readonly refs: ReadonlyMap<string, string>;
}

/**
 * @param defaultBranch as GitHub named it; where it is gone by now, HEAD tells another.
 * @param ledger where the ledger is there, in full.
 * @throws {DreamkeeperError | RetryLaterError}
 */
export async function readRemoteRefs(
  network: Network,
  defaultBranch: string,
  ledger: string,
): Promise<RemoteRefs> {
  const wanted = ['HEAD', `refs/heads/${defaultBranch}`, ledger, `${dreamRefs}*`];
  const result = await runNetwork(network, ['ls-remote', '--symref', remoteName, ...wanted]);
  if (result.exitCode !== 0) throw networkFailure(result, 'reading the branches of', network);
  const found = new Map<string, string>();
  let symbolic: string | undefined;
  for (const line of result.stdout.split('\n')) {
    const [value = '', name = ''] = line.split('\t');
    if (name === 'HEAD' && value.startsWith('ref: ')) symbolic = value.slice('ref: '.length);
    else if (name !== '') found.set(name === 'HEAD' ? (symbolic ?? name) : name, value);
  }
  const named = found.has(`refs/heads/${defaultBranch}`) ? `refs/heads/${defaultBranch}` : symbolic;
  const tip = named === undefined ? undefined : found.get(named);
  const refs = new Map([...found].filter(([name]) => name === ledger || name.startsWith(dreamRefs)));
  if (named !== undefined && tip !== undefined) refs.set(named, tip);
  return { head: tip === undefined ? undefined : named, refs };
}
