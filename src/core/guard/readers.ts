/** Who reads a file before and after, and whether anybody loses sight of something. */
import type { Audience, Load } from '../memory/audience.ts';

/** Every reader of `of` reads `by` whenever they read `of`. */
export function covers(by: Audience, of: Audience): boolean {
  return of.every((load) => by.some((other) => sameAgent(other, load) && asOften(other, load)));
}

/** Every reader of `of` can still come to `by`, if only by following a link. */
export function reaches(by: Audience, of: Audience): boolean {
  return of.every((load) =>
    by.some((other) => sameAgent(other, load) && (other.when === 'demand' || asOften(other, load))),
  );
}

const sameAgent = (other: Load, load: Load): boolean => other.agent === load.agent || other.agent === 'any';

function asOften(other: Load, load: Load): boolean {
  if (other.when === 'always' || load.when === 'demand') return true;
  return other.when === load.when && other.where === load.where;
}
