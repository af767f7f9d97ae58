/** Where the command writes: answers on stdout, progress and errors on stderr. */
import pc from 'picocolors';
import type { TerminalStyle } from '../core/review/terminal.ts';

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
      if (text !== '') stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    },
    note(text) {
      quiet();
      stderr.write(text.endsWith('\n') ? text : `${text}\n`);
    },
    progress(step) {
      if (stderr.isTTY !== true) return;
      stderr.write(`\r\u001B[2K${step.slice(0, (stderr.columns ?? 80) - 1)}`);
      shown = true;
    },
  };
}
