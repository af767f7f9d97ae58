/** Configs that want to reach further than memory, or keep the reader busy. */
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config-file.ts';
import { memoryMatcher } from '../../src/core/memory/memory-paths.ts';
import { requireSafePath } from '../../src/git/path.ts';

describe('a config is refused when', () => {
  it.each([
    ['a glob has groups', 'memory: ["+(+(a))b"]'],
    ['a glob repeats a group', 'memory: ["(a+)+b"]'],
    ['a glob repeats a class', 'memory: ["[a-z]+[a-z]+[a-z]+!"]'],
    ['a glob has many stars', `memory: ["${'*a'.repeat(8)}b"]`],
    ['a glob has many folders', `memory: ["${'**/a/'.repeat(8)}b"]`],
    ['a protected place has groups', 'protect: ["(a+)+b#x"]'],
    ['a pattern to redact looks around', 'redact: ["(?=a)a"]'],
    ['a pattern to redact fits everywhere', 'redact: ["a*"]'],
    [
      'aliases unfold without end',
      [
        'a: &a [x,x,x,x,x,x,x,x,x]',
        ...'bcdefghi'.split('').map(
          (name, at) =>
            `${name}: &${name} [${Array(9)
              .fill(`*${'abcdefghi'[at] ?? ''}`)
              .join()}]`,
        ),
      ].join('\n'),
    ],
    ['it is nested beyond the stack', `memory: ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['it is very long', `# ${'x'.repeat(70_000)}`],
    ['it sets a prototype', '__proto__:\n  mode: auto'],
    ['it names a constructor', 'constructor:\n  prototype: {}'],
  ])('%s', (_what, text) => {
    const from = performance.now();
    expect(parseConfig(text)).toHaveProperty('errors');
    expect(performance.now() - from).toBeLessThan(5_000);
    expect(({} as Record<string, unknown>).mode).toBeUndefined();
  });

  it('redacts in linear time whatever the pattern', async () => {
    const { createRedactor } = await import('../../src/core/sessions/redact.ts');
    const from = performance.now();
    await createRedactor({ patterns: ['(a+)+b', '(a|aa)+$', '(.*)*x'] }).find(['a'.repeat(20_000)]);
    expect(performance.now() - from).toBeLessThan(20_000);
  }, 60_000);
});

describe('whatever the config says, no memory is', () => {
  const isMemory = memoryMatcher(['**', '.git/**', '.github/**']);
  it.each([
    'src/app.ts',
    'package.json',
    'Makefile',
    '.github/workflows/ci.yml',
    '.github/workflows/agent.md',
    '.github/actions/x/README.md',
    '.git/hooks/readme.md',
    '.GIT/x.md',
    'sub/.git/x.md',
    'node_modules/a/README.md',
  ])('%s', (path) => {
    expect(isMemory(path)).toBe(false);
  });
});

describe('no commit is written with the path', () => {
  it.each([
    '../a',
    'a/../../b',
    '/etc/passwd',
    '.git/config',
    '.GIT/config',
    'a/.git/x',
    '.git./x',
    '.git /x',
    '.git::$INDEX_ALLOCATION/x',
    'GIT~1/x',
    '.g\u200Cit/x',
    'C:/x',
    'a\\..\\b',
    'a\0b',
    'a//b',
    './a',
    '',
    '\uD800',
  ])('%j', (path) => {
    expect(() => requireSafePath(path)).toThrow('cannot be written');
  });
});
