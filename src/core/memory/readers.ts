/** Whether what two files say can be compared: who reads them, and of what they speak. */
import type { Store } from './entry.ts';
import { audienceOf, sameAudience } from './audience.ts';
import { scopeOf } from './scope.ts';

/**
 * Files for one audience, and files that different agents load under the same condition: what CLAUDE.md and AGENTS.md
 * say of one folder is about one thing. What is for one folder, agent or person may well differ from what is for another.
 */
export function speakOfOneThing(store: Store, a: string, b: string): boolean {
  if (haveOneReader(store, a, b)) return true;
  if (scopeOf(a).kind !== 'shared' || scopeOf(b).kind !== 'shared') return false;
  const [first, second] = [conditions(store, a), conditions(store, b)];
  return first !== '' && first === second;
}

/**
 * Whether a note may stand in either file. Where nobody is known to load a file (a skill, a prompt), its readers are its
 * own; only in a memory folder do such files belong together.
 */
export function haveOneReader(store: Store, a: string, b: string): boolean {
  if (a === b) return true;
  const isMemory = (path: string): boolean =>
    /(?:^|\/)memory\//.test(path) || audienceOf(store, path).length > 0;
  return sameAudience(store, a, b) && isMemory(a) && isMemory(b);
}

/** What is read on demand holds wherever the work is, as what is always loaded does. */
function conditions(store: Store, path: string): string {
  const loads = audienceOf(store, path).map(({ when, where }) =>
    when === 'demand' && where === '' ? 'always' : `${when} ${where}`.trim(),
  );
  return [...new Set(loads)].sort().join('\n');
}
