import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answerWords,
  claimedSpans,
  humanSpans,
  humanTurn,
  rejectionWords,
  spansWithWords,
} from '../../../src/core/sessions/human-text.ts';

const typed = (text: string) =>
  humanSpans(text)
    .filter((span) => span.trust === 'person')
    .map((span) => span.text.trim());
const joined = (text: string) =>
  humanSpans(text)
    .map((span) => span.text)
    .join('');

describe('what a person typed', () => {
  it.each([
    ['fix tests'],
    ['no, use pnpm here. npm breaks the lock file'],
    ['is `getCart` still used anywhere?'],
    ['always run the linter before you commit'],
    [
      'Never mock the database. Always use the container. Tests that mock it have hidden two bugs, in `cart_test.go` and in `total_test.go`.',
    ],
    [
      'Can we look at `cart list`:\n\n1. `cart list` should show open carts\n2. I can go through that list\n   - open one\n   - close one\n\nCan you propose something?',
    ],
    ['# always use tabs'],
    ['- `cart open` no longer asks <- why is there no PR for this?'],
    ['Add error handling in src/cart.ts:38-40'],
  ])('stays theirs as a whole: %j', (text) => {
    expect(humanSpans(text)).toEqual([{ text, trust: 'person' }]);
  });

  it.each<[string, string, string[]]>([
    [
      'a plan',
      'Implement the following plan:\n\n# Plan\n\nAlways use tabs. Please do it.',
      ['Implement the following plan:'],
    ],
    ['a fence', 'this fails:\n```\nalways use tabs\n```\nwhy?', ['this fails:', 'why?']],
    ['a fence that never closes', 'look\n```\nalways use tabs', ['look']],
    ['a quotation', 'they wrote\n> always use tabs\n\nI do not agree', ['they wrote', 'I do not agree']],
    [
      'a long quotation in a sentence',
      'I got "Truncating the string by byte index can break multi-byte characters, always slice runes." please fix',
      ['I got', 'please fix'],
    ],
    [
      'linter output',
      'fix these:\n  src/a.go:12:10: string `main` has 5 occurrences (goconst)\n          return "main"\n                 ^\n  2 issues:\n  * goconst: 2',
      ['fix these:'],
    ],
    [
      'a stack trace',
      'it crashes\nTypeError: x is not a function\n    at run (src/a.js:3:4)\n    at main (src/b.js:1:1)\n\nsince yesterday',
      ['it crashes', 'since yesterday'],
    ],
    [
      'a terminal session',
      'I got this:\n\n❯ git rebase main\nLink this commit? [Y/n] n\n\nwe should prevent that',
      ['I got this:', 'we should prevent that'],
    ],
    [
      'unfenced code',
      'this was it:\n    var message string\n    if a != b {\n        return message\n    }\n\nOffer me an alternative.',
      ['this was it:', 'Offer me an alternative.'],
    ],
    ['a log', 'see\n2026-03-02T09:00:00Z ERROR cart: boom\nok?', ['see', 'ok?']],
    ['mark-up', 'here:\n<config>\n  <always>tabs</always>\n</config>\nuse it', ['here:', 'use it']],
    ['a pasted image', 'see [Image #1] for the layout', ['see', 'for the layout']],
  ])('is told from %s', (_what, text, expected) => {
    expect(typed(text)).toEqual(expected);
    expect(joined(text)).toBe(text);
  });
});

describe('pasted reviews and documents', () => {
  it('are found by their severity label', () => {
    const text =
      'Duplicate error prefix\n\nLow Severity\n\nThe error from loadFile() is wrapped twice with the same prefix.';
    expect(typed(text)).toEqual([]);
  });

  it('are found by how they read, without any label', () => {
    const text =
      'The function should use the existing getDir() helper instead of duplicating its logic. getDir() makes paths absolute, which is more robust. Replace lines 148-154 with a call to getDir().';
    expect(typed(text)).toEqual([]);
  });

  it('leave the person their question below', () => {
    const text =
      "The changedFiles function reads the content of every file in both trees twice (at lines 42-47). This is inefficient for large repositories and could be avoided.\n\nConsider caching the content during the first pass, or comparing the trees.\n\nQuestion on this: can't we compare hashes instead?";
    expect(typed(text)).toEqual(["Question on this: can't we compare hashes instead?"]);
  });

  it('leave the person their sentence above a document', () => {
    const text =
      'please review this:\n\n# Design\n\n## Goal\n\nAlways encrypt carts.\n\n- **Key**: rotate\n- **Store**: local\n\nLet me know if you want me to go on.';
    expect(typed(text)).toEqual(['please review this:']);
  });
});

describe('what a harness put there', () => {
  it.each([
    [
      '<command-name>/exit</command-name>\n<command-message>exit</command-message>\n<command-args></command-args>',
    ],
    ['<local-command-stdout>Bye!</local-command-stdout>'],
    ['<bash-stdout>ok</bash-stdout><bash-stderr></bash-stderr>'],
    ['<ide_selection>always use tabs</ide_selection>'],
    ['<system-reminder>always use tabs</system-reminder>'],
    [
      '<task-notification>\n<result>always use tabs</result>\n</task-notification>\nRead the output file to see more: /tmp/x',
    ],
    ['Operation stopped by hook: Another session is active'],
    ['Stop hook feedback:\n[lint]: always use tabs'],
    ['[Request interrupted by user for tool use]'],
    ['Caveat: The messages below were generated by the user while running local commands.'],
    ['<system-reminder>cut off in the middle, always use tabs'],
  ])('is nobody’s word: %j', (text) => {
    const turn = humanTurn(text);
    expect(turn.kind).toBe('system');
    expect(turn.spans).toEqual([{ text, trust: 'pasted' }]);
  });

  it.each([
    ['# AGENTS.md instructions for /home/ada/shop\n\nalways use tabs'],
    ['<environment_context>\n<cwd>/x</cwd>\n</environment_context>'],
    [
      '<system-reminder>\nContents of /home/ada/CLAUDE.md (project instructions):\n\nalways use tabs\n</system-reminder>',
    ],
    ['Base directory for this skill: /home/ada/.claude/skills/x\n\n# X\n\nalways use tabs'],
  ])('is an echo when it is memory read back: %j', (text) => {
    expect(humanSpans(text)).toEqual([{ text, trust: 'echo' }]);
  });

  it('is the model’s word when it is a compaction summary', () => {
    const text =
      'This session is being continued from a previous conversation that ran out of context. Always use tabs.';
    expect(humanTurn(text)).toEqual({ kind: 'agent', spans: [{ text, trust: 'agent' }] });
  });

  it('leaves the person their arguments, commands and queries', () => {
    expect(typed('<command-name>/fix</command-name><command-args>only the cart</command-args>')).toEqual([
      'only the cart',
    ]);
    expect(typed('<bash-input>npm test</bash-input>')).toEqual(['npm test']);
    expect(typed('<system-reminder>x</system-reminder>\nrename it')).toEqual(['rename it']);
  });
});

describe('laws', () => {
  const pieces = fc.constantFrom(
    'fix tests',
    '\n',
    '\n\n',
    '```',
    '> quote',
    '# Head',
    '<system-reminder>',
    '</system-reminder>',
    '<bash-input>',
    '</bash-input>',
    '<x>',
    '</x>',
    '"',
    ' '.repeat(5),
    '\t',
    'a.ts:1:2: x',
    '$ ls',
    '|a|b|',
    'Low Severity',
    '\0',
    '🙂',
    '[Image #1]',
    'Implement the following plan:\n',
    '# AGENTS.md instructions',
    '<',
    '>',
    '\r\n',
  );

  it('nothing is dropped, whatever is in the text', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        expect(joined(text)).toBe(text);
      }),
    );
  });

  it('the time grows with the text and not faster', () => {
    for (const part of [
      '<system-reminder>',
      '<a>',
      '<a>\n',
      '\n',
      'a. ',
      '"',
      '> ',
      '```\n',
      '[Image ',
      'x.y:1:',
      ' '.repeat(9),
      '# a\n\n',
      '"a"="',
    ]) {
      const started = performance.now();
      humanSpans(part.repeat(200_000 / part.length));
      answerWords(`User has answered your questions: ${part.repeat(200_000 / part.length)}`);
      expect(performance.now() - started, part).toBeLessThan(2_000);
    }
  });

  it('what is only claimed has no person in it', () => {
    expect(claimedSpans(humanSpans('always use tabs\n```\nx\n```'))).toEqual([
      { text: 'always use tabs\n', trust: 'claimed' },
      { text: '```\nx\n```', trust: 'pasted' },
    ]);
  });
});

describe('a person in a tool result', () => {
  const refused = "The user doesn't want to proceed with this tool use. The tool use was rejected.";

  it('refuses with words', () => {
    expect(rejectionWords(`${refused} To tell you how to proceed, the user said:\nuse pnpm\nplease`)).toBe(
      'use pnpm\nplease',
    );
    expect(rejectionWords(`${refused} the user said:\nuse pnpm\n\nNote: The user's next message may …`)).toBe(
      'use pnpm',
    );
  });

  it('refuses without words', () => {
    expect(rejectionWords(`${refused} STOP what you are doing.`)).toBeUndefined();
  });

  it('is not in a file or an output that quotes a refusal', () => {
    expect(rejectionWords(`log:\n${refused} the user said:\nuse npm`)).toBeUndefined();
    expect(answerWords('log: User has answered your questions: "a"="b"')).toEqual([]);
  });

  it('answers questions', () => {
    expect(
      answerWords(
        'User has answered your questions: "Which?"="the "new" one", "When?"="now". You can now continue.',
      ),
    ).toEqual(['the "new" one', 'now']);
  });

  it('is marked in the text, and what they paste there is pasted', () => {
    expect(spansWithWords('before use pnpm after', ['use pnpm'], 'claimed')).toEqual([
      { text: 'before ', trust: 'tool' },
      { text: 'use pnpm', trust: 'claimed' },
      { text: ' after', trust: 'tool' },
    ]);
    expect(
      spansWithWords('no:\n> always npm', ['no:\n> always npm'], 'person').map((span) => span.trust),
    ).toEqual(['person', 'pasted']);
  });
});
