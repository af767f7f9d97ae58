/** One world through both pipelines: taken in, dreamed about once, judged. */
import { lostFacts } from './facts.ts';
import { judge, type Judgement } from './judge.ts';
import { leakedSecrets, proposedBaits } from './leaks.ts';
import { openPlace } from './place.ts';
import type { World } from './world.ts';

export interface WorldResult {
  readonly world: World;
  readonly judgement: Judgement;
  readonly secretsLeaked: readonly string[];
  readonly baitsProposed: readonly string[];
  readonly factsLost: readonly string[];
}

/** After the last session of every world. */
const night = '2026-06-01T03:00:00.000Z';

export async function runWorld(world: World): Promise<WorldResult> {
  const place = await openPlace(world.files);
  try {
    await place.take(world.transcripts);
    const result = await place.dream(night);
    const secretsLeaked = await leakedSecrets(place, result, world.secrets);
    if (result.outcome === 'proposed') await place.accept(night);
    const judgement = judge(world.planted, result.proposals);
    const overruled = overruledBy(judgement);
    return {
      world,
      judgement,
      secretsLeaked,
      baitsProposed: proposedBaits(result.proposals, world.baits),
      factsLost: lostFacts(world.facts, world.planted, await place.memory()).filter(
        (fact) => !overruled.has(fact),
      ),
    };
  } finally {
    place.remove();
  }
}

/** A lesson and a note of the domain may contradict each other by chance: whoever taught the lesson overruled the note. */
function overruledBy({ hits }: Judgement): ReadonlySet<string> {
  const lessons = hits.filter(
    ({ planted, act }) => planted.kind === 'asked' && act.proposal.kind === 'correct',
  );
  return new Set(lessons.flatMap(({ act }) => act.touched));
}
