import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../../src/core/sessions/detect.ts';
import { unsupportedFormat } from '../../../src/core/sessions/unsupported.ts';
import { jsonl } from '../../support/source.ts';

const cases: readonly [string, string][] = [
  ['a Droid session', jsonl({ type: 'session_start', id: 'd1', title: 'Fix', owner: 'me', cwd: '/w' })],
  [
    'a Droid session',
    jsonl({ type: 'message', sessionId: 'd2', role: 'user', text: 'Fix it', timestamp: 1 }),
  ],
  ['a Kimi session', jsonl({ type: 'metadata', protocol_version: '1.4', created_at: 1 })],
  [
    'a Grok session',
    jsonl({ type: 'system', content: 'You are Grok' }, { type: 'user', content: [], prompt_index: 0 }),
  ],
  [
    'a Qwen Code session',
    jsonl({ uuid: 'u', sessionId: 's', type: 'user', message: { role: 'user', parts: [{ text: 'Hi' }] } }),
  ],
  [
    'an Antigravity session',
    jsonl({ step_index: 0, source: 'USER_EXPLICIT', type: 'USER_INPUT', content: 'Go' }),
  ],
  ['a QwenPaw session', JSON.stringify({ agent: { memory: { content: [] }, toolkit: {} } }, null, 2)],
  ['a Posit Assistant session', jsonl({ id: 0, message: { role: 'user', content: 'Hi' } })],
  ['a Kiro session', JSON.stringify({ conversation_id: 'k', history: [{ user: {}, assistant: {} }] })],
  ['an Amp thread', JSON.stringify({ v: 3, id: 'T-1234-abcd', messages: [] })],
  ['a Cline or Roo log', JSON.stringify([{ ts: 1, type: 'say', say: 'text', text: 'Hi' }])],
  ['an SQLite database', 'SQLite format 3\0\u0010'],
  [
    'the summary of a Grok session',
    JSON.stringify({ info: {}, num_messages: 2, chat_format_version: 1 }, null, 2),
  ],
  [
    'the metadata of a Vibe session',
    JSON.stringify({ session_id: 'v', environment: {}, stats: {} }, null, 2),
  ],
];

describe('a recording of an agent that is not supported', () => {
  it.each(cases)('is named when it is refused: %s', (what, head) => {
    const detection = detectFormat(head, 'file');
    expect('reason' in detection ? detection.reason : undefined).toMatch(new RegExp(`^${what}`));
  });

  it('says where the supported ones are listed', () => {
    expect(unsupportedFormat(cases[0]?.[1] ?? '')).toBe(
      "a Droid session: this agent's format is not supported; see docs/formats.md",
    );
  });

  it('is not what merely looks a little like one', () => {
    const rows = jsonl({ role: 'user', content: 'prompt_index' }, { role: 'assistant', content: 'T-1' });
    expect(unsupportedFormat(rows)).toBeUndefined();
  });
});
