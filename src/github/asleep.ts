/** Why nothing is done for a repository, if nothing is: each reason is somebody's to change. */
import { configPath, type Config } from '../core/config.ts';
import { notOnboarded, type Place } from '../jobs/place.ts';
import type { HostedConfig } from './config.ts';
import type { HostedRepository } from './hosted.ts';
import type { Mind } from './mind.ts';

export type Asleep = NonNullable<Place['asleep']>;

/** In the order in which they matter; the last one that can be mended is not told before the first. */
export function asleepOf(
  hosted: Pick<HostedRepository, 'archived' | 'fullName' | 'visibility'>,
  {
    absent,
    mistakes,
    inForce,
    lacking,
  }: Pick<HostedConfig, 'absent' | 'mistakes' | 'inForce'> & Pick<Mind, 'lacking'>,
  { ledger }: Config,
): Asleep | undefined {
  const { fullName, archived, visibility } = hosted;
  if (archived) return { reason: 'archived', message: `${fullName} is archived` };
  if (absent) return { reason: notOnboarded, message: `${fullName} has no ${configPath}: nobody said yes` };
  if (!inForce) return { reason: 'config', message: mistakes[0] ?? `${configPath} cannot be read` };
  if (visibility === 'public' && !ledger.public && ledger.repository === undefined)
    return { reason: 'public', message: `${fullName} is public, and nobody agreed to a public ledger` };
  return lacking === undefined ? undefined : { reason: 'config', message: lacking };
}
