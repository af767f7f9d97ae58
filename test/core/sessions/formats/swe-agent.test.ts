import { describe, expect, test } from 'vitest';
import { sweAgent } from '../../../../src/core/sessions/formats/swe-agent.ts';
import { sourceOf } from '../../../support/source.ts';
import { outline, read, textsOf, type Read } from './read.ts';

const reading = (document: unknown, path = 'runs/app-17.traj'): Promise<Read> =>
  read(sweAgent, sourceOf(JSON.stringify(document), path));

const task = { role: 'user', content: 'Solve this issue:\nISSUE:\nRounding is wrong', agent: 'main' };
const system = { role: 'system', content: 'SETTING: You are a programmer', agent: 'main' };
const demonstration = { role: 'user', content: 'Here is a demonstration', is_demo: true };
const step = (over: Record<string, unknown>) => ({
  thought: 'Look.',
  action: 'ls\n',
  observation: 'money.py\n',
  response: 'Look.\n```\nls\n```',
  state: '{"open_file": "n/a", "working_dir": "/app"}\n',
  ...over,
});
const trajectory = {
  environment: 'swe_main',
  history: [system, demonstration, task],
  trajectory: [
    step({}),
    step({
      thought: '',
      action: 'open money.py',
      observation: '[File: money.py (1 lines total)]',
      state: { open_file: '/app/money.py', working_dir: '/app' },
    }),
    step({
      thought: 'Fix.',
      action: 'edit 1:1\nreturn half_up(x)\nend_of_edit',
      observation: 'Your proposed edit has introduced new syntax error(s).',
    }),
    step({
      thought: 'Test.',
      action: 'python -m pytest | tail -1',
      observation: '1 failed, 3 passed in 0.1s',
    }),
    step({ thought: '', action: 'submit', observation: 'diff --git a/money.py b/money.py' }),
  ],
  info: {
    exit_status: 'submitted',
    model_stats: { tokens_sent: 900, tokens_received: 80, instance_cost: 0.1 },
  },
};

test('a trajectory as it was', async () => {
  const { sessions } = await reading(trajectory);
  expect(sessions[0]?.header).toMatchObject({
    agent: 'swe-agent',
    interactive: false,
    cwd: '/app',
    usage: { inputTokens: 900, outputTokens: 80, usd: 0.1 },
  });
  expect(outline(sessions[0]?.events ?? [])).toEqual([
    'system | pasted: Solve this issue:⏎ISSUE:⏎Rounding is wrong',
    'agent | agent: Look.',
    'tool_call shell | agent: ls',
    'tool_result shell ok | tool: money.py',
    'tool_call read | agent: path: money.py',
    'tool_result read ok | tool: [File: money.py (1 lines total)]',
    'agent | agent: Fix.',
    'tool_call edit | agent: return half_up(x)',
    'tool_result edit failed | tool: Your proposed edit has introduced new syntax error(s).',
    'agent | agent: Test.',
    'tool_call shell | agent: python -m pytest | tail -1',
    'tool_result shell failed | tool: 1 failed, 3 passed in 0.1s',
    'tool_call other | agent: submit',
    'tool_result other ok | tool: diff --git a/money.py b/money.py',
  ]);
  expect(sessions[0]?.events[7]?.tool?.path).toBe('/app/money.py');
});

test('no words of a person are in it, and no demonstration', async () => {
  const { sessions } = await reading(trajectory);
  const events = sessions[0]?.events ?? [];
  expect([...textsOf(events, 'person'), ...textsOf(events, 'claimed')]).toEqual([]);
  expect(JSON.stringify(events)).not.toContain('demonstration');
});

test('a file with nothing but its messages', async () => {
  const call = { id: 'c1', type: 'function', function: { name: 'bash', arguments: '{"command":"ls"}' } };
  const { sessions } = await reading({
    history: [
      { ...system, message_type: 'system_prompt' },
      task,
      {
        role: 'assistant',
        content: 'Look.',
        thought: 'Look.',
        action: 'ls',
        tool_calls: [call],
        message_type: 'action',
      },
      {
        role: 'tool',
        content: 'a.py\n(Open file: n/a)\n(Current directory: /app)\nbash-$',
        tool_call_ids: ['c1'],
      },
    ],
  });
  expect(outline(sessions[0]?.events ?? []).slice(1)).toEqual([
    'agent | agent: Look.',
    'tool_call shell | agent: ls',
    'tool_result shell ok | tool: a.py',
  ]);
});

describe('ids', () => {
  const id = async (document: unknown, path?: string) =>
    (await reading(document, path)).sessions[0]?.header.id;
  test('stay while the run grows and wherever the file lies', async () => {
    const shorter = { ...trajectory, trajectory: trajectory.trajectory.slice(0, 3), info: {} };
    expect(await id(shorter)).toBe(await id(trajectory));
    expect(await id(trajectory, 'elsewhere/app-17.traj')).toBe(await id(trajectory));
  });
  test('differ for another run of the same task', async () => {
    expect(await id(trajectory, 'runs/app-17-b.traj')).not.toBe(await id(trajectory));
  });
});

test('a cut file and an empty run are refused with the reason', async () => {
  await expect(read(sweAgent, sourceOf('{"trajectory":[{"action":"ls"', 'a.traj'))).rejects.toThrow(
    'cut off',
  );
  await expect(reading({ trajectory: [], history: [], environment: 'x' })).rejects.toThrow(
    'without a single step',
  );
});

test('is recognised by its content, also when the head is cut', () => {
  const text = JSON.stringify(trajectory);
  expect(sweAgent.detect(text, 'x.json')).toBe(2);
  expect(sweAgent.detect(text.slice(0, 900), 'x.json')).toBe(2);
  expect(sweAgent.detect('{"history":[]}', 'x.json')).toBe(0);
});
