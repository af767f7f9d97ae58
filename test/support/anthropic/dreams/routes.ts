/** `/v1/dreams`. */
import { pageByCursor } from '../server/paging.ts';
import { found, invalid } from '../server/refusal.ts';
import { ok, type Call, type Route } from '../server/route.ts';
import { withinTimes } from '../server/times.ts';
import { createDream } from './create.ts';
import { goOn, hasEnded, shownDream, type Dream } from './dream.ts';

const betas = ['dreaming-2026-04-21'];
const root = '/v1/dreams';

export const dreamRoutes: readonly Route[] = [
  { operation: 'beta.dreams.create', method: 'POST', path: root, betas, answer: createDream },
  {
    operation: 'beta.dreams.list',
    method: 'GET',
    path: root,
    betas,
    answer({ world, query }) {
      const statuses = query.getAll('statuses[]');
      const archived = query.get('include_archived') === 'true';
      const dreams = [...world.dreams.values()]
        .reverse()
        .filter(
          ({ status, archivedAt, createdAt }) =>
            (statuses.length === 0 || statuses.includes(status)) &&
            (archived || archivedAt === undefined) &&
            withinTimes(createdAt, query),
        );
      return pageByCursor(dreams.map(shownDream), query);
    },
  },
  {
    operation: 'beta.dreams.retrieve',
    method: 'GET',
    path: `${root}/:dream`,
    betas,
    answer(call) {
      const dream = dreamOf(call);
      goOn(call.world, dream);
      return ok(shownDream(dream));
    },
  },
  {
    operation: 'beta.dreams.cancel',
    method: 'POST',
    path: `${root}/:dream/cancel`,
    betas,
    answer(call) {
      const dream = dreamOf(call);
      if (dream.status === 'completed' || dream.status === 'failed')
        throw invalid(`the dream has ${dream.status}`);
      dream.status = 'canceled';
      dream.endedAt ??= call.world.now();
      return ok(shownDream(dream));
    },
  },
  {
    operation: 'beta.dreams.archive',
    method: 'POST',
    path: `${root}/:dream/archive`,
    betas,
    answer(call) {
      const dream = dreamOf(call);
      if (!hasEnded(dream)) throw invalid(`the dream is ${dream.status}: cancel it first`);
      dream.archivedAt ??= call.world.now();
      return ok(shownDream(dream));
    },
  },
];

function dreamOf({ world, at: { dream = '' } }: Call): Dream {
  return found(world.dreams.get(dream), `The dream ${dream}`);
}
