/** Reads the decisions as they stand: what was taken back no longer counts. */
import type { Decision } from './journal.ts';

/**
 * @returns the decisions without those that a later reopening of their dream voids: that it was rejected, or withdrawn.
 */
export function standing(decisions: readonly Decision[]): readonly Decision[] {
  const reopened = new Map<string, number>();
  decisions.forEach((decision, at) => {
    if (decision.type === 'reopened') reopened.set(decision.dream, at);
  });
  if (reopened.size === 0) return decisions;
  return decisions.filter((decision, at) => {
    if (decision.type !== 'rejected' && decision.type !== 'withdrawn') return true;
    return at > (reopened.get(decision.dream) ?? -1);
  });
}

/** Whether the command that an event asked for was carried out or refused already. */
export function isHandled(decisions: readonly Decision[], event: string): boolean {
  return decisions.some((decision) => decision.type === 'command' && decision.event === event);
}
