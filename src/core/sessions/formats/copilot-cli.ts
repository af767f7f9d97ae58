/** Copilot CLI sessions: `events.jsonl` of `{type, data, id, parentId, timestamp}`. */
import type { Format, RawEvent, RawHeader, Source } from '../format.ts';
import { humanTurn } from '../human-text.ts';
import { headValues } from '../json-head.ts';
import { jsonLines } from '../json-line.ts';
import type { JsonObject } from '../json-value.ts';
import { asNumber, asObject, asObjects, asString, asTime, isObject, present } from '../json-value.ts';
import type { Draft } from '../recording.ts';
import { recording } from '../recording.ts';
import type { Span, ToolUse, Usage } from '../session.ts';
import { callEvents, resultEvent } from '../tool-events.ts';

export const copilotCli: Format = {
  name: 'copilot-cli',
  about: 'GitHub Copilot CLI sessions (~/.copilot/session-state/<id>/events.jsonl)',
  detect: (head) => (headValues(head).some(isCopilotEvent) ? 2 : 0),
  parse: (source) =>
    recording(
      { agent: 'copilot-cli', format: 'copilot-cli', interactive: true },
      drafts(source),
      'a Copilot CLI session in which nobody said or did anything',
    ),
};

const ownTypes =
  /^(?:session\.(?:start|resume|model_change|shutdown)|(?:user|assistant)\.message|tool\.execution_(?:start|complete))$/;

function isCopilotEvent(value: unknown): boolean {
  return (
    isObject(value) &&
    isObject(value.data) &&
    ownTypes.test(asString(value.type) ?? '') &&
    'parentId' in value
  );
}

async function* drafts(source: Source): AsyncGenerator<Draft> {
  const calls = new Map<string, ToolUse<string>>();
  let recorded: Usage | undefined;
  for await (const row of jsonLines(source)) {
    if (row.type === 'skipped') {
      yield row;
      continue;
    }
    const type = asString(row.value.type) ?? '';
    const data = asObject(row.value.data) ?? {};
    if (type === 'session.usage_record') recorded = sum(recorded, asObject(data.usage));
    const header = learned(type, data, recorded);
    if (header !== undefined) yield { type: 'header', header };
    for (const event of rowEvents(type, data, asTime(row.value.timestamp), calls))
      yield { type: 'event', event };
  }
}

function learned(
  type: string,
  data: JsonObject,
  recorded: Usage | undefined,
): Partial<RawHeader> | undefined {
  switch (type) {
    case 'session.start':
    case 'session.resume':
      return startHeader(data);
    case 'session.model_change':
      return present({ model: asString(data.newModel) });
    case 'assistant.message':
      return present({ model: asString(data.model) });
    case 'session.usage_record':
      return present({ usage: recorded });
    case 'session.shutdown':
      return present({ usage: shutdownUsage(data) ?? recorded });
    default:
      return undefined;
  }
}

function startHeader(data: JsonObject): Partial<RawHeader> {
  const context = asObject(data.context);
  return present({
    id: asString(data.sessionId),
    startedAt: asTime(data.startTime),
    model: asString(data.selectedModel),
    cwd: asString(context?.cwd),
    repository: asString(context?.repository),
    branch: asString(context?.branch),
  });
}

function rowEvents(
  type: string,
  data: JsonObject,
  at: string | undefined,
  calls: Map<string, ToolUse<string>>,
): readonly RawEvent[] {
  switch (type) {
    case 'user.message':
      return userEvents(data, at);
    case 'system.message':
      return said('system', data.content, 'echo', at);
    case 'session.error':
      return said('system', data.message, 'tool', at);
    case 'assistant.reasoning':
      return said('thinking', data.content, 'agent', at);
    case 'assistant.message':
      return [
        ...said('thinking', data.reasoningText, 'agent', at),
        ...said('agent', data.content, 'agent', at),
        ...asObjects(data.toolRequests).flatMap((request) =>
          called(request.toolCallId, request.name, request.arguments, at, calls),
        ),
      ];
    case 'tool.execution_start':
      return called(data.toolCallId, data.toolName, data.arguments, at, calls);
    case 'tool.execution_complete':
      return [answered(data, at, calls)];
    default:
      return [];
  }
}

function said(
  kind: RawEvent['kind'],
  content: unknown,
  trust: Span['trust'],
  at: string | undefined,
): readonly RawEvent[] {
  const text = asString(content);
  return text === undefined ? [] : [{ ...present({ at }), kind, spans: [{ text, trust }] }];
}

/**
 * `content` is what was typed, `transformedContent` what the model was shown. `source` tells prompts for sub-agents
 * (`agent-…`) and what skills and the autopilot say in the user's name.
 */
function userEvents(data: JsonObject, at: string | undefined): readonly RawEvent[] {
  const text = asString(data.content);
  const from = asString(data.source) ?? 'user';
  if (text === undefined) return [];
  if (from.startsWith('agent-') || asString(data.parentToolCallId) !== undefined)
    return said('agent', text, 'agent', at);
  if (from !== 'user') return said('system', text, 'pasted', at);
  if (fromOtherSession(text, asString(data.transformedContent))) return said('system', text, 'agent', at);
  const { kind, spans } = humanTurn(text);
  return [{ ...present({ at }), kind, spans }];
}

/** Another session's agent may write into this one; its envelope is only in what the model was shown. */
function fromOtherSession(text: string, shown: string | undefined): boolean {
  return shown?.replace(text, '').includes('<cross_session_message') ?? false;
}

/** A call is told twice, by the message that asks for it and when it starts, in either order. */
function called(
  id: unknown,
  name: unknown,
  input: unknown,
  at: string | undefined,
  calls: Map<string, ToolUse<string>>,
): readonly RawEvent[] {
  const callId = asString(id);
  if (callId !== undefined && calls.has(callId)) return [];
  const events = callEvents({ name: asString(name) ?? 'tool', input: input ?? {}, callId, at });
  const tool = events[0]?.tool;
  if (callId !== undefined && tool !== undefined) calls.set(callId, tool);
  return events;
}

const askedUser = /^User (?:selected|responded|answered)[^:]*:\s*/;

function answered(data: JsonObject, at: string | undefined, calls: Map<string, ToolUse<string>>): RawEvent {
  const callId = asString(data.toolCallId) ?? '';
  const tool = calls.get(callId);
  calls.delete(callId);
  const error = asObject(data.error);
  const text =
    asString(asObject(data.result)?.content) ?? asString(error?.message) ?? asString(data.error) ?? '';
  return resultEvent({
    text,
    tool,
    at,
    trust: 'person',
    flag: typeof data.success === 'boolean' ? data.success : undefined,
    refused: error?.code === 'rejected' ? {} : undefined,
    answers: tool?.action === 'ask' && askedUser.test(text) ? [text.replace(askedUser, '')] : undefined,
  });
}

/** The totals a session ends with, over all its models. */
function shutdownUsage(data: JsonObject): Usage | undefined {
  let total: Usage | undefined;
  for (const metrics of Object.values(asObject(data.modelMetrics) ?? {})) {
    total = sum(total, asObject(asObject(metrics)?.usage));
  }
  return total ?? detailedUsage(asObject(data.tokenDetails));
}

function detailedUsage(details: JsonObject | undefined): Usage | undefined {
  const count = (key: string): number | undefined => asNumber(asObject(details?.[key])?.tokenCount);
  const counts = {
    inputTokens: count('input'),
    outputTokens: count('output'),
    cacheReadTokens: count('cache_read'),
    cacheWriteTokens: count('cache_write'),
  };
  return sum(undefined, counts);
}

function sum(before: Usage | undefined, usage: JsonObject | undefined): Usage | undefined {
  if (asNumber(usage?.inputTokens) === undefined && asNumber(usage?.outputTokens) === undefined)
    return before;
  const plus = (key: keyof Usage): number => (before?.[key] ?? 0) + (asNumber(usage?.[key]) ?? 0);
  return {
    inputTokens: plus('inputTokens'),
    outputTokens: plus('outputTokens'),
    cacheReadTokens: plus('cacheReadTokens'),
    cacheWriteTokens: plus('cacheWriteTokens'),
  };
}
