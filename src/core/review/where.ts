/** Where a change happens, in words. */
import type { Change } from './change.ts';
import { clip } from './visible.ts';
import { listed } from './wording.ts';

/** How foreign text is written in what is rendered: Markdown or a terminal. */
export interface Script {
  /** Paths, ids, commands. */
  readonly code: (text: string) => string;
  readonly prose: (text: string) => string;
}

const pathLength = 200;
const placesNamed = 4;

/** `CLAUDE.md` line 12; `CLAUDE.md` lines 12–14. */
export function placeOf(
  { file, lines: [from, to] }: { readonly file: string; readonly lines: readonly [number, number] },
  script: Script,
): string {
  return `${script.code(clip(file, pathLength))} ${from === to ? `line ${from}` : `lines ${from}–${to}`}`;
}

const verbs: Readonly<Record<Change['op'], string>> = {
  add: 'New in',
  revise: '',
  merge: '',
  retire: 'Removed from',
  move: 'Moves from',
};

/** `Moves from CLAUDE.md line 12 → memory/testing.md, under Commands`. */
export function whereOf({ op, before, file, heading }: Change, script: Script): string {
  const from = before.slice(0, placesNamed).map((entry) => placeOf(entry, script));
  if (before.length > placesNamed) from.push(`${before.length - placesNamed} more`);
  const stays = op === 'merge' && before.every((entry) => entry.file === file);
  const target = file === undefined || stays ? '' : script.code(clip(file, pathLength));
  const arrow = target === '' || op === 'add' ? target : `→ ${target}`;
  const under =
    heading === undefined || heading.length === 0 ? '' : `, under ${script.prose(heading.join(' › '))}`;
  return `${[verbs[op], listed(from), arrow].filter((part) => part !== '').join(' ')}${under}`;
}
