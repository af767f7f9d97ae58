import { describe, expect, it } from 'vitest';
import { openaiMessages } from '../../../../src/core/sessions/formats/openai-messages.ts';
import { fixture } from '../../../support/fixture.ts';
import { jsonl, sourceOf } from '../../../support/source.ts';
import { outline, read, textsOf } from './read.ts';

const user = { role: 'user', content: 'Always use Celsius.' };
const assistant = { role: 'assistant', content: 'I will.' };

describe('chats in OpenAI messages', () => {
  it('are read from an array; nothing proves that a person typed, and a system prompt is no evidence', async () => {
    const { sessions } = await read(openaiMessages, fixture('openai-messages/chat.json'));
    expect(sessions[0]?.header).toMatchObject({ interactive: false, people: [] });
    expect(outline(sessions[0]?.events ?? [])).toEqual([
      'system | echo: You are a helpful assistant.',
      'person | claimed: What is the weather in Oslo? Always use Celsius.',
      'tool_call other | agent: city: Oslo',
      'tool_result other failed | tool: Error: no such station',
      'agent | agent: I could not find out.',
    ]);
  });

  it('are one session a line where each line holds a chat, also when they begin alike', async () => {
    const { sessions, skipped } = await read(openaiMessages, fixture('openai-messages/chats.jsonl'));
    expect(new Set(sessions.map(({ header }) => header.id)).size).toBe(2);
    expect(skipped.map(({ line }) => line)).toEqual([3]);
  });

  it('are one session a file where each line holds a message', async () => {
    const { sessions } = await read(openaiMessages, sourceOf(jsonl(user, assistant, user)));
    expect(sessions).toHaveLength(1);
    expect(sessions[0]?.events).toHaveLength(3);
  });

  it('keep their id while the chat grows', async () => {
    const ids = [
      [user, assistant],
      [user, assistant, user],
    ].map(async (messages) => {
      const { sessions } = await read(
        openaiMessages,
        sourceOf(JSON.stringify(messages, null, 1), 'chat.json'),
      );
      return sessions[0]?.header.id;
    });
    const [short, long] = await Promise.all(ids);
    expect(long).toBe(short);
  });

  it('take what an agent wrote about the chat around its messages', async () => {
    const chat = {
      session_id: 's1',
      model: 'm',
      cwd: '/w',
      session_start: '2026-01-01T00:00:00Z',
      messages: [user, assistant],
    };
    const { sessions } = await read(openaiMessages, sourceOf(JSON.stringify(chat, null, 1), 'chat.json'));
    expect(sessions[0]?.header).toMatchObject({
      id: 's1',
      model: 'm',
      cwd: '/w',
      startedAt: '2026-01-01T00:00:00.000Z',
    });
  });

  it('pair an old function call with its answer by name', async () => {
    const messages = [
      user,
      {
        role: 'assistant',
        content: null,
        function_call: { name: 'bash', arguments: '{"command":"npm test"}' },
      },
      { role: 'function', name: 'bash', content: 'Tests: 2 failed, 1 passed' },
    ];
    const { sessions } = await read(openaiMessages, sourceOf(JSON.stringify(messages, null, 1), 'chat.json'));
    expect(sessions[0]?.events.at(-1)).toMatchObject({
      kind: 'tool_result',
      ok: false,
      tool: { command: 'npm test' },
    });
    expect(textsOf(sessions[0]?.events ?? [], 'person')).toEqual([]);
  });
});
