/** Who moved which branch, and when. */
import { listed, optionalText, type RepositoryHandlers } from '../server/handler.ts';
import type { Activity } from '../state/repository.ts';
import { nodeId } from '../state/state.ts';
import { accountView } from '../views/account.ts';
import type { Document, World } from '../world.ts';

export const activities: RepositoryHandlers = {
  'repos/list-activities': {
    needs: ['contents:read'],
    answer({ world, repository, input }) {
      const ref = optionalText(input, 'ref');
      const wanted = repository.activities.filter(
        (activity) => ref === undefined || activity.ref === ref || activity.ref === `refs/heads/${ref}`,
      );
      return listed(wanted.reverse(), (activity) => activityView(world, activity));
    },
  },
};

const zero = /^0+$/;

function activityView(world: World, { id, ref, before, after, forced, at, by }: Activity): Document {
  const type = zero.test(before)
    ? 'branch_creation'
    : zero.test(after)
      ? 'branch_deletion'
      : forced
        ? 'force_push'
        : 'push';
  return {
    id,
    node_id: nodeId('Activity', id),
    before,
    after,
    ref,
    timestamp: at,
    activity_type: type,
    actor: accountView(world, by),
  };
}
