/**
 * Proposals of earlier dreams that nobody has decided on. A dream reads its sessions once; until somebody merges or rejects
 * what came of it, later dreams propose it again.
 */
import type { DreamInput } from '../../core/dream/dreamer.ts';
import type { Draft } from '../../core/dream/proposal.ts';
import { entriesOf } from '../../core/memory/operation.ts';

/** So many are kept; who has as many open has long stopped reading. */
const mostCarried = 50;

/** Begins the ids of our own signals. */
export const ownSignal = 'managed-';

/**
 * @param carried as they were kept.
 * @param fresh what is proposed now anyway; of two that want the same entry it is the newer that stays.
 */
export function stillOpen(
  carried: readonly Draft[],
  fresh: readonly Draft[],
  { store, closed }: Pick<DreamInput, 'store' | 'closed'>,
): Draft[] {
  const taken = new Set(
    fresh.flatMap(({ operations, signals }) => [...operations.flatMap(entriesOf), ...signals]),
  );
  return carried.filter(({ operations, signals }) => {
    const entries = operations.flatMap(entriesOf);
    const own = signals.filter((id) => id.startsWith(ownSignal));
    const decided = own.some((id) => closed.has(id));
    return (
      !decided &&
      entries.every((id) => store.entries.has(id)) &&
      ![...entries, ...own].some((id) => taken.has(id))
    );
  });
}

/** Those that the guard lets pass: what it withholds once it would withhold again. */
export async function toCarry(drafts: readonly Draft[], input: Pick<DreamInput, 'check'>): Promise<Draft[]> {
  if (drafts.length === 0) return [];
  const findings = await input.check(drafts);
  return drafts
    .filter((_, at) => (findings[at] ?? []).every(({ severity }) => severity !== 'block'))
    .slice(0, mostCarried);
}
