import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandVerbs, parseCommand } from '../../../src/core/review/command.ts';

const mistake = { mistake: expect.stringMatching(/^[A-Z].*[.`]$/s) as string };

describe('a comment that begins with /dream', () => {
  it.each([
    ['/dream now', { verb: 'now' }],
    ['  /Dream NOW  ', { verb: 'now' }],
    ['/dream', { verb: 'help' }],
    ['/dream drop 2', { verb: 'drop', numbers: [2] }],
    ['/dream drop #2, 4-6 and 9', { verb: 'drop', numbers: [2, 4, 5, 6, 9] }],
    ['/dream drop 3 1 2', { verb: 'drop', numbers: [1, 2, 3] }],
    ['/dream drop 2 because we keep Redis', { verb: 'drop', numbers: [2], reason: 'we keep Redis' }],
    ['/dream drop 2: wrong port\r\nsee #4', { verb: 'drop', numbers: [2], reason: 'wrong port\nsee #4' }],
    ['/dream restore 2', { verb: 'restore', numbers: [2] }],
    ['/dream revise 2: Use pnpm.', { verb: 'revise', number: 2, text: 'Use pnpm.' }],
    ['/dream revise 2\nUse pnpm.\nNever npm.', { verb: 'revise', number: 2, text: 'Use pnpm.\nNever npm.' }],
    [
      '/dream revise 2:\n```suggestion\n- Use pnpm.\n```',
      { verb: 'revise', number: 2, text: '- Use pnpm.', verbatim: true },
    ],
    [
      '/dream revise 2:\n```\nUse pnpm.\n```',
      { verb: 'revise', number: 2, text: 'Use pnpm.', verbatim: true },
    ],
    ['/dream revise 2: "Use pnpm."', { verb: 'revise', number: 2, text: 'Use pnpm.', verbatim: true }],
    ['/dream revise 2: “Use pnpm.”', { verb: 'revise', number: 2, text: 'Use pnpm.', verbatim: true }],
    ['/dream revise 2: say "pnpm" only', { verb: 'revise', number: 2, text: 'say "pnpm" only' }],
    ['/dream explain 3', { verb: 'explain', number: 3 }],
    ['/dream explain 3: who said so?', { verb: 'explain', number: 3, question: 'who said so?' }],
    ['/dream pause', { verb: 'pause' }],
    ['/dream pause until 2026-12-24', { verb: 'pause', until: '2026-12-24' }],
    ['/dream forget 63e734d0', { verb: 'forget', what: '63e734d0' }],
    ['/dream forget "my phone number"', { verb: 'forget', what: 'my phone number' }],
    ['/dream help me please', { verb: 'help' }],
  ])('%j', (comment, command) => {
    expect(parseCommand(comment)).toEqual({ command });
  });

  it.each([
    '/dream drop',
    '/dream drop everything',
    '/dream drop 0',
    '/dream drop 9-2',
    '/dream drop 1-9999',
    '/dream revise 2',
    '/dream revise 2 3: words',
    '/dream explain',
    '/dream pause forever',
    '/dream pause until 2026-13-45',
    '/dream forget',
    '/dream auto',
    '/dream merge',
  ])('%j is answered with what would have been right', (comment) => {
    expect(parseCommand(comment)).toEqual(mistake);
  });

  it('names no proposal where it stands on the lines of one', () => {
    expect(parseCommand('/dream drop', 4)).toEqual({ command: { verb: 'drop', numbers: [4] } });
    expect(parseCommand('/dream revise: Use pnpm.', 4)).toEqual({
      command: { verb: 'revise', number: 4, text: 'Use pnpm.' },
    });
    expect(parseCommand('/dream drop 2', 4)).toEqual({ command: { verb: 'drop', numbers: [2] } });
  });
});

describe('what is no command', () => {
  it.each([
    'Looks good',
    '> /dream drop 2',
    'I said /dream drop 2',
    '```\n/dream drop 2\n```',
    '/dreams now',
    '',
  ])('%j', (comment) => expect(parseCommand(comment)).toBeUndefined());

  it('is never an error, and never raises autonomy', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', '/dream ', '/dream drop ', '/dream revise '),
        (text, start) => {
          const parsed = parseCommand(start + text);
          if (parsed !== undefined && 'command' in parsed)
            expect(commandVerbs).toContain(parsed.command.verb);
        },
      ),
    );
  });
});
