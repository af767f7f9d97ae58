/** Whether two files speak to the same readers, or of the same thing. */
import type { Store } from '../../../core/memory/entry.ts';

export function loadedTogether(store: Store): (a: string, b: string) => boolean {
  void store;
  const kind = (file: string): string => (file.startsWith('memory/') ? 'memory' : file);
  return (a, b) => kind(a) === kind(b);
}

const instructionFile = /(?:^|\/)(?:CLAUDE|AGENTS|GEMINI)\.md$|^\.github\/copilot-instructions\.md$/i;
export function speaksOfOneThing(a: string, b: string): boolean {
  if (a === b) return true;
  return instructionFile.test(a) === instructionFile.test(b);
}
