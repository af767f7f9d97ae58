/** The JSON Lines form: Anthropic blocks, often without ids. */
import type { RawEvent, Source } from '../format.ts';
import { jsonLines } from '../json-line.ts';
import type { JsonObject } from '../json-value.ts';
import { asObject, asObjects, asString } from '../json-value.ts';
import type { Draft } from '../recording.ts';
import type { ToolUse } from '../session.ts';
import { callEvents, resultEvent } from '../tool-events.ts';
import { promptEvent } from './prompt.ts';

/** Calls in the order they were made: a result without a call's id answers the oldest that is open. */
type OpenCalls = ToolUse<string>[];

export async function* cursorRowDrafts(source: Source, subagent: boolean): AsyncGenerator<Draft> {
  const calls: OpenCalls = [];
  for await (const row of jsonLines(source)) {
    if (row.type === 'skipped') {
      yield row;
      continue;
    }
    const message = asObject(row.value.message);
    if (message === undefined) continue;
    for (const event of rowEvents(row.value.role, message, calls, subagent)) yield { type: 'event', event };
    const model = asString(row.value.model);
    if (model !== undefined) yield { type: 'header', header: { model } };
  }
}

function rowEvents(
  role: unknown,
  message: JsonObject,
  calls: OpenCalls,
  subagent: boolean,
): readonly RawEvent[] {
  const plain = asString(message.content);
  const blocks = plain === undefined ? asObjects(message.content) : [{ type: 'text', text: plain }];
  const events = blocks.map((block) => {
    const text = asString(block.text);
    if (/^tool[_-]result$/.test(asString(block.type) ?? '')) return [answered(block, calls)];
    if (/^tool[_-](?:use|call)$/.test(asString(block.type) ?? '')) return called(block, calls);
    if (block.type === 'thinking') return agentEvent('thinking', asString(block.thinking));
    if (role === 'assistant') return agentEvent('agent', text);
    const prompt = text === undefined ? undefined : promptEvent(text, subagent ? 'agent' : 'person');
    return prompt === undefined ? [] : [prompt];
  });
  return events.flat();
}

function agentEvent(kind: 'agent' | 'thinking', text: string | undefined): readonly RawEvent[] {
  return text === undefined ? [] : [{ kind, spans: [{ text, trust: 'agent' }] }];
}

function called(block: JsonObject, calls: OpenCalls): readonly RawEvent[] {
  const events = callEvents({
    name: asString(block.name) ?? 'tool',
    input: block.input ?? {},
    callId: asString(block.id),
  });
  const tool = events[0]?.tool;
  if (tool !== undefined) calls.push(tool);
  return events;
}

function answered(block: JsonObject, calls: OpenCalls): RawEvent {
  const id = asString(block.tool_use_id);
  const named = calls.findIndex((tool) => tool.call !== undefined && tool.call === id);
  const index = named === -1 ? calls.findIndex((tool) => tool.call === undefined) : named;
  const [tool] = index === -1 ? [] : calls.splice(index, 1);
  const text =
    asString(block.content) ??
    asObjects(block.content)
      .flatMap((part) => asString(part.text) ?? [])
      .join('\n');
  return resultEvent({ text, tool, flag: block.is_error === true ? false : undefined, trust: 'person' });
}
