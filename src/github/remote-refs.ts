/** Which of the branches that concern us GitHub has at this moment. */
import { networkFailure, remoteName, runNetwork, type Network } from './network.ts';

export const ledgerRef = 'refs/heads/dreamkeeper';
export const dreamRefs = 'refs/heads/dream/';

export interface RemoteRefs {
  /** In full; undefined where there is no commit yet. */
  readonly head: string | undefined;
  /** By full name: the default branch, the ledger and the dreams. */
  readonly refs: ReadonlyMap<string, string>;
}

/**
 * @param defaultBranch as GitHub named it; where it is gone by now, HEAD tells another.
 * @throws {DreamkeeperError | RetryLaterError}
 */
export async function readRemoteRefs(network: Network, defaultBranch: string): Promise<RemoteRefs> {
  const wanted = ['HEAD', `refs/heads/${defaultBranch}`, ledgerRef, `${dreamRefs}*`];
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
  const refs = new Map([...found].filter(([name]) => name === ledgerRef || name.startsWith(dreamRefs)));
  if (named !== undefined && tip !== undefined) refs.set(named, tip);
  return { head: tip === undefined ? undefined : named, refs };
}
