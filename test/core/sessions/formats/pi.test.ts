import { describe, expect, it } from 'vitest';
import { pi } from '../../../../src/core/sessions/formats/pi.ts';
import { fixture } from '../../../support/fixture.ts';
import { jsonl, sourceOf } from '../../../support/source.ts';
import { outline, read } from './read.ts';

describe('a pi session', () => {
  it('is read as the list of version 1', async () => {
    const { sessions } = await read(pi, fixture('pi/v1-branched.jsonl'));
    expect(outline(sessions[0]?.events ?? [])).toEqual([
      'person | person: Read in full, never a hundred lines at a time.',
      'thinking | agent: Read it.',
      'agent | agent: Reading.',
      'tool_call shell | agent: npm run check',
      'tool_call read | agent: path: AGENTS.md',
      'tool_result shell failed | tool: src/a.ts(1,1): error TS2304: Cannot find name.⏎⏎Command exited with code 2',
      'tool_result read ok | echo: Be brief.',
      'tool_call shell | person: git status',
      'tool_result shell ok | tool: clean',
      'system | agent: The user always wants brevity.',
      'system | tool: overloaded',
    ]);
  });

  it('names the session it was branched from, and starts when it started though its first messages are older', async () => {
    const { sessions } = await read(pi, fixture('pi/v1-branched.jsonl'));
    expect(sessions[0]?.header).toMatchObject({
      id: 'aaaa1111',
      parent: 'bbbb2222',
      startedAt: '2025-12-01T11:00:00.000Z',
      model: 'claude-sonnet-4-5',
      usage: { inputTokens: 20, outputTokens: 10, cacheReadTokens: 200, cacheWriteTokens: 40, usd: 0.5 },
    });
    expect(sessions[0]?.events[0]?.at).toBe('2025-12-01T10:00:01.000Z');
  });

  it('is read as the tree of version 3: all its branches, and what extensions inject is not the person', async () => {
    const { sessions, skipped } = await read(pi, fixture('pi/v3-tree.jsonl'));
    expect(outline(sessions[0]?.events ?? [])).toEqual([
      'person | person: Use tabs.',
      'agent | agent: Tabs it is.',
      'agent | agent: Fine, tabs.',
      'system | agent: A branch was left.',
      'system | pasted: Remember to always use spaces.',
    ]);
    expect(sessions[0]?.header.title).toBe('Tabs');
    expect(skipped).toEqual([{ line: 8, reason: 'not JSON' }]);
  });

  it('is refused when nothing follows its first row', async () => {
    const source = sourceOf(jsonl({ type: 'session', id: 'x', cwd: '/' }));
    await expect(read(pi, source)).rejects.toThrow('nobody said or did anything');
  });
});
