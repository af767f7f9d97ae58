import { expect, it } from 'vitest';
import { createTerminal } from '../../src/commands/terminal.ts';

function aStream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 80, written, write: (text: string) => written.push(text) };
}

it('answers on stdout and says the rest on stderr', () => {
  const [out, err] = [aStream(false), aStream(false)];
  const terminal = createTerminal(out, err, 'auto');
  terminal.print('answer');
  terminal.note('beside it');
  expect([out.written.join(''), err.written.join('')]).toEqual(['answer\n', 'beside it\n']);
});

it('shows progress only to a person, and takes it away before it answers', () => {
  const [out, pipe, tty] = [aStream(true), aStream(false), aStream(true)];
  createTerminal(out, pipe, 'auto').progress('reading');
  expect(pipe.written).toEqual([]);
  const terminal = createTerminal(out, tty, 'auto');
  terminal.progress('reading a very long name '.repeat(9));
  terminal.print('done');
  expect(tty.written[0]?.length).toBeLessThan(90);
  expect(tty.written.at(-1)).toBe('\r\u001B[2K');
});

it.each([
  ['auto', true, true],
  ['auto', false, false],
  ['always', false, true],
  ['never', true, false],
] as const)('colours %s on a terminal %s: %s', (choice, isTTY, coloured) => {
  const { style } = createTerminal(aStream(isTTY), aStream(false), choice);
  expect(style.red('x') !== 'x').toBe(coloured);
});
