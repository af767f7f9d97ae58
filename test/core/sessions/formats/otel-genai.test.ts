import { describe, expect, test } from 'vitest';
import { otelGenai } from '../../../../src/core/sessions/formats/otel-genai.ts';
import { jsonl, sourceOf } from '../../../support/source.ts';
import { outline, read, textsOf, type Read } from './read.ts';

type Attributes = Readonly<Record<string, unknown>>;

function value(of: unknown): unknown {
  if (typeof of === 'number') return { intValue: String(of) };
  return { stringValue: typeof of === 'string' ? of : JSON.stringify(of) };
}
const list = (attributes: Attributes) =>
  Object.entries(attributes).map(([key, of]) => ({ key, value: value(of) }));

function span(attributes: Attributes, over: Record<string, unknown> = {}) {
  const one = {
    traceId: 't1',
    startTimeUnixNano: '1770627600000000000',
    endTimeUnixNano: '1770627601000000000',
    attributes: list({ 'gen_ai.conversation.id': 'c1', ...attributes }),
    ...over,
  };
  const resource = { attributes: list({ 'service.name': 'Support Bot' }) };
  return { resourceSpans: [{ resource, scopeSpans: [{ spans: [one] }] }] };
}
const chat = (input: unknown, output: unknown) =>
  span({
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'm-1',
    'gen_ai.usage.input_tokens': 100,
    'gen_ai.usage.output_tokens': 10,
    'gen_ai.input.messages': input,
    'gen_ai.output.messages': output,
  });
const says = (role: string, content: string) => ({ role, parts: [{ type: 'text', content }] });
const call = {
  role: 'assistant',
  parts: [{ type: 'tool_call', id: 'k1', name: 'bash', arguments: { command: 'make test' } }],
};
const result = {
  role: 'tool',
  parts: [{ type: 'tool_call_response', id: 'k1', response: 'make: *** [test] Error 2' }],
};
const reading = (...spans: readonly unknown[]): Promise<Read> =>
  read(otelGenai, sourceOf(jsonl(...spans), 'traces.jsonl'));

const first = [says('user', 'run the tests')];

test('a conversation that each span repeats is told once', async () => {
  const { sessions } = await reading(
    chat(first, [call]),
    chat([...first, call, result], [says('assistant', 'They fail.')]),
    chat(
      [...first, call, result, says('assistant', 'They fail.'), says('user', 'run the tests')],
      [says('assistant', 'Again.')],
    ),
  );
  expect(sessions).toHaveLength(1);
  expect(sessions[0]?.header).toMatchObject({
    agent: 'support-bot',
    model: 'm-1',
    interactive: false,
    startedAt: '2026-02-09T09:00:00.000Z',
    usage: { inputTokens: 300, outputTokens: 30 },
  });
  expect(outline(sessions[0]?.events ?? [])).toEqual([
    'person | claimed: run the tests',
    'tool_call shell | agent: make test',
    'tool_result shell failed | tool: make: *** [test] Error 2',
    'agent | agent: They fail.',
    'person | claimed: run the tests',
    'agent | agent: Again.',
  ]);
});

test('tool spans and messages tell the same call once', async () => {
  const tool = span({
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'bash',
    'gen_ai.tool.call.id': 'k1',
    'gen_ai.tool.call.arguments': { command: 'make test' },
    'gen_ai.tool.call.result': 'ok',
  });
  const { sessions } = await reading(
    chat(first, [call]),
    tool,
    chat([...first, call, result], [says('assistant', 'Fine.')]),
  );
  expect(sessions[0]?.events.map((event) => event.kind)).toEqual([
    'person',
    'tool_call',
    'tool_result',
    'agent',
  ]);
});

describe('older conventions', () => {
  test('put messages into events of the span', async () => {
    const event = (name: string, attributes: Attributes) => ({ name, attributes: list(attributes) });
    const events = [
      event('gen_ai.system.message', { content: 'You are helpful' }),
      event('gen_ai.user.message', { content: 'hello' }),
      event('gen_ai.choice', { message: { content: 'Hi.' } }),
    ];
    const { sessions } = await reading(span({ 'gen_ai.operation.name': 'chat' }, { events }));
    expect(outline(sessions[0]?.events ?? [])).toEqual(['person | claimed: hello', 'agent | agent: Hi.']);
  });
});

test('an export printed over several lines is read too', async () => {
  const text = JSON.stringify(chat(first, [says('assistant', 'Done.')]), undefined, 2);
  const { sessions } = await read(otelGenai, sourceOf(text, 'trace.json'));
  expect(textsOf(sessions[0]?.events ?? [], 'claimed')).toEqual(['run the tests']);
});

test('parts of one conversation in several exports have one parent and ids of their own', async () => {
  const other = chat([says('user', 'next day')], []);
  const [one, two] = await Promise.all([
    reading(chat(first, [])),
    reading(JSON.parse(JSON.stringify(other).replace('t1', 't2'))),
  ]);
  expect(one.sessions[0]?.header.parent).toBe('c1');
  expect(two.sessions[0]?.header.parent).toBe('c1');
  expect(one.sessions[0]?.header.id).not.toBe(two.sessions[0]?.header.id);
});

test('without content there is nothing to remember', async () => {
  const usage = span({ 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 5 });
  await expect(reading(usage)).rejects.toThrow('no message content was recorded, only usage');
  await expect(reading(span({}, { attributes: [] }))).rejects.toThrow('no spans of a generative model');
});
