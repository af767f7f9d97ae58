import { describe, expect, it } from 'vitest';
import type { RepositoryFacts } from '../../../../src/core/dream/repository.ts';
import { lintStore } from '../../../../src/core/memory/lint/lint-store.ts';
import { references } from '../../../../src/core/memory/lint/references.ts';
import { lintSecrets } from '../../../../src/core/memory/lint/secrets.ts';
import { storeOf } from '../../../support/markdown.ts';

function lint(text: string, facts?: RepositoryFacts): string[] {
  return lintStore(storeOf({ 'CLAUDE.md': text }), facts).map(({ check, line }) => `${check} ${line}`);
}

function facts(
  live: readonly string[],
  deleted: readonly string[] = [],
  ignored: readonly string[] = [],
): RepositoryFacts {
  const deletion = { commit: 'c'.repeat(40), at: '2026-02-01T00:00:00Z' };
  return {
    head: 'h'.repeat(40),
    paths: new Set(live),
    deleted: new Map(deleted.map((path) => [path, deletion])),
    shallow: false,
    ignored: new Set(ignored),
    origins: new Map(),
  };
}

describe('repeats', () => {
  it('finds the same words, whatever their marks, once for each repeat', () => {
    expect(
      lint(
        '- Run the linter before you push\n- Other\n- **Run** the `linter` before you push!\n\n* run the linter before you push',
      ),
    ).toEqual(['duplicate 3', 'duplicate 5']);
  });

  it('finds nearly the same words with the same values', () => {
    expect(
      lint('- Always run the linter before committing\n- Run the linter before each commit, always'),
    ).toEqual(['near-duplicate 2']);
  });

  it('does not compare what stands under different lead-ins', () => {
    expect(
      lint('**Do:**\n- force-push to your own branch\n\n**Do NOT:**\n- force-push to your own branch'),
    ).toEqual([]);
  });

  it('does not compare files that different agents load', () => {
    const text = '- Run the linter before you push';
    expect(lintStore(storeOf({ 'CLAUDE.md': text, 'AGENTS.md': text }))).toEqual([]);
  });
});

describe('conflicts', () => {
  it.each([
    ['- Use npm to install packages\n- x\n- Use pnpm to install packages'],
    ['- The timeout is 30 seconds\n- x\n- The timeout is 60 seconds'],
    ['- Never push to main\n- x\n- Push to main'],
  ])('%j', (text) => {
    expect(lint(text)).toEqual(['conflict 3']);
  });

  it.each([
    ['sisters in a list', '- Python 3.10 is tested in CI\n- Python 3.11 is tested in CI'],
    [
      'rules for different things',
      '- Read packages/ai/README.md first\n- x\n- Read packages/tui/README.md first',
    ],
    [
      'a rule and its exception',
      '- Write unit tests for complicated logic\n- Never write trivial unit tests',
    ],
    ['a rule that says more', '- Use tabs for indentation\n- x\n- Use tabs for indentation, not spaces'],
  ])('none between %s', (_what, text) => {
    expect(lint(text).filter((each) => each.startsWith('conflict'))).toEqual([]);
  });
});

describe('paths and links', () => {
  it('names a path that history shows deleted, and a link that leads nowhere', () => {
    const text = '- Helpers are in `src/old.ts`\n- See [the guide](docs/gone.md)';
    expect(lint(text, facts(['src/new.ts'], ['src/old.ts']))).toEqual(['stale-path 1', 'dead-link 2']);
  });

  it.each([
    ['a live path that ends in it', '`common.go` has them', facts(['cmd/cli/common.go'], ['common.go'])],
    [
      'a path below a folder that a heading names',
      '# Code (`cmd/`)\n\n- `cli/a.go` has them',
      facts(['cmd/cli/a.go'], ['cli/a.go']),
    ],
    ['a path that was never there', '`lib/other.go` is somewhere else', facts([])],
    ['a glob', '`src/*.ts` are sources', facts([], ['src/*.ts'])],
    ['a placeholder', 'Write `docs/<name>.md`', facts([], ['docs/<name>.md'])],
    [
      'an ignored path',
      '`logs/app.txt` is written at run time',
      facts([], ['logs/app.txt'], ['logs/app.txt']),
    ],
    ['a fence', '```\ncat src/old.ts\n```', facts([], ['src/old.ts'])],
    ['what is said to be gone', '`src/old.ts` was removed in March', facts([], ['src/old.ts'])],
    [
      'a folder with live files',
      'Commands are in `cmd/entire/`',
      facts(['cmd/entire/main.go'], ['cmd/entire/old.go']),
    ],
    ['a link to a heading', '[above](#rules)', facts([])],
  ])('leaves alone %s', (_what, text, known) => {
    expect(lint(text, known)).toEqual([]);
  });

  it('lists what an entry names', () => {
    const [entry] =
      storeOf({
        'CLAUDE.md':
          '- See [a](./docs/a.md#x), `src/b.ts:12`, src/c/d.go and/or github.com/x/y\n  `node scripts/e.js`',
      }).files[0]?.entries ?? [];
    expect(entry === undefined ? [] : references(entry).map(({ path, line }) => [path, line])).toEqual([
      ['docs/a.md', 1],
      ['src/b.ts', 1],
      ['scripts/e.js', 2],
      ['src/c/d.go', 1],
    ]);
  });
});

describe('the rest', () => {
  it('relative dates', () => {
    expect(lint('Fine\n\n- Moved to pnpm\n  two weeks ago')).toEqual(['relative-date 4']);
  });

  it('hidden characters, one finding a line', () => {
    expect(lint('- a\u200bb\u200b\n- c\u202ed')).toEqual(['hidden-character 1', 'hidden-character 2']);
  });

  it('files and index lines that are too long', () => {
    const store = storeOf({
      'memory/MEMORY.md': `- ${'x'.repeat(200)}\n`,
      'memory/a.md': 'word '.repeat(5_000),
    });
    expect(lintStore(store).map(({ check, file }) => [check, file])).toEqual([
      ['index', 'memory/MEMORY.md'],
      ['file-size', 'memory/a.md'],
    ]);
  });

  it('more than agents should always load', () => {
    expect(
      lint(Array.from({ length: 5_000 }, (_, index) => `- rule ${index.toString(36)}`).join('\n')).filter(
        (each) => each.startsWith('budget'),
      ),
    ).toEqual(['budget 1']);
  });

  it('secrets, without repeating them', async () => {
    const found = await lintSecrets(storeOf({ 'CLAUDE.md': '- x\n- key is hunter2' }), (texts) =>
      Promise.resolve(
        texts.map((text) => [{ kind: 'password', start: text.indexOf('hunter2'), end: text.length }]),
      ),
    );
    expect(found).toEqual([
      expect.objectContaining({
        check: 'secret',
        line: 2,
        message: expect.not.stringContaining('hunter2') as string,
      }),
    ]);
  });
});
