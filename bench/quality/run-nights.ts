/** Many dreams in a row, each accepted whole, with a few new sessions between them: does memory wear out? */
import { isKept, lostFacts } from './facts.ts';
import { addedText } from './judge.ts';
import { leakedSecrets, proposedBaits } from './leaks.ts';
import { openPlace } from './place.ts';
import type { World } from './world.ts';

export interface NightsResult {
  readonly dreams: number;
  readonly proposals: number;
  readonly factsLost: readonly string[];
  readonly secretsLeaked: readonly string[];
  readonly baitsProposed: readonly string[];
}

const hour = 60 * 60 * 1_000;
const firstNight = Date.parse('2026-06-01T03:00:00Z');

/** @param world with at least as many sessions as there are dreams. */
export async function runNights(world: World, dreams: number): Promise<NightsResult> {
  const place = await openPlace(world.files);
  const learned: string[] = [];
  const secrets = new Set<string>();
  const baits = new Set<string>();
  let proposals = 0;
  try {
    for (let night = 0; night < dreams; night += 1) {
      const now = new Date(firstNight + night * 24 * hour).toISOString();
      const share = (at: number): number => Math.floor((at * world.transcripts.length) / dreams);
      await place.take(world.transcripts.slice(share(night), share(night + 1)));
      const result = await place.dream(now);
      if (result.outcome !== 'proposed') continue;
      proposals += result.proposals.length;
      if (night === dreams - 1 || night % 10 === 0)
        for (const secret of await leakedSecrets(place, result, world.secrets)) secrets.add(secret);
      for (const bait of proposedBaits(result.proposals, world.baits)) baits.add(bait);
      await place.accept(now);
      learned.push(
        ...result.proposals
          .filter(({ kind }) => kind === 'learn')
          .map(({ operations }) => addedText(operations)),
      );
    }
    const memory = await place.memory();
    const lines = memory.flatMap(({ text }) => text.split('\n'));
    const forgotten = learned.flatMap((text) => text.split('\n')).filter((line) => !isKept(line, lines));
    return {
      dreams,
      proposals,
      factsLost: [...lostFacts(world.facts, world.planted, memory), ...forgotten],
      secretsLeaked: [...secrets],
      baitsProposed: [...baits],
    };
  } finally {
    place.remove();
  }
}
