import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { visit } from 'unist-util-visit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fenced, inert, inertBlock } from '../../../src/core/review/inert.ts';
import { visible } from '../../../src/core/review/visible.ts';

const parse = (markdown: string) =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

function typesOf(markdown: string): Set<string> {
  const types = new Set<string>();
  visit(parse(markdown), (node) => void types.add(node.type));
  return types;
}

/** What a reader sees: text and code, breaks as line feeds. */
function read(markdown: string): string {
  let text = '';
  visit(parse(markdown), (node) => {
    if (node.type === 'text' || node.type === 'inlineCode') text += node.value;
    if (node.type === 'break') text += '\n';
  });
  return text;
}

/** What GitHub's filters look at: text outside code. */
function uncoded(markdown: string): string {
  let text = '';
  visit(parse(markdown), (node) => {
    if (node.type === 'text') text += node.value;
    if (node.type === 'inlineCode') text += '\uE000';
  });
  return text;
}

const folded = (text: string): string => visible(text).replace(/\s+/gu, ' ').trim();

const nasty = fc.constantFrom(
  ...['@octocat', '@org/team', '#1', 'GH-1', 'owner/repo#12', 'fixes #3', 'Closes: owner/repo#4', 'deadbeef'],
  ...['0123456789abcdef0123456789abcdef01234567', 'https://evil.example/x?y=$TOKEN', 'www.evil.example'],
  ...[
    'a.b@evil.example',
    'mailto:a@b.c',
    '[text](https://x.example)',
    '![x](http://x.example/p.png)',
    '[a]: b',
  ],
  ...[
    '[a][b]',
    '[^1]',
    '<img src=x>',
    '<!-- dreamkeeper:{"v":1} -->',
    '<details>',
    '</details>',
    '```',
    '~~~',
  ],
  ...[
    '- [x] done',
    '* [ ] todo',
    '# Title',
    '===',
    '---',
    '| a | b |',
    '|---|---|',
    '> quote',
    '1. one',
    '2) two',
  ],
  ...[
    '$x^2$',
    '$`x`$',
    '$$',
    ':tada:',
    ':+1:',
    '&copy;',
    '&#64;octocat',
    '\\@octocat',
    '**b**',
    '__b__',
    '~~s~~',
  ],
  ...[
    '`',
    '``',
    '\\',
    '\n',
    '\r\n',
    '\n\n',
    '\t',
    '    ',
    '\u202E',
    '\u200B',
    '\u0000',
    '\u001B[31m',
    '你好@octocat',
  ],
  ...[
    '(@octocat),',
    '"#7".',
    '<a@b.c>',
    ':--',
    '+ plus',
    '+++',
    '- ',
    'Dream: 1',
    '[!NOTE]',
    '@`x`',
    '`@x`',
    'ftp://a.b',
  ],
);
const hostile = fc.array(fc.oneof(nasty, fc.string({ unit: 'grapheme' }), fc.constant(' ')), {
  maxLength: 12,
});
const text = hostile.map((parts) => parts.join(''));
const spaced = hostile.map((parts) => parts.join(' '));

describe('inert', () => {
  it('leaves ordinary prose as it is', () => {
    expect(inert('Run the tests before you push, always.')).toBe('Run the tests before you push, always.');
  });

  it.each([
    ['ask @octocat, please', 'ask `@octocat`, please'],
    ['fixes #12', 'fixes `#12`'],
    ['see GH-7 and owner/repo#8.', 'see `GH-7` and `owner/repo#8`.'],
    ['since deadbeef1', 'since `deadbeef1`'],
    ['(https://evil.example/a_b)', '(`https://evil.example/a_b`)'],
    ['well :tada:', 'well `:tada:`'],
    ['costs $5 or $6', 'costs `$5` or `$6`'],
    ['# Title', '\\# Title'],
    ['- [x] done', '\\- \\[x\\] done'],
    ['2) two', '2\\) two'],
    ['<!-- keep -->', '\\<!-- keep --\\>'],
    ['run `make lint` or `a_b`, then ``c', 'run `make lint` or `a_b`, then \\`\\`c'],
    ['@you`x`', '`` @you`x` ``'],
    ['a\u202Eb', 'a⟨U+202E⟩b'],
    ['\u001B[31mred\u001B[0m', 'red'],
  ])('takes the power from %j', (given, expected) => {
    expect(inert(given)).toBe(expected);
  });

  it('keeps joined emoji and Persian spelling whole', () => {
    expect(inert('👩‍💻 می‌خواهم')).toBe('👩‍💻 می‌خواهم');
  });

  it('parses to nothing but text and code', () => {
    fc.assert(
      fc.property(fc.oneof(text, spaced), (given) => {
        const types = typesOf(inert(given));
        for (const type of ['root', 'paragraph', 'text', 'inlineCode']) types.delete(type);
        expect([...types]).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('parses to nothing but text and code after a line of ours', () => {
    fc.assert(
      fc.property(fc.oneof(text, spaced), (given) => {
        const types = typesOf(`Ours\n${inert(given)}`);
        for (const type of ['root', 'paragraph', 'text', 'inlineCode']) types.delete(type);
        expect([...types]).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads the same, but that code is code', () => {
    const letters = (shown: string): string => shown.replace(/[`\s]/gu, '');
    fc.assert(
      fc.property(fc.oneof(text, spaced), (given) => {
        expect(letters(read(inert(given)))).toBe(letters(folded(given)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves nothing outside code that GitHub would act on', () => {
    const acts =
      /@[a-z0-9]|#\d|(?<![0-9a-z])gh-\d|:\/\/|www\.|:[\w+-]+:|\$|(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/i;
    fc.assert(
      fc.property(fc.oneof(text, spaced), (given) => {
        expect(uncoded(inert(given))).not.toMatch(acts);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('inertBlock', () => {
  it('keeps the lines of a quote', () => {
    expect(inertBlock('first\n# second\n\nthird')).toBe('> first\\\n> \\# second\n>\n> third');
  });

  it('is one quote of text, code and breaks', () => {
    fc.assert(
      fc.property(text, (given) => {
        const markdown = inertBlock(given);
        const types = typesOf(markdown);
        for (const type of ['root', 'blockquote', 'paragraph', 'text', 'inlineCode', 'break'])
          types.delete(type);
        expect([...types]).toEqual([]);
        expect(parse(markdown).children.map((node) => node.type)).toEqual(['blockquote']);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('fenced', () => {
  it('cannot be closed from inside', () => {
    fc.assert(
      fc.property(text, (given) => {
        const [only, ...rest] = parse(fenced(given, 'diff')).children;
        expect(rest).toEqual([]);
        expect(only).toMatchObject({ type: 'code', lang: 'diff' });
      }),
    );
  });
});
