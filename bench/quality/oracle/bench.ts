/**
 * What the code around a model lets through: with one that makes no mistake, right proposals must survive; with one that
 * does not care, wrong ones must be stopped, whatever its grader says.
 */
import type { Store } from '../../../src/core/memory/entry.ts';
import type { Session } from '../../../src/core/sessions/session.ts';
import type { Line } from '../../speed/measure.ts';
import { domainNames } from '../domains.ts';
import { judge } from '../judge.ts';
import { openPlace } from '../place.ts';
import { createRandom } from '../random.ts';
import { buildWorld, type World } from '../world.ts';
import { openModel } from './model.ts';
import { memoryOf, takenIn } from './taken-in.ts';
import { mendedWish, rightWish, wrongWishes, type Wish } from './wishes.ts';

const night = '2026-06-01T03:00:00.000Z';
const goal = 0.98;

export async function benchOracle(): Promise<Line[]> {
  const right = { asked: 0, survived: 0 };
  const wrong = { asked: 0, stopped: 0 };
  for (const [at, domain] of domainNames.entries()) {
    const world = buildWorld({
      domain,
      set: 'dev',
      layout: at % 2 === 0 ? 'single' : 'topics',
      seed: at,
      sessions: 24,
    });
    const good = await played(
      world,
      (store, sessions) => world.planted.flatMap((item) => rightWish(item, store, sessions) ?? []),
      mendedWish,
    );
    const hits = judge(world.planted, good.result.proposals).hits.length;
    right.asked += good.wishes;
    right.survived += hits;
    const bad = await played(world, (store, sessions) =>
      wrongWishes(world.planted, store, { sessions, facts: world.facts, random: createRandom(at) }),
    );
    wrong.asked += bad.wishes;
    wrong.stopped += bad.wishes - bad.result.proposals.length;
  }
  return [
    line('right proposals that survive', right.survived, right.asked),
    line('wrong proposals that are stopped', wrong.stopped, wrong.asked),
  ];
}

function line(name: string, count: number, of: number): Line {
  const ratio = count / of;
  return { name, measured: `${count}/${of}`, reference: '', ratio, goal: `≥ ${goal}`, ok: ratio >= goal };
}

type Wishing = (store: Store, sessions: readonly Session[]) => readonly Wish[];

/** One dream over a world with a model that wishes so. */
async function played(
  world: World,
  wishing: Wishing,
  mend: (wish: Wish, store: Store) => Wish | undefined = () => undefined,
) {
  const place = await openPlace(world.files);
  const sessions = await takenIn(place, world);
  const store = memoryOf(world);
  const wishes = wishing(store, sessions);
  const model = await openModel(
    () => wishes,
    (wish) => mend(wish, store),
  );
  try {
    return { wishes: wishes.length, result: await place.dream(night, model.dreamer) };
  } finally {
    await model.stop();
    place.remove();
  }
}
