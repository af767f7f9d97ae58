/** Partial clones (`--filter=blob:none`) lack objects on purpose, and git is not let fetch them (run.ts). */
import { DreamkeeperError } from '../core/error.ts';
import { gitAnswer } from './run.ts';
import type { GitSite } from './run.ts';

export async function isPartialClone(site: GitSite): Promise<boolean> {
  const keys = '^(remote\\..*\\.promisor|extensions\\.partialclone)$';
  return (await gitAnswer(site, ['config', '--get-regexp', keys])) !== undefined;
}

/** What cannot be read because the clone does not have it; the person decides whether the network is asked. */
export async function missingObject(site: GitSite, what: string): Promise<DreamkeeperError> {
  const remedy = (await isPartialClone(site))
    ? 'This is a partial clone. Check the memory files out (git sparse-checkout add <folder>), or get all: git fetch --refetch --no-filter'
    : 'Run "git fsck" to see whether the repository is damaged.';
  return new DreamkeeperError('repository', `${what} is not in this clone`, { remedy });
}
