/** The repository of a working copy as the pipelines see it: dreams are written here, all else is on GitHub at once. */
import type { Repository } from '../core/dream/repository.ts';
import { DreamkeeperError } from '../core/error.ts';
import type { OpenedRepository } from '../git/repository.ts';
import { dreamRefs } from './remote-refs.ts';
import type { WorkingCopy } from './working-copy.ts';

/** Branches of dreams are pushed, and taken away, by who shows them (pull-requests.ts): the ledger comes first. */
export function remoteRepository(copy: WorkingCopy): OpenedRepository {
  const { repository } = copy;
  const writeBranch: Repository['writeBranch'] = async (write) => {
    const ref = `refs/heads/${write.branch}`;
    const heads = await repository.writeBranch(write);
    const to = heads.at(-1);
    if (ref.startsWith(dreamRefs)) return heads;
    // An earlier attempt came this far.
    if (to === undefined || copy.remoteRefs().get(ref) === to) return heads;
    if ((await copy.push({ ref, to, expected: write.expected })) === 'rejected') throw moved(write.branch);
    return heads;
  };
  const deleteBranch: Repository['deleteBranch'] = async (branch, expected) => {
    const ref = `refs/heads/${branch}`;
    if (!ref.startsWith(dreamRefs) && copy.remoteRefs().has(ref)) {
      const result = await copy.push({ ref, to: undefined, expected });
      if (result === 'rejected') throw moved(branch);
    }
    await repository.deleteBranch(branch, expected);
  };
  return { ...repository, writeBranch, deleteBranch };
}

function moved(branch: string): DreamkeeperError {
  return new DreamkeeperError('conflict', `the branch ${branch} on GitHub was changed by somebody else`, {
    remedy: 'Their commits are kept; the next look at the repository takes them into account.',
    retryable: true,
  });
}
