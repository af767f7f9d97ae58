/** Memory that was there before us, and who reads it, in words. */
import type { Audience, Load } from '../memory/audience.ts';

export interface FoundMemory {
  readonly path: string;
  readonly entries: number;
  readonly tokens: number;
  readonly audience: Audience;
}

/**
 * Agents by when they load a file: "claude-code always; codex in docs/".
 * @param shown makes a path or pattern fit to be shown.
 */
export function whoLoads(audience: Audience, shown: (where: string) => string): string {
  if (audience.length === 0) return 'nobody loads it: nothing links to it';
  const when = ({ when: kind, where }: Load): string => {
    switch (kind) {
      case 'always':
        return 'always';
      case 'folder':
        return `in ${shown(`${where}/`)}`;
      case 'paths':
        return `for ${shown(where)}`;
      case 'demand':
        return 'by link';
    }
  };
  const groups = Map.groupBy(audience, when);
  return [...groups].map(([at, loads]) => `${loads.map(({ agent }) => agent).join(', ')} ${at}`).join('; ');
}
