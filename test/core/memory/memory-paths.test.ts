import { expect, it } from 'vitest';
import { defaultMemoryPaths } from '../../../src/core/config.ts';
import { memoryMatcher } from '../../../src/core/memory/memory-paths.ts';

it.each([
  'CLAUDE.md',
  'web/app/AGENTS.md',
  '.claude/rules/a/b.md',
  '.cursor/rules/x.mdc',
  'memory/people/ann/a.md',
])('%s is memory', (path) => {
  expect(memoryMatcher(defaultMemoryPaths)(path)).toBe(true);
});

it.each(['README.md', 'node_modules/x/CLAUDE.md', '.git/CLAUDE.md', 'memory/a.txt'])('%s is not', (path) => {
  expect(memoryMatcher(defaultMemoryPaths)(path)).toBe(false);
});

it('a pattern with ! takes away', () => {
  const isMemory = memoryMatcher(['memory/**', '!memory/private/**']);
  expect([isMemory('memory/a.md'), isMemory('memory/private/a.md')]).toEqual([true, false]);
});
