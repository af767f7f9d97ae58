/** The repository of a working copy as the pipelines see it: branches are on GitHub when they are written. */
import type { Repository } from '../core/dream/repository.ts';
import { DreamkeeperError } from '../core/error.ts';
import type { OpenedRepository } from '../git/repository.ts';
import type { WorkingCopy } from './working-copy.ts';

export function remoteRepository(copy: WorkingCopy): OpenedRepository {
  const { repository } = copy;
  const writeBranch: Repository['writeBranch'] = async (write) => {
    const ref = `refs/heads/${write.branch}`;
    const heads = await repository.writeBranch(write);
    const to = heads.at(-1);
    // An earlier attempt of the same dream came this far.
    if (to === undefined || copy.remoteRefs().get(ref) === to) return heads;
    if ((await copy.push({ ref, to, expected: write.expected })) === 'rejected') throw moved(write.branch);
    return heads;
  };
  const deleteBranch: Repository['deleteBranch'] = async (branch, expected) => {
    const ref = `refs/heads/${branch}`;
    if (copy.remoteRefs().has(ref)) {
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
