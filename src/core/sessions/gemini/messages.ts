/** Reads one message of a Gemini CLI chat: a recorded one (`type`, `content`) or one of the API's shape (`role`, `parts`). */
import type { RawEvent } from '../format.ts';
import { humanTurn } from '../human-text.ts';
import type { JsonObject } from '../json-value.ts';
import { asArray, asObject, asObjects, asString, asTime, present } from '../json-value.ts';
import type { Span, ToolUse } from '../session.ts';
import { callEvents, resultEvent } from '../tool-events.ts';

/** The calls whose answers come in a later message, by id or name. */
export type OpenCalls = Map<string, ToolUse<string>>;

export function messageEvents(message: JsonObject, calls: OpenCalls): readonly RawEvent[] {
  const at = asTime(message.timestamp) ?? asTime(message.ts);
  switch (message.type ?? message.role) {
    case 'user':
      return [...userEvents(message, at), ...responseEvents(message, at, calls)];
    case 'gemini':
    case 'model':
    case 'assistant':
      return modelEvents(message, at, calls);
    case 'info':
    case 'warning':
    case 'error':
      return said('system', contentText(message), 'tool', at);
    default:
      return [];
  }
}

function parts(message: JsonObject): readonly JsonObject[] {
  return asObjects(message.content ?? message.parts);
}

function contentText(message: JsonObject): string {
  return asString(message.content) ?? textOf(parts(message));
}

function textOf(list: readonly JsonObject[]): string {
  return list.flatMap((part) => (part.thought === true ? [] : (asString(part.text) ?? []))).join('\n');
}

function said(
  kind: RawEvent['kind'],
  text: string,
  trust: Span['trust'],
  at: string | undefined,
): readonly RawEvent[] {
  return text.trim() === '' ? [] : [{ ...present({ at }), kind, spans: [{ text, trust }] }];
}

/** What the CLI itself says in the user's name. */
const nudge = /^System: Please continue\.?$/;
const setUp = /^(?:<session_context>|<hook_context>|This is the Gemini CLI\. We are setting up the context)/;
const compressed = /^<(?:state_snapshot|compressed_chat_history)>/;
const expansion = /^--- Content from referenced files ---/m;

function userEvents(message: JsonObject, at: string | undefined): readonly RawEvent[] {
  const typed = message.displayContent;
  const shown = asString(typed) ?? textOf(asObjects(typed));
  const content = contentText(message);
  const text = shown === '' ? content : shown;
  const start = text.trim();
  if (nudge.test(start)) return said('system', text, 'pasted', at);
  if (setUp.test(start)) return said('system', text, 'echo', at);
  if (compressed.test(start)) return said('system', text, 'agent', at);
  if (start === '') return [];
  const { kind, spans } = userTurn(text);
  return [{ ...present({ at }), kind, spans }];
}

/** The CLI appends the files that were named with `@`. */
function userTurn(text: string): ReturnType<typeof humanTurn> {
  const files = expansion.exec(text);
  if (files === null) return humanTurn(text);
  const { kind, spans } = humanTurn(text.slice(0, files.index));
  return { kind, spans: [...spans, { text: text.slice(files.index), trust: 'pasted' }] };
}

function modelEvents(message: JsonObject, at: string | undefined, calls: OpenCalls): readonly RawEvent[] {
  const thoughts = asObjects(message.thoughts).flatMap((thought) =>
    said(
      'thinking',
      lines(asString(thought.subject), asString(thought.description)),
      'agent',
      asTime(thought.timestamp) ?? at,
    ),
  );
  const recorded = asObjects(message.toolCalls);
  const asked =
    recorded.length > 0
      ? recorded.flatMap((call) => toolCallEvents(call, at))
      : functionCallEvents(message, at, calls);
  return [...thoughts, ...said('agent', contentText(message), 'agent', at), ...asked];
}

/** A recorded call holds its result. Without one it was still waiting when the session ended. */
function toolCallEvents(call: JsonObject, messageAt: string | undefined): readonly RawEvent[] {
  const at = asTime(call.timestamp) ?? messageAt;
  const called = callEvents({
    name: asString(call.name) ?? 'tool',
    input: call.args ?? {},
    callId: asString(call.id),
    at,
  });
  const responses = asObjects(call.result)
    .map((part) => asObject(asObject(part.functionResponse)?.response))
    .filter((response) => response !== undefined);
  const shown = asString(call.resultDisplay);
  if (responses.length === 0 && shown === undefined) return called;
  const text = responses.map(responseText).join('\n') || (shown ?? '');
  return [...called, answered(text, called[0]?.tool, call.status, at)];
}

function functionCallEvents(
  message: JsonObject,
  at: string | undefined,
  calls: OpenCalls,
): readonly RawEvent[] {
  return parts(message).flatMap((part) => {
    const call = asObject(part.functionCall);
    if (call === undefined) return [];
    const events = callEvents({
      name: asString(call.name) ?? 'tool',
      input: call.args ?? {},
      callId: asString(call.id),
      at,
    });
    const [first] = events;
    if (first?.tool !== undefined) calls.set(callKey(call), first.tool);
    return events;
  });
}

/** In recorded chats the answers are in `toolCalls` already, and nobody waits for these. */
function responseEvents(message: JsonObject, at: string | undefined, calls: OpenCalls): readonly RawEvent[] {
  return parts(message).flatMap((part) => {
    const response = asObject(part.functionResponse);
    const tool = response === undefined ? undefined : calls.get(callKey(response));
    if (response === undefined || tool === undefined) return [];
    calls.delete(callKey(response));
    return [answered(responseText(asObject(response.response) ?? {}), tool, undefined, at)];
  });
}

function callKey(call: JsonObject): string {
  return asString(call.id) ?? asString(call.name) ?? '';
}

function responseText(response: JsonObject): string {
  const texts = [response.error, response.output, ...asArray(response.content)].flatMap(
    (text) => asString(text) ?? [],
  );
  return texts.join('\n');
}

const declined = /did not allow tool call|user cancelled the tool/i;
const exitLine = /(?:^|\n|\\n)Exit Code: (-?\d+)/;

function answered(
  text: string,
  tool: ToolUse<string> | undefined,
  status: unknown,
  at: string | undefined,
): RawEvent {
  const exit = exitLine.exec(text)?.[1];
  return resultEvent({
    text,
    tool,
    at,
    trust: 'person',
    flag: status === 'success' ? undefined : status === 'error' || status === 'cancelled' ? false : undefined,
    exitCode: exit === undefined ? undefined : Number(exit),
    refused: status === 'cancelled' && declined.test(text) ? {} : undefined,
  });
}

function lines(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined).join('\n');
}
