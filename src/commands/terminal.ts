/** Where the command writes: answers on stdout, progress and errors on stderr. */
import pc from 'picocolors';
import type { TerminalStyle } from '../core/review/terminal.ts';
import { visible } from '../core/review/visible.ts';

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Terminal {
  /** An answer; a line break is added when there is none. */
  print(text: string): void;
  /** For a person, beside the answer. */
  note(text: string): void;
  /** One line that replaces itself; nothing when stderr is no terminal. */
  progress(step: string): void;
  /** Removes the progress line. */
  quiet(): void;
  readonly style: TerminalStyle;
  /** For what is written on stderr. */
  readonly noteStyle: TerminalStyle;
  /** Columns of stdout; 100 when it is no terminal. */
  readonly width: number;
}

/** `always` and `never` come from FORCE_COLOR and NO_COLOR; `auto` asks each stream. */
export type ColourChoice = 'always' | 'never' | 'auto';

/** The sequences that `TerminalStyle` writes: bold, dim, three colours, and their ends. */
const ownSequence = /(\u001B\[(?:1|2|22|3[1-3]|39)m)/;

/**
 * The last gate before the terminal: whatever a verb forgot to make visible is made so here. In coloured output a
 * stranger's text may at most change a colour.
 */
function harmless(text: string, coloured: boolean): string {
  if (!coloured) return visible(text);
  return text
    .split(ownSequence)
    .map((part, index) => (index % 2 === 1 ? part : visible(part)))
    .join('');
}

export function createTerminal(stdout: Output, stderr: Output, colour: ColourChoice): Terminal {
  let shown = false;
  const quiet = (): void => {
    if (shown) stderr.write('\r\u001B[2K');
    shown = false;
  };
  const coloured = (stream: Output): boolean =>
    colour === 'auto' ? stream.isTTY === true : colour === 'always';
  return {
    style: pc.createColors(coloured(stdout)),
    noteStyle: pc.createColors(coloured(stderr)),
    width: Math.min(stdout.columns ?? 100, 120),
    quiet,
    print(text) {
      quiet();
      const shown = harmless(text, coloured(stdout));
      if (shown !== '') stdout.write(shown.endsWith('\n') ? shown : `${shown}\n`);
    },
    note(text) {
      quiet();
      const shown = harmless(text, coloured(stderr));
      stderr.write(shown.endsWith('\n') ? shown : `${shown}\n`);
    },
    progress(step) {
      if (stderr.isTTY !== true) return;
      const line = visible(step).replace(/\s+/g, ' ');
      stderr.write(`\r\u001B[2K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
      shown = true;
    },
  };
}
