/** Moves a branch on GitHub, if it is where we think it is. */
import { DreamkeeperError } from '../core/error.ts';
import { networkFailure, remoteName, runNetwork, type Network, type NetworkResult } from './network.ts';

export interface Pushing {
  /** In full. */
  readonly ref: string;
  /** Undefined takes the branch away. */
  readonly to: string | undefined;
  /** Where it must be there; undefined: it must not be there. */
  readonly expected: string | undefined;
}

export type PushResult = 'pushed' | 'rejected';

/**
 * A push whose answer was lost counts as pushed when GitHub has the ref where it should be.
 * @throws {DreamkeeperError | RetryLaterError} when a rule of the repository forbids it, or GitHub cannot be asked.
 */
export async function pushRef(network: Network, { ref, to, expected }: Pushing): Promise<PushResult> {
  if (to === undefined && expected === undefined) return 'pushed';
  const result = await runNetwork(network, [
    'push',
    '--porcelain',
    '--no-verify',
    '--no-signed',
    '--recurse-submodules=no',
    `--force-with-lease=${ref}:${expected ?? ''}`,
    remoteName,
    `${to ?? ''}:${ref}`,
  ]);
  if (result.exitCode === 0) return 'pushed';
  const words = `${result.stdout}\n${result.stderr}`;
  // Asked even where the reason is known: what an earlier attempt pushed is stale to this one.
  const there = await remoteTip(network, ref);
  if (there === to) return 'pushed';
  if (/stale info|cannot lock ref|reference already exists|fetch first|non-fast-forward/.test(words))
    return 'rejected';
  if (there !== expected) return 'rejected';
  throw refusalOf(result, words, ref, network);
}

async function remoteTip(network: Network, ref: string): Promise<string | undefined> {
  const result = await runNetwork(network, ['ls-remote', remoteName, ref]);
  if (result.exitCode !== 0) throw networkFailure(result, 'reading the branches of', network);
  const line = result.stdout.split('\n').find((each) => each.endsWith(`\t${ref}`));
  return line?.split('\t')[0];
}

function refusalOf(result: NetworkResult, words: string, ref: string, network: Network): Error {
  const declined = /\[remote rejected\] \(([^)]*)\)/.exec(words)?.[1];
  if (declined === undefined) return networkFailure(result, 'pushing to', network);
  const said = result.stderr
    .split('\n')
    .flatMap((line) => /^remote:\s*(.*\S)/.exec(line)?.[1] ?? [])
    .join(' ');
  return new DreamkeeperError(
    'repository',
    `GitHub refused a push to ${ref} of ${network.hosted.fullName}: ${(said || declined).slice(0, 1_000)}`,
    {
      remedy:
        'Let the App push there: look at branch protection, rulesets and push protection of the repository.',
    },
  );
}
