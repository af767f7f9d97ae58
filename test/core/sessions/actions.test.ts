import { describe, expect, it } from 'vitest';
import { toolAction, toolUse } from '../../../src/core/sessions/actions.ts';
import { echoesMemory } from '../../../src/core/sessions/memory-path.ts';
import { shellCommand } from '../../../src/core/sessions/shell-command.ts';
import type { ToolAction } from '../../../src/core/sessions/session.ts';

describe('tools of all agents', () => {
  it.each<[ToolAction, string]>([
    ['shell', 'Bash shell exec_command run_shell_command run_terminal_cmd bash local_shell'],
    ['read', 'Read read_file view'],
    ['write', 'Write write_file create'],
    ['edit', 'Edit MultiEdit replace apply_patch str_replace_editor edit_file'],
    ['search', 'Grep Glob search_file_content codebase_search find_file'],
    ['fetch', 'WebFetch WebSearch google_web_search'],
    ['task', 'Task Agent spawn_agent'],
    ['ask', 'AskUserQuestion ask_user'],
    ['plan', 'TodoWrite ExitPlanMode update_plan'],
    ['other', 'mcp__files__read_file mcp__x__bash SlashCommand'],
  ])('%s: %s', (action, names) => {
    expect(names.split(' ').map(toolAction)).toEqual(names.split(' ').map(() => action));
  });
});

describe('a call', () => {
  it('of a shell shows its command', () => {
    expect(toolUse('shell', { command: ['bash', '-lc', 'npm test'] }, 'c1')).toEqual({
      tool: { name: 'shell', call: 'c1', action: 'shell', command: 'npm test' },
      text: 'npm test',
    });
  });

  it('of an edit shows the new text, with the path and what was replaced', () => {
    expect(toolUse('Edit', { file_path: 'a.md', old_string: 'tabs', new_string: 'spaces' })).toEqual({
      tool: { name: 'Edit', action: 'edit', path: 'a.md', replaced: 'tabs' },
      text: 'spaces',
    });
  });

  it('of several edits shows them all', () => {
    const edits = [
      { old_string: 'a', new_string: 'b' },
      { old_string: 'c', new_string: 'd' },
    ];
    expect(toolUse('MultiEdit', { file_path: 'a.md', edits })).toMatchObject({
      text: 'b\nd',
      tool: { replaced: 'a\nc' },
    });
  });

  it('of a patch shows the patch and its first file, also when a shell applies it', () => {
    const patch = '*** Begin Patch\n*** Update File: docs/a.md\n@@\n-tabs\n+spaces\n*** End Patch';
    const expected = { tool: { action: 'edit', path: 'docs/a.md' }, text: patch };
    expect(toolUse('apply_patch', patch)).toMatchObject(expected);
    expect(toolUse('apply_patch', JSON.stringify({ input: patch }))).toMatchObject(expected);
    expect(toolUse('shell', { command: ['apply_patch', patch] })).toMatchObject(expected);
    expect(
      toolUse('shell', { command: ['bash', '-lc', `apply_patch <<'EOF'\n${patch}\nEOF`] }),
    ).toMatchObject(expected);
  });

  it('of one tool for many edits is what its command says', () => {
    expect(toolUse('str_replace_editor', { command: 'view', path: 'a.ts' }).tool.action).toBe('read');
    expect(toolUse('str_replace_editor', { command: 'create', path: 'a.ts', file_text: 'x' })).toMatchObject({
      tool: { action: 'write', path: 'a.ts' },
      text: 'x',
    });
  });

  it('of a search shows its pattern', () => {
    expect(toolUse('Grep', { pattern: 'Cart', path: 'src' })).toEqual({
      tool: { name: 'Grep', action: 'search', query: 'Cart', path: 'src' },
      text: 'Cart',
    });
  });

  it('of anything else is one line of at most 2,000 characters', () => {
    expect(toolUse('mcp__x__y', { id: 7, body: 'a\n  b', list: [1] }).text).toBe(
      'id: 7, body: a b, list: [1]',
    );
    const { text } = toolUse('mcp__x__y', { a: 'x'.repeat(5_000), b: 1 });
    expect([text.length, text.includes('\n')]).toEqual([2_000, false]);
  });

  it.each([[undefined], [null], [7], ['{broken'], [[]], [{}]])('survives the input %j', (input) => {
    for (const name of ['Bash', 'Edit', 'Write', 'Grep', 'Read', 'x'])
      expect(toolUse(name, input).tool.name).toBe(name);
  });
});

describe('a shell command', () => {
  it.each([
    [['bash', '-lc', 'ls -l | head'], 'ls -l | head'],
    [['/bin/zsh', '-c', 'ls'], 'ls'],
    [['git', 'commit', '-m', "it's done"], String.raw`git commit -m 'it'\''s done'`],
    ['bash -lc "echo \\"hi\\""', 'echo "hi"'],
    ["sh -c 'ls'", 'ls'],
    ['bash -c "a" && echo "b"', 'bash -c "a" && echo "b"'],
    [{ cmd: 'ls' }, 'ls'],
    [{ command: ['ls'] }, 'ls'],
  ])('is taken out of %j', (input, expected) => {
    expect(shellCommand(input)).toBe(expected);
  });
});

describe('memory read back', () => {
  it.each([
    ['Read', { file_path: '/home/ada/shop/CLAUDE.md' }, true],
    ['Read', { file_path: 'memory/testing.md' }, true],
    ['Read', { file_path: '/x/.claude/rules/go.md' }, true],
    ['Read', { file_path: 'src/memory/entry.ts' }, false],
    ['Bash', { command: 'cat AGENTS.md | head -50' }, true],
    ['Bash', { command: 'cd /x && sed -n 1,20p "docs/memory/index.md"' }, true],
    ['Bash', { command: 'npm test && cat AGENTS.md' }, false],
    ['Edit', { file_path: 'CLAUDE.md', new_string: 'x' }, false],
    ['Grep', { pattern: 'x', path: 'CLAUDE.md' }, true],
  ])('%s %j: %s', (name, input, expected) => {
    expect(echoesMemory(toolUse(name, input).tool)).toBe(expected);
  });
});
