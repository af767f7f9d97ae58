/** Reads the items of a Codex rollout: what the agent said, thought, called and got back. The user's role is read elsewhere. */
import type { RawEvent } from '../format.ts';
import { parseJson } from '../json-line.ts';
import type { JsonObject } from '../json-value.ts';
import { asArray, asObject, asObjects, asString, present } from '../json-value.ts';
import type { ToolUse } from '../session.ts';
import { callEvents, resultEvent } from '../tool-events.ts';
import { partsText, readOutput } from './output.ts';

/** What must be remembered between a call and its output. */
export interface OpenCalls {
  readonly tools: Map<string, ToolUse<string>>;
  /** Exit codes that an `exec_command_end` event told before the output came. */
  readonly exitCodes: Map<string, number>;
  readonly trust: 'person' | 'claimed';
}

const refusal = /^(?:exec command|patch|command)? ?rejected by user/;

/** The events of one item that is no message of the user; none for kinds we do not know. */
export function itemEvents(item: JsonObject, at: string | undefined, calls: OpenCalls): readonly RawEvent[] {
  switch (asString(item.type) ?? 'message') {
    case 'message':
      return messageEvents(item, at);
    case 'agent_message':
      return said('system', partsText(item.content), 'agent', at);
    case 'reasoning':
      return said(
        'thinking',
        [partsText(item.summary), partsText(item.content)].filter(Boolean).join('\n'),
        'agent',
        at,
      );
    case 'function_call':
    case 'custom_tool_call':
    case 'tool_call':
    case 'local_shell_call':
    case 'web_search_call':
    case 'tool_search_call':
      return called(item, at, calls);
    case 'function_call_output':
    case 'custom_tool_call_output':
    case 'local_shell_call_output':
    case 'tool_result':
    case 'function_result':
      return [answered(item, at, calls)];
    default:
      return [];
  }
}

/** The text parts of a message's content; older versions wrote the text itself. */
export function messageParts(item: JsonObject): readonly string[] {
  const plain = asString(item.content) ?? asString(item.message);
  if (plain !== undefined) return [plain];
  return asObjects(item.content).flatMap((part) => asString(part.text) ?? []);
}

function messageEvents(item: JsonObject, at: string | undefined): readonly RawEvent[] {
  const text = messageParts(item).join('\n');
  // Instructions to the agent are no evidence of anything.
  return item.role === 'assistant' ? said('agent', text, 'agent', at) : said('system', text, 'echo', at);
}

function said(
  kind: RawEvent['kind'],
  text: string,
  trust: 'agent' | 'echo',
  at: string | undefined,
): readonly RawEvent[] {
  return text.trim() === '' ? [] : [{ ...present({ at }), kind, spans: [{ text, trust }] }];
}

function called(item: JsonObject, at: string | undefined, calls: OpenCalls): readonly RawEvent[] {
  const name = asString(item.name) ?? asString(asObject(item.function)?.name) ?? builtinName(item.type);
  const callId = asString(item.call_id) ?? asString(item.id);
  const events = callEvents({ name, input: callInput(item), callId, at });
  const tool = events[0]?.tool;
  if (tool !== undefined && callId !== undefined) calls.tools.set(callId, tool);
  return events;
}

function builtinName(type: unknown): string {
  return type === 'local_shell_call' ? 'shell' : (asString(type) ?? 'tool').replace(/_call$/, '');
}

function callInput(item: JsonObject): unknown {
  const input = item.arguments ?? item.input ?? item.action ?? {};
  return typeof input === 'string' ? (parseJson(input)?.value ?? input) : input;
}

function answered(item: JsonObject, at: string | undefined, calls: OpenCalls): RawEvent {
  const callId = asString(item.call_id) ?? '';
  const output = readOutput(item.output ?? item.result);
  const tool = calls.tools.get(callId);
  const exitCode = output.exitCode ?? calls.exitCodes.get(callId);
  calls.tools.delete(callId);
  calls.exitCodes.delete(callId);
  const answers = tool?.action === 'ask' ? chosenAnswers(output.text) : [];
  return resultEvent({
    // The words as they were written, without the JSON around them.
    text: answers.length > 0 ? answers.join('\n') : output.text,
    tool,
    exitCode,
    flag: output.success,
    at,
    trust: calls.trust,
    refused: refusal.test(output.text) ? {} : undefined,
    answers,
  });
}

/** `{"answers":{"<question>":{"answers":["…"]}}}`: what the person chose or wrote. */
function chosenAnswers(text: string): readonly string[] {
  const answers = asObject(asObject(parseJson(text)?.value)?.answers) ?? {};
  return Object.values(answers).flatMap((answer) =>
    asArray(asObject(answer)?.answers).flatMap((words) => asString(words) ?? []),
  );
}
