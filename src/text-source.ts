/** A transcript that was never a file: lines that come from elsewhere, with nothing beside them. */
import type { Source } from './core/sessions/format.ts';

/** @param path for messages only. */
export function textSource(path: string, lines: readonly string[]): Source {
  const none = (): Promise<readonly string[]> => Promise.resolve([]);
  return {
    path,
    head: () => Promise.resolve((lines[0] ?? '').slice(0, 1_000)),
    async *lines() {
      for (const [at, text] of lines.entries()) yield await Promise.resolve({ number: at + 1, text });
    },
    text: () => Promise.resolve(lines.join('\n')),
    sibling: () => Promise.resolve(undefined),
    siblings: none,
    folders: none,
  };
}
