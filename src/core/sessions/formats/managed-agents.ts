/** Session events of Anthropic's Managed Agents, as listed by the API. Written after the documentation only. */
import { assistantEvents, openCalls, userEvents } from '../claude/blocks.ts';
import type { BlockContext } from '../claude/blocks.ts';
import { addUsage, usageOf } from '../claude/usage.ts';
import type { Format, Parsed, RawEvent, Source } from '../format.ts';
import { headValues } from '../json-head.ts';
import { jsonObjects, rowsIn } from '../json-objects.ts';
import type { JsonObject } from '../json-value.ts';
import { asObject, asString, asTime, isObject, present } from '../json-value.ts';
import type { Draft } from '../recording.ts';
import { recording } from '../recording.ts';
import type { Usage } from '../session.ts';
import { resultEvent } from '../tool-events.ts';

const keys = ['data', 'events'];
const eventType = /^(?:user|agent|session|span)\.[a-z_.]+$/;
const ownTypes =
  /^(?:user\.(?:message|interrupt|tool_confirmation|custom_tool_result|define_outcome)|agent\.(?:message|thinking|tool_use|tool_result|mcp_tool_use|mcp_tool_result|custom_tool_use|thread_\w+)|session\.(?:status_\w+|error|deleted)|span\.\w+)$/;

export const managedAgents: Format = {
  name: 'managed-agents',
  about: 'Events of a Claude Managed Agents session, as lines, as an array or as a page of the API',
  detect(head) {
    const rows = headValues(head)
      .flatMap((value) => rowsIn(value, keys))
      .filter(isObject);
    // Copilot's events are named alike but keep what they say in `data`.
    const own = rows.filter((row) => ownTypes.test(asString(row.type) ?? '') && !('data' in row));
    if (own.length === 0 || own.length < rows.length / 2) return 0;
    return own.some((row) => 'processed_at' in row || 'content' in row) ? 2 : 1;
  },
  parse,
};

function parse(source: Source): AsyncGenerator<Parsed> {
  // Who writes to the API is a program's business: nothing proves that a person typed a message.
  const fixed = { agent: 'managed-agents', format: 'managed-agents', interactive: false } as const;
  return recording(fixed, drafts(source), 'nobody says or does anything in it');
}

async function* drafts(source: Source): AsyncGenerator<Draft> {
  const calls = openCalls();
  let usage: Usage | undefined;
  for await (const item of jsonObjects(source, keys)) {
    if (item.type === 'skipped') {
      yield item;
      continue;
    }
    const row = item.value;
    yield {
      type: 'header',
      header: present({ id: asString(row.session_id), model: asString(row.model) }),
    };
    const used = row.type === 'span.model_request_end' ? usageOf(row.usage ?? row.model_usage) : undefined;
    if (used !== undefined) usage = usage === undefined ? used : addUsage(usage, used);
    // `processed_at` is null while an event is queued.
    const context: BlockContext = { calls, at: asTime(row.processed_at), trust: 'claimed' };
    for (const event of eventsOf(row, context)) yield { type: 'event', event };
  }
  yield { type: 'header', header: present({ usage }) };
}

function eventsOf(row: JsonObject, context: BlockContext): readonly RawEvent[] {
  const type = asString(row.type) ?? '';
  switch (type) {
    case 'user.message':
      return userEvents(row.content, context);
    case 'user.define_outcome':
      return userEvents(row.description, context);
    case 'user.tool_confirmation':
      return confirmation(row, context);
    case 'agent.message':
      return assistantEvents(row.content, context);
    case 'agent.thinking':
      return assistantEvents([{ type: 'thinking', thinking: row.thinking ?? textOf(row.content) }], context);
    case 'session.error':
      return notice(textOf(row.error) || textOf(row.message), context);
    default:
      return toolEvents(type, row, context);
  }
}

function toolEvents(type: string, row: JsonObject, context: BlockContext): readonly RawEvent[] {
  if (!eventType.test(type)) return [];
  if (type.endsWith('tool_use')) {
    return assistantEvents([{ ...row, type: 'tool_use', server_name: row.mcp_server_name }], context);
  }
  if (type.endsWith('tool_result')) {
    const call = row.tool_use_id ?? row.mcp_tool_use_id ?? row.custom_tool_use_id;
    return userEvents([{ ...row, type: 'tool_result', tool_use_id: call }], context);
  }
  // Messages between the agents of one session.
  return type.startsWith('agent.thread_message') ? assistantEvents(row.content, context) : [];
}

/** Allowing a call says nothing; denying one is a refusal, often with words. */
function confirmation(row: JsonObject, context: BlockContext): readonly RawEvent[] {
  if (row.result !== 'deny') return [];
  const words = asString(row.deny_message);
  const id = asString(row.tool_use_id);
  const tool = id === undefined ? undefined : context.calls.take(id);
  return [
    resultEvent({ text: words ?? '', tool, at: context.at, trust: 'claimed', refused: present({ words }) }),
  ];
}

function notice(text: string, { at }: BlockContext): readonly RawEvent[] {
  return text === '' ? [] : [{ ...present({ at }), kind: 'system', spans: [{ text, trust: 'tool' }] }];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [block] = rowsIn(value, []);
  const fields = asObject(block);
  return asString(fields?.text) ?? asString(fields?.message) ?? '';
}
