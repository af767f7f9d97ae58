/** Whether two files can contradict each other. */
import type { Store } from '../../../core/memory/entry.ts';
import { audienceOf, sameAudience } from '../../../core/memory/audience.ts';
import { scopeOf } from '../../../core/memory/scope.ts';

/**
 * Files for one audience, and files that different agents load under the same condition: what CLAUDE.md and AGENTS.md
 * say of one folder is about one thing. What is for one folder, agent or person may well differ from what is for another.
 */
export function speakOfOneThing(store: Store, a: string, b: string): boolean {
  if (sameAudience(store, a, b)) return true;
  if (scopeOf(a).kind !== 'shared' || scopeOf(b).kind !== 'shared') return false;
  const [first, second] = [conditions(store, a), conditions(store, b)];
  return first !== '' && first === second;
}

function conditions(store: Store, path: string): string {
  const loads = audienceOf(store, path).map(({ when, where }) => `${when} ${where}`);
  return [...new Set(loads)].sort().join('\n');
}
