import { describe, expect, it } from 'vitest';
import { parseFile, parseStore } from '../../../src/core/memory/parse.ts';

/** Kind, lines and text of each entry. */
function entries(text: string): string[] {
  return parseFile('CLAUDE.md', text).entries.map(
    ({ kind, lines, text: said }) => `${kind} ${lines.join('-')} ${said}`,
  );
}

describe('what an entry is', () => {
  it('a top-level list item with its children, dedented', () => {
    expect(entries('- one\n  more\n  - nested\n- [ ] two\n\n3. three\n\n   and more')).toEqual([
      'item 1-3 one\nmore\n- nested',
      'item 4-4 [ ] two',
      'item 6-8 three\n\nand more',
    ]);
  });

  it('a paragraph with the fences and tables after it', () => {
    expect(entries('Build it:\n\nRun this\n\n```sh\n- no item\n# no heading\n```\n\n| a |\n| - |')).toEqual([
      'lead-in 1-1 Build it:',
      'paragraph 3-11 Run this\n\n```sh\n- no item\n# no heading\n```\n\n| a |\n| - |',
    ]);
  });

  it('a quote, and HTML that says something', () => {
    expect(entries('> quoted\n> more\n\n<details>\n<summary>Words</summary>\n</details>\n\n<br/>')).toEqual([
      'quote 1-2 > quoted\n> more',
      'html 4-6 <details>\n<summary>Words</summary>\n</details>',
    ]);
  });

  it('no front matter, heading, rule, link definition or lone comment', () => {
    expect(
      entries('---\ntitle: x\n---\n# A\n\nB\n===\n\n---\n\n[ref]: https://example.org\n\n<!-- note -->\n'),
    ).toEqual([]);
  });

  it('a rule in the first line is no front matter when nothing closes it', () => {
    expect(entries('---\n\n- one\n> two')).toEqual(['item 3-3 one', 'quote 4-4 > two']);
  });

  it('a list item that ends in a colon is one item with its children', () => {
    expect(entries('- Do:\n  - a\n  - b')).toEqual(['item 1-3 Do:\n- a\n- b']);
  });
});

describe('where an entry stands', () => {
  it('has the headings above it, without their marks', () => {
    const { entries: found, headings } = parseFile(
      'a.md',
      '# **Title**\n\nSub `code`\n---\n- x\n\n### Deep ###\n- y\n\n## Next\n- z',
    );
    expect(found.map((entry) => entry.headings.join(' > '))).toEqual([
      'Title > Sub code',
      'Title > Sub code > Deep',
      'Title > Next',
    ]);
    expect(headings.map(({ depth, line }) => [depth, line])).toEqual([
      [1, 1],
      [2, 3],
      [3, 7],
      [2, 10],
    ]);
  });

  it.each(['**Do NOT:**', 'Never do this:', '**Forbidden**'])(
    '%s leads in the list below it, and only that',
    (leadIn) => {
      const found = parseFile('a.md', `${leadIn}\n- force-push\n- skip tests\n\nSomething else`).entries;
      expect(found.map((entry) => [entry.kind, entry.leadIn])).toEqual([
        ['lead-in', undefined],
        ['item', leadIn.replaceAll('*', '')],
        ['item', leadIn.replaceAll('*', '')],
        ['paragraph', undefined],
      ]);
    },
  );

  it('what leads to nothing is a paragraph', () => {
    expect(entries('**Never push to main.**\n\n# Next')).toEqual(['paragraph 1-1 **Never push to main.**']);
  });

  it('a keep comment protects its entry, or the one after it', () => {
    const kept = parseFile(
      'a.md',
      '- a <!-- keep -->\n- b\n\n<!-- keep -->\n- c\n- d\n\n<!-- keep -->\n\n# H\n\ne',
    );
    expect(kept.entries.map(({ text, keep }) => [text[0], keep])).toEqual([
      ['a', true],
      ['b', false],
      ['c', true],
      ['d', false],
      ['e', false],
    ]);
  });
});

describe('offsets', () => {
  it.each([
    ['a byte order mark', '\ufeff# T\n\n- one\n- two\n'],
    ['CRLF', '# T\r\n\r\n- one\r\n- two\r\n'],
    ['front matter', '---\na: 1\n---\n- one\n- two'],
    ['tabs', '-\tone\n\n\tmore\n-\ttwo'],
  ])('are right with %s', (_what, text) => {
    const [one, two] = parseFile('a.md', text).entries;
    expect(text.slice(one?.start, one?.end)).toMatch(/^-\s+one/);
    expect(text.slice(two?.start, two?.end)).toMatch(/^-\s+two$/);
  });
});

describe('ids', () => {
  it('are 10 hex digits, and differ by file, heading and text, not by place, marker or white space', () => {
    const [a, b] = [
      parseFile('a.md', '# H\n\n- same words'),
      parseFile('a.md', 'x\n\n# H\n\n* same\n  words\n'),
    ];
    expect(a.entries[0]?.id).toMatch(/^[0-9a-f]{10}$/);
    expect(b.entries[1]?.id).toBe(a.entries[0]?.id);
    expect(parseFile('b.md', '# H\n\n- same words').entries[0]?.id).not.toBe(a.entries[0]?.id);
    expect(parseFile('a.md', '# I\n\n- same words').entries[0]?.id).not.toBe(a.entries[0]?.id);
  });

  it('count exact repeats under one heading', () => {
    const [first, second, third] = parseFile('a.md', '- x\n- x\n\n- x').entries.map(({ id }) => id);
    expect([second, third]).toEqual([`${first}-2`, `${first}-3`]);
  });
});

describe('parseStore', () => {
  it('sorts files by code unit and finds every entry by id', () => {
    const store = parseStore(['b.md', 'a.md', 'Z.md'].map((path) => ({ path, text: `- in ${path}` })));
    expect(store.files.map(({ path }) => path)).toEqual(['Z.md', 'a.md', 'b.md']);
    for (const [id, entry] of store.entries) expect(entry.id).toBe(id);
    expect(store.entries.size).toBe(3);
  });
});

describe('hostile Markdown', () => {
  it.each([
    ['quotes in quotes', '> '.repeat(50_000)],
    ['lists in lists', '- '.repeat(50_000)],
    [
      'ever deeper lists',
      Array.from({ length: 400 }, (_, depth) => `${' '.repeat(2 * depth)}- x`).join('\n'),
    ],
    ['one endless paragraph', 'words | in a line\n'.repeat(20_000)],
    ['one endless line of tabs', `${'\t'.repeat(200_000)}x`],
    ['open brackets', '['.repeat(200_000)],
    ['open comments', '<!-- '.repeat(50_000)],
    ['NUL and lone surrogates', '- a\0b\n- \ud800\n'],
  ])('%s parse in seconds', (_what, text) => {
    expect(() => parseFile('a.md', text)).not.toThrow();
  });
});
