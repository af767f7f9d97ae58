/** GenAI messages of a span, in the shapes that instrumentations have used over time, and what they mean. */
import { toolUse } from '../actions.ts';
import type { RawEvent } from '../format.ts';
import { claimedSpans, humanTurn } from '../human-text.ts';
import { parseJson } from '../json-line.ts';
import { asArray, asObject, asObjects, asString, isObject, present, type JsonObject } from '../json-value.ts';
import { outcomeOf } from '../outcome.ts';
import type { ToolUse } from '../session.ts';
import type { OtelSpan } from './spans.ts';

export interface Message {
  readonly role: string;
  readonly parts: readonly JsonObject[];
}

/** What was said up to the span, and what the model answered in it. */
export function messagesOf(span: OtelSpan): {
  readonly input: readonly Message[];
  readonly output: readonly Message[];
} {
  const { attributes } = span;
  const input = read(attributes['gen_ai.input.messages'] ?? attributes['gen_ai.prompt']);
  const output = read(attributes['gen_ai.output.messages'] ?? attributes['gen_ai.completion']);
  if (input.length + output.length > 0) return { input, output };
  return eventMessages(span);
}

/** Conventions up to 1.36 put each message into an event of the span. */
function eventMessages(span: OtelSpan): ReturnType<typeof messagesOf> {
  const input: Message[] = [];
  const output: Message[] = [];
  for (const { name, attributes } of span.events) {
    const body = asObject(decoded(attributes['gen_ai.event.content'])) ?? attributes;
    const role = /^gen_ai\.(user|assistant|tool|system)\.message$/.exec(name)?.[1];
    if (role !== undefined) input.push(...read([{ role, ...body }]));
    else if (name === 'gen_ai.choice')
      output.push(...read([{ role: 'assistant', ...(asObject(decoded(body.message)) ?? body) }]));
    else if (name === 'gen_ai.content.prompt') input.push(...read(attributes['gen_ai.prompt']));
    else if (name === 'gen_ai.content.completion') output.push(...read(attributes['gen_ai.completion']));
  }
  return { input, output };
}

function decoded(value: unknown): unknown {
  return typeof value === 'string' ? (parseJson(value)?.value ?? value) : value;
}

function read(value: unknown): readonly Message[] {
  const list = decoded(value);
  return asObjects(Array.isArray(list) ? list : [list]).map((message) => ({
    role: asString(message.role) ?? 'user',
    parts: partsOf(message),
  }));
}

function partsOf(message: JsonObject): readonly JsonObject[] {
  if (Array.isArray(message.parts)) return asObjects(message.parts);
  const content = decoded(message.content);
  const id = asString(message.id) ?? asString(message.tool_call_id);
  if (message.role === 'tool') return [{ type: 'tool_call_response', id, response: content }];
  const texts = typeof content === 'string' ? [{ type: 'text', content }] : asArray(content).map(textPart);
  const calls = asObjects(decoded(message.tool_calls)).map((call) => {
    const called = asObject(call.function) ?? call;
    return { type: 'tool_call', id: call.id, name: called.name, arguments: called.arguments };
  });
  return [...texts, ...calls];
}

function textPart(part: unknown): JsonObject {
  return isObject(part)
    ? { type: 'text', ...part, content: part.content ?? part.text }
    : { type: 'text', content: part };
}

/** Events of one message. Nothing in telemetry proves that a person typed the words of the user: they are `claimed`. */
export function messageEvents(
  message: Message,
  at: string | undefined,
  calls: OpenCalls,
): readonly RawEvent[] {
  return message.parts.flatMap((part): readonly RawEvent[] => {
    const time = present({ at });
    if (part.type === 'tool_call') return callEvents(part.name, part.arguments, asString(part.id), at, calls);
    if (part.type === 'tool_call_response')
      return resultEvents(part.response ?? part.result, asString(part.id), at, calls);
    const text = asString(part.content);
    if (text === undefined || message.role === 'system') return [];
    if (part.type === 'reasoning') return [{ kind: 'thinking', spans: [{ text, trust: 'agent' }], ...time }];
    if (message.role === 'assistant') return [{ kind: 'agent', spans: [{ text, trust: 'agent' }], ...time }];
    if (message.role !== 'user') return [{ kind: 'system', spans: [{ text, trust: 'tool' }], ...time }];
    const turn = humanTurn(text);
    return [{ kind: turn.kind, spans: claimedSpans(turn.spans), ...time }];
  });
}

/** What was already told: the same call is in a message and in a span of its own. */
export interface OpenCalls {
  readonly tools: Map<string, ToolUse<string>>;
  readonly answered: Set<string>;
}

export function callEvents(
  name: unknown,
  input: unknown,
  call: string | undefined,
  at: string | undefined,
  calls: OpenCalls,
): readonly RawEvent[] {
  if (call !== undefined && calls.tools.has(call)) return [];
  const { tool, text } = toolUse(asString(name) ?? 'unknown', input, call);
  if (call !== undefined) calls.tools.set(call, tool);
  return [{ kind: 'tool_call', spans: [{ text, trust: 'agent' }], tool, ...present({ at }) }];
}

export function resultEvents(
  result: unknown,
  call: string | undefined,
  at: string | undefined,
  calls: OpenCalls,
): readonly RawEvent[] {
  if (result === undefined || result === null || (call !== undefined && calls.answered.has(call))) return [];
  if (call !== undefined) calls.answered.add(call);
  const text = typeof result === 'string' ? result : JSON.stringify(result);
  const {
    name = 'unknown',
    action = 'other',
    command,
  } = (call === undefined ? undefined : calls.tools.get(call)) ?? {};
  const ok = outcomeOf({ text, action, command });
  return [
    {
      kind: 'tool_result',
      spans: [{ text, trust: 'tool' }],
      tool: present({ name, action, call }),
      ...present({ at, ok }),
    },
  ];
}
