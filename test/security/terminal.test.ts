/** What a stranger's text may do to a terminal: nothing. */
import { describe, expect, it } from 'vitest';
import { jsonText } from '../../src/commands/json-text.ts';
import { createTerminal } from '../../src/commands/terminal.ts';

const esc = '\u001B';
const attacks: readonly (readonly [what: string, text: string])[] = [
  ['clears the screen', `${esc}[2J`],
  ['moves the cursor up and writes over', `${esc}[1A${esc}[2Kaccepted`],
  ['hides what follows', `${esc}[8msecret${esc}[0m`],
  ['sets the title', `${esc}]0;owned\u0007`],
  ['writes to the clipboard', `${esc}]52;c;ZXZpbA==\u0007`],
  ['makes a link', `${esc}]8;;https://evil.example${esc}\\here${esc}]8;;${esc}\\`],
  ['asks the terminal to answer', `${esc}[c${esc}[6n${esc}P$q"p${esc}\\`],
  ['uses one-byte control sequences', '\u009B2J\u009D0;owned\u009C'],
  ['returns the carriage', 'rejected\raccepted'],
  ['goes back', 'no\b\byes'],
  ['turns text round', '\u202Egnp.exe\u202C'],
  ['isolates text', '\u2066x\u2069'],
  ['hides letters', 'a\u200Bb\u00ADc\u{E0041}'],
  ['rings', '\u0007'],
  ['ends a line where no line ends', 'a\u2028b\u0085c'],
];

/** Everything a terminal obeys, and what turns or hides text; line feeds and tabs are fine. */
const power =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u200B\u2028-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/u;

function printed(write: (terminal: ReturnType<typeof createTerminal>) => void, coloured: boolean): string {
  const stream = (kept: string[]) => ({ isTTY: true, columns: 80, write: (text: string) => kept.push(text) });
  const kept: string[] = [];
  write(createTerminal(stream(kept), stream(kept), coloured ? 'always' : 'never'));
  return kept.join('').replaceAll(`\r${esc}[2K`, '');
}

describe.each(attacks)('text that %s', (_what, text) => {
  it.each([true, false])('is written out (colours: %s)', (coloured) => {
    const shown = printed((terminal) => {
      terminal.print(`before ${text} after`);
      terminal.note(text);
      terminal.progress(`reading ${text}`);
    }, coloured);
    expect(shown).not.toMatch(power);
  });

  it('is escaped in JSON, and reads back the same', () => {
    const json = jsonText({ [text]: text });
    expect(json).not.toMatch(power);
    expect(JSON.parse(json)).toEqual({ [text]: text });
  });
});

it('keeps its own colours', () => {
  const shown = printed((terminal) => terminal.print(terminal.style.bold(terminal.style.red('x'))), true);
  expect(shown).toBe(`${esc}[1m${esc}[31mx${esc}[39m${esc}[22m\n`);
});
