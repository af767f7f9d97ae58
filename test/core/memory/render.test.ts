import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/core/memory/entry.ts';
import type { Operation } from '../../../src/core/memory/operation.ts';
import { renderProposals } from '../../../src/core/memory/render.ts';
import { entryWith, storeOf } from '../../support/markdown.ts';

/** The store after operations, each a proposal of its own; null for a file that goes. */
function after(base: Store, ...operations: Operation[]): Record<string, string | null> {
  return Object.fromEntries(
    renderProposals(
      base,
      operations.map((operation, index) => ({ number: index + 1, operations: [operation] })),
    ),
  );
}

function idOf(base: Store, words: string): string {
  return entryWith(base, words).id;
}

const file = 'CLAUDE.md';
const base = storeOf({
  [file]:
    '# Rules\n\n## Testing\n\n* Run tests\n* Use vitest\n\n### Slow ones\n\nAt night.\n\n## Style\n\nKeep it short.\n',
});

describe('add', () => {
  it('joins the list that a section ends in, with its marker, before the subheadings', () => {
    expect(
      after(base, { op: 'add', file, heading: ['Rules', 'Testing'], text: 'Mock nothing' })[file],
    ).toContain('* Use vitest\n* Mock nothing\n\n### Slow ones');
  });

  it('is a paragraph where there is no list, or the list it is given as', () => {
    expect(after(base, { op: 'add', file, heading: ['Rules', 'Style'], text: 'Name well.' })[file]).toMatch(
      /Keep it short.\n\nName well.\n$/,
    );
    expect(after(base, { op: 'add', file, heading: ['Rules', 'Style'], text: '- Name well.' })[file]).toMatch(
      /Keep it short.\n\n- Name well.\n$/,
    );
  });

  it('finds a heading without the title above it', () => {
    expect(after(base, { op: 'add', file, heading: ['style'], text: 'Name well.' })[file]).toMatch(
      /Keep it short.\n\nName well.\n$/,
    );
  });

  it('under a new heading is a list item where the file keeps lists', () => {
    const store = storeOf({ [file]: '# A\n\n+   one\n+   two\n' });
    expect(after(store, { op: 'add', file, heading: ['A', 'Notes'], text: 'Three.' })[file]).toBe(
      '# A\n\n+   one\n+   two\n\n## Notes\n\n+   Three.\n',
    );
  });

  it('makes missing headings at the end of the deepest one, once', () => {
    const heading = ['Rules', 'Testing', 'Data'];
    expect(
      after(base, { op: 'add', file, heading, text: '- One' }, { op: 'add', file, heading, text: '- Two' })[
        file
      ],
    ).toContain('At night.\n\n### Data\n\n- One\n- Two\n\n## Style');
  });

  it('makes a new file with a title from its name', () => {
    const path = 'memory/build-and-test.md';
    expect(after(base, { op: 'add', file: path, heading: ['Speed'], text: 'Cache it' })[path]).toBe(
      '# Build and test\n\n## Speed\n\nCache it\n',
    );
  });

  it('does not join a list under a lead-in, which would turn its sense', () => {
    const store = storeOf({ [file]: '# R\n\n**Do NOT:**\n- force-push\n' });
    expect(after(store, { op: 'add', file, text: 'Run tests' })[file]).toBe(
      '# R\n\n**Do NOT:**\n- force-push\n\nRun tests\n',
    );
  });

  it('goes on counting in an ordered list, loose if it is loose', () => {
    const store = storeOf({ [file]: '1. One\n\n2. Two\n' });
    expect(after(store, { op: 'add', file, text: 'Three\n\nand more' })[file]).toBe(
      '1. One\n\n2. Two\n\n3. Three\n\n   and more\n',
    );
  });

  it('writes line endings as the file does, and no final newline where there is none', () => {
    expect(after(storeOf({ [file]: '- One\r\n- Two' }), { op: 'add', file, text: 'Three\nmore' })[file]).toBe(
      '- One\r\n- Two\r\n- Three\r\n  more',
    );
  });
});

describe('revise', () => {
  it('keeps marker and indentation', () => {
    expect(
      after(base, { op: 'revise', entry: idOf(base, 'Use vitest'), text: '- Use vitest\nwith coverage' })[
        file
      ],
    ).toContain('* Run tests\n* Use vitest\n  with coverage\n\n###');
  });

  it('with the same text changes nothing', () => {
    expect(after(base, { op: 'revise', entry: idOf(base, 'Use vitest'), text: 'Use vitest' })).toEqual({});
  });
});

describe('retire', () => {
  it('takes the lines of the entry, and of two gaps one', () => {
    expect(after(base, { op: 'retire', entry: idOf(base, 'Run tests') })[file]).toContain(
      '## Testing\n\n* Use vitest\n\n###',
    );
    expect(after(base, { op: 'retire', entry: idOf(base, 'At night') })[file]).toContain(
      '### Slow ones\n\n## Style',
    );
    expect(after(base, { op: 'retire', entry: idOf(base, 'Keep it short') })[file]).toMatch(/## Style\n$/);
  });

  it('takes a lead-in whose last entry left', () => {
    const store = storeOf({ [file]: 'Intro\n\n**Do NOT:**\n- force-push\n\nRun tests\n' });
    expect(after(store, { op: 'retire', entry: idOf(store, 'force-push') })[file]).toBe(
      'Intro\n\nRun tests\n',
    );
  });

  it('never lets neighbours run together', () => {
    const store = storeOf({ [file]: 'Before\n- item\n***\n' });
    expect(after(store, { op: 'retire', entry: idOf(store, 'item') })[file]).toBe('Before\n\n***\n');
  });

  it('never makes front matter of what stood between two rules', () => {
    const store = storeOf({ [file]: 'First\n\n---\n\n- item\n\n---\n' });
    expect(after(store, { op: 'retire', entry: idOf(store, 'First') })[file]).toBe(
      '\n---\n\n- item\n\n---\n',
    );
  });

  it('removes a topic file when its last entry leaves, but no host file', () => {
    const store = storeOf({
      'memory/a.md': '---\nx: 1\n---\n# A\n\n- only\n',
      'AGENTS.md': '# A\n\n- alone\n',
    });
    expect(
      after(
        store,
        { op: 'retire', entry: idOf(store, 'only') },
        { op: 'retire', entry: idOf(store, 'alone') },
      ),
    ).toEqual({
      'memory/a.md': null,
      'AGENTS.md': '# A\n',
    });
  });
});

describe('merge', () => {
  it('stands where the first entry of the target stood', () => {
    const entries = [idOf(base, 'Use vitest'), idOf(base, 'Run tests')];
    expect(after(base, { op: 'merge', entries, file, text: 'Run tests with vitest' })[file]).toContain(
      '## Testing\n\n* Run tests with vitest\n\n###',
    );
  });

  it('stands where its wording stands already', () => {
    const store = storeOf({ [file]: '- run tests\n- lint\n- run all tests\n' });
    const entries = [idOf(store, 'run tests'), idOf(store, 'run all tests')];
    expect(after(store, { op: 'merge', entries, file, text: 'run all tests' })[file]).toBe(
      '- lint\n- run all tests\n',
    );
  });

  it('across files leaves one', () => {
    const store = storeOf({ 'memory/a.md': '- one\n- two\n', 'memory/b.md': '- three\n- four\n' });
    const entries = [idOf(store, 'one'), idOf(store, 'three')];
    expect(after(store, { op: 'merge', entries, file: 'memory/b.md', text: 'one and three' })).toEqual({
      'memory/a.md': '- two\n',
      'memory/b.md': '- one and three\n- four\n',
    });
  });
});

describe('move', () => {
  it('keeps the text, in the style of its new list', () => {
    const store = storeOf({ 'a.md': '- one\n  more\n- two\n', 'b.md': '# B\n\n* three\n' });
    expect(after(store, { op: 'move', entry: idOf(store, 'one'), file: 'b.md' })).toEqual({
      'a.md': '- two\n',
      'b.md': '# B\n\n* three\n* one\n  more\n',
    });
  });

  it('takes its lead-in along', () => {
    const store = storeOf({ 'a.md': '**Never:**\n\n- push\n- pull\n', 'b.md': '# B\n\n- three\n' });
    expect(after(store, { op: 'move', entry: idOf(store, 'push'), file: 'b.md' })).toEqual({
      'a.md': '**Never:**\n\n- pull\n',
      'b.md': '# B\n\n- three\n\n**Never:**\n\n- push\n',
    });
    expect(after(store, { op: 'move', entry: idOf(store, 'Never'), file: 'b.md' })).toEqual({
      'a.md': null,
      'b.md': '# B\n\n- three\n\n**Never:**\n\n- push\n- pull\n',
    });
  });
});

describe('the index', () => {
  const indexed = storeOf({
    'memory/MEMORY.md': '# Index\n\n- [Old](old.md): things\n- [Kept](kept.md): more\n',
    'memory/old.md': '# Old\n\n- the last one\n',
    'memory/kept.md': '# Kept\n\n- stays\n',
  });

  it('lists a new topic file and loses one that goes', () => {
    const operations: Operation[] = [
      { op: 'retire', entry: idOf(indexed, 'the last one') },
      { op: 'add', file: 'memory/new-topic.md', text: `Something ${'very '.repeat(60)}long` },
    ];
    const index = after(indexed, ...operations)['memory/MEMORY.md'] ?? '';
    expect(index).not.toContain('old.md');
    expect(index).toMatch(
      /- \[Kept\]\(kept.md\): more\n- \[New topic\]\(new-topic.md\): Something very .*…\n$/,
    );
    expect(Math.max(...index.split('\n').map((line) => line.length))).toBeLessThanOrEqual(150);
  });
});

describe('what cannot be rendered', () => {
  const retire: Operation = { op: 'retire', entry: idOf(base, 'Run tests') };

  it.each<[string, Operation[]]>([
    ['an unknown entry', [{ op: 'retire', entry: '0123456789' }]],
    ['an entry in two operations', [retire, retire]],
    ['a text that opens a heading', [{ op: 'add', file, text: '# Owned' }]],
    ['a heading inside an item', [{ op: 'add', file, text: '- # Owned' }]],
    ['a text that opens a fence', [{ op: 'add', file, text: 'Fine\n```\nnot closed' }]],
    ['a comment', [{ op: 'add', file, text: 'Fine <!-- hidden -->' }]],
    ['a comment that swallows the rest', [{ op: 'add', file, text: 'Fine\n<!-- hidden' }]],
    ['two list items', [{ op: 'add', file, text: '- one\n- two' }]],
    ['an underlined heading', [{ op: 'add', file, text: 'Owned\n---' }]],
    ['nothing', [{ op: 'add', file, text: ' \n ' }]],
    ['front matter', [{ op: 'add', file: 'memory/x.md', text: '---\na: 1\n---' }]],
    ['a way out of the repository', [{ op: 'add', file: '../x.md', text: 'x' }]],
    ['a file in .git', [{ op: 'add', file: '.git/x.md', text: 'x' }]],
    ['a file that is no Markdown', [{ op: 'add', file: 'package.json', text: 'x' }]],
  ])('%s is refused as a conflict', (_what, operations) => {
    expect(() => after(base, ...operations)).toThrow(expect.objectContaining({ code: 'conflict' }));
  });
});
