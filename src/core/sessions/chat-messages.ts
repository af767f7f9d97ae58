/** Reads messages of the OpenAI chat API: `{role, content, tool_calls?, tool_call_id?}`. */
import type { RawEvent } from './format.ts';
import { claimedSpans, humanTurn } from './human-text.ts';
import type { JsonObject } from './json-value.ts';
import { asObject, asObjects, asString, asTime, present } from './json-value.ts';
import type { Draft } from './recording.ts';
import type { Span, ToolUse } from './session.ts';
import { callEvents, resultEvent } from './tool-events.ts';

export type OpenCalls = Map<string, ToolUse<string>>;

const roles = /^(?:system|developer|user|assistant|tool|function)$/;

export function isChatMessage(value: JsonObject): boolean {
  return (
    roles.test(asString(value.role) ?? '') &&
    !('type' in value) &&
    ('content' in value || 'tool_calls' in value)
  );
}

/** Whether a message has what only this API's messages have. */
export function isTelling(value: JsonObject): boolean {
  if (!isChatMessage(value)) return false;
  return (
    Array.isArray(value.tool_calls) ||
    isObjectCall(value.function_call) ||
    /^(?:system|developer|tool)$/.test(asString(value.role) ?? '')
  );
}

function isObjectCall(value: unknown): boolean {
  return asObject(value) !== undefined;
}

/** A whole chat, in order. */
export async function* chatDrafts(messages: readonly JsonObject[]): AsyncGenerator<Draft> {
  const calls: OpenCalls = new Map();
  for (const message of messages) {
    for (const event of chatMessageEvents(message, calls))
      yield await Promise.resolve({ type: 'event', event });
  }
}

/** Whether anybody but a system prompt says or does anything. */
export function saysSomething(messages: readonly JsonObject[]): boolean {
  return messages.some((message) =>
    chatMessageEvents(message, new Map()).some((event) => event.kind !== 'system'),
  );
}

/**
 * The events of one message. Nothing in these messages proves that a person typed them: programs send them, and benchmarks
 * simulate the user.
 */
export function chatMessageEvents(message: JsonObject, calls: OpenCalls): readonly RawEvent[] {
  const at = asTime(message.timestamp) ?? asTime(message.created_at);
  const text = contentText(message.content);
  switch (message.role) {
    case 'user':
      return userEvents(text, at);
    case 'assistant':
      return [
        ...said(
          'thinking',
          asString(message.reasoning_content) ?? asString(message.reasoning) ?? '',
          'agent',
          at,
        ),
        ...said('agent', text, 'agent', at),
        ...callsOf(message).flatMap((call) => called(call, at, calls)),
      ];
    case 'tool':
    case 'function':
      return [answered(message, text, at, calls)];
    case 'system':
    case 'developer':
      // Instructions to the agent are no evidence of anything.
      return said('system', text, 'echo', at);
    default:
      return [];
  }
}

function contentText(content: unknown): string {
  const plain = asString(content);
  if (plain !== undefined) return plain;
  return asObjects(content)
    .flatMap((part) => asString(part.text) ?? [])
    .join('\n');
}

function userEvents(text: string, at: string | undefined): readonly RawEvent[] {
  if (text.trim() === '') return [];
  const { kind, spans } = humanTurn(text);
  return [{ ...present({ at }), kind, spans: claimedSpans(spans) }];
}

function said(
  kind: RawEvent['kind'],
  text: string,
  trust: Span['trust'],
  at: string | undefined,
): readonly RawEvent[] {
  return text.trim() === '' ? [] : [{ ...present({ at }), kind, spans: [{ text, trust }] }];
}

/** Older models call one `function_call` without an id. */
function callsOf(message: JsonObject): readonly JsonObject[] {
  const single = asObject(message.function_call);
  return [...asObjects(message.tool_calls), ...(single === undefined ? [] : [{ function: single }])];
}

function called(call: JsonObject, at: string | undefined, calls: OpenCalls): readonly RawEvent[] {
  const target = asObject(call.function) ?? asObject(call.custom) ?? call;
  const name = asString(target.name) ?? 'tool';
  const callId = asString(call.id) ?? asString(call.call_id);
  const events = callEvents({ name, input: target.arguments ?? target.input ?? {}, callId, at });
  const tool = events[0]?.tool;
  if (tool !== undefined) calls.set(callId ?? name, tool);
  return events;
}

function answered(message: JsonObject, text: string, at: string | undefined, calls: OpenCalls): RawEvent {
  const key = asString(message.tool_call_id) ?? asString(message.name) ?? '';
  const tool = calls.get(key);
  calls.delete(key);
  const flag = message.is_error === true || message.finish_reason === 'error' ? false : undefined;
  return resultEvent({ text, tool, at, flag, trust: 'claimed' });
}
