/** Characters that a reviewer cannot see. */
import { hiddenCharacters } from '../../text/hidden.ts';
import type { Store } from '../entry.ts';
import { lineOf, lineStarts } from '../source.ts';
import type { LintFinding } from './finding.ts';

/** One finding for each line that has some. */
export function hiddenText(store: Store): LintFinding[] {
  return store.files.flatMap(({ path, text }) => {
    const starts = lineStarts(text);
    const byLine = new Map<number, { names: Set<string>; count: number }>();
    for (const { offset, codePoint, name } of hiddenCharacters(text)) {
      const line = lineOf(starts, offset);
      const at = byLine.get(line) ?? { names: new Set(), count: 0 };
      at.names.add(`${name} U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`);
      byLine.set(line, { names: at.names, count: at.count + 1 });
    }
    return [...byLine].map(([line, { names, count }]) => ({
      check: 'hidden-character' as const,
      file: path,
      line,
      message: `${count} hidden ${count === 1 ? 'character' : 'characters'}: ${[...names].slice(0, 3).join(', ')}`,
    }));
  });
}
