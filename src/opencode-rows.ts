/** Rows of OpenCode 2's table `session_message`, as the messages with parts that OpenCode 1 wrote. */
import type { JsonObject } from './core/sessions/json-value.ts';
import { asObject, asObjects, asString } from './core/sessions/json-value.ts';

/** As `opencode export` writes it. */
export interface ExportedMessage {
  readonly info: JsonObject;
  readonly parts: readonly JsonObject[];
}

/** @returns undefined for what says nothing: a switched model, an agent that went idle. */
export function messageOfRow(type: string, data: JsonObject): ExportedMessage | undefined {
  const text = asString(data.text);
  const { time } = data;
  switch (type) {
    case 'user':
      return { info: { role: 'user', time }, parts: [{ type: 'text', text }] };
    case 'synthetic':
    case 'system':
      return { info: { role: 'user', time }, parts: [{ type: 'text', text, synthetic: true }] };
    case 'compaction':
      return {
        info: { role: 'assistant', time, summary: true },
        parts: [{ type: 'text', text: data.summary }],
      };
    case 'shell':
      return { info: { role: 'assistant', time }, parts: [shellPart(data)] };
    case 'assistant':
      return { info: { ...data, role: 'assistant', ...modelOf(data) }, parts: contentParts(data) };
    default:
      return undefined;
  }
}

function modelOf(data: JsonObject): JsonObject {
  const id = asString(asObject(data.model)?.id);
  return id === undefined ? {} : { modelID: id };
}

function contentParts(data: JsonObject): JsonObject[] {
  return asObjects(data.content).map((part) => (part.type === 'tool' ? toolPart(part) : part));
}

function toolPart(part: JsonObject): JsonObject {
  const state = asObject(part.state) ?? {};
  const time = asObject(part.time) ?? {};
  const output = asObjects(state.content).flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
  return {
    type: 'tool',
    tool: part.name,
    callID: part.id,
    state: {
      status: state.status,
      input: state.input,
      output: output.join('\n'),
      error: asString(asObject(state.error)?.message),
      metadata: state.structured,
      time: { start: time.ran ?? time.created, end: time.completed },
    },
  };
}

/** A command that the person ran from the prompt. */
function shellPart(data: JsonObject): JsonObject {
  const time = asObject(data.time) ?? {};
  const input = { command: data.command };
  const state = {
    status: 'completed',
    input,
    output: data.output,
    time: { start: time.created, end: time.completed },
  };
  return { type: 'tool', tool: 'bash', callID: data.callID, state };
}
