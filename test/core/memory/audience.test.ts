import { describe, expect, it } from 'vitest';
import { alwaysLoaded, audienceOf, sameAudience } from '../../../src/core/memory/audience.ts';
import { storeOf } from '../../support/markdown.ts';

const store = storeOf({
  'CLAUDE.md': 'See @docs/rules.md and `@not/this.md`.\n\nRead docs/testing.md before tests.',
  'docs/rules.md': '- imported, @more.md',
  'docs/more.md': '- imported twice',
  'docs/testing.md': '- linked',
  'not/this.md': '- in code',
  'web/CLAUDE.md': '- web',
  'AGENTS.md': '- codex',
  'GEMINI.md': '- gemini',
  '.claude/rules/api.md': '---\npaths:\n  - "src/api/**"\n---\n- api',
  '.claude/rules/all.md': '- all',
  '.claude/skills/deploy/SKILL.md': '- deploy',
  '.github/copilot-instructions.md': '- copilot',
  '.github/instructions/ts.instructions.md': '---\napplyTo: "**/*.ts"\n---\n- ts',
  '.github/instructions/all.instructions.md': "---\napplyTo: '**'\n---\n- all",
  '.cursor/rules/a.mdc': '---\nglobs: *.py\nalwaysApply: false\n---\n- py',
  'memory/MEMORY.md': '- [Testing](testing.md)',
  'memory/testing.md': '- reached, see [[deep]]',
  'memory/deep.md': '- reached from there',
  'memory/lost.md': '- reached by nothing',
});

function loads(path: string): string[] {
  return audienceOf(store, path).map(({ agent, when, where }) => `${agent} ${when} ${where}`.trim());
}

describe('who loads a file', () => {
  it.each([
    ['CLAUDE.md', ['claude-code always']],
    ['docs/rules.md', ['claude-code always']],
    ['docs/more.md', ['claude-code always']],
    ['docs/testing.md', ['claude-code demand']],
    ['web/CLAUDE.md', ['claude-code folder web']],
    ['AGENTS.md', ['codex always']],
    ['GEMINI.md', ['gemini-cli always']],
    ['.claude/rules/api.md', ['claude-code paths src/api/**']],
    ['.claude/rules/all.md', ['claude-code always']],
    ['.claude/skills/deploy/SKILL.md', ['claude-code demand .claude/skills/deploy/SKILL.md']],
    ['.github/copilot-instructions.md', ['copilot always']],
    ['.github/instructions/ts.instructions.md', ['copilot paths **/*.ts']],
    ['.github/instructions/all.instructions.md', ['copilot always']],
    ['.cursor/rules/a.mdc', ['cursor paths *.py']],
    ['memory/MEMORY.md', ['any always']],
    ['memory/testing.md', ['any demand']],
    ['memory/deep.md', ['any demand']],
    ['memory/lost.md', []],
  ])('%s', (path, expected) => {
    expect(loads(path)).toEqual(expected);
  });
});

it('audiences are the same when the same agents load both files under the same conditions', () => {
  expect(sameAudience(store, 'CLAUDE.md', 'docs/rules.md')).toBe(true);
  expect(sameAudience(store, 'CLAUDE.md', 'AGENTS.md')).toBe(false);
  expect(sameAudience(store, 'CLAUDE.md', 'web/CLAUDE.md')).toBe(false);
  expect(sameAudience(store, 'memory/people/ann/a.md', 'memory/people/ben/a.md')).toBe(false);
});

it('always loaded is what an agent has wherever it works', () => {
  expect(alwaysLoaded(store, 'docs/more.md')).toBe(true);
  expect(alwaysLoaded(store, 'web/CLAUDE.md')).toBe(false);
});

it('imports in a circle end', () => {
  const circle = storeOf({ 'CLAUDE.md': '@a.md', 'a.md': '@CLAUDE.md [b](b.md)', 'b.md': '[a](a.md)' });
  expect(alwaysLoaded(circle, 'a.md')).toBe(true);
});
