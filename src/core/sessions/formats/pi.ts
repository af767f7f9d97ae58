/** pi sessions: JSON Lines, a list in version 1 and a tree of `id` and `parentId` in version 3. OpenClaw writes them too. */
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

export const pi: Format = {
  name: 'pi',
  about: 'pi coding agent sessions (~/.pi/agent/sessions/**/*.jsonl), version 1 and 3',
  detect(head) {
    const rows = headValues(head).filter(isObject);
    const [first] = rows;
    const entries = rows.some(
      (row) => row.type === 'message' && roles.test(asString(asObject(row.message)?.role) ?? ''),
    );
    if (first?.type !== 'session' || asString(first.id) === undefined) return 0;
    return entries || 'cwd' in first ? 2 : 1;
  },
  parse: (source) =>
    recording(
      { agent: 'pi', format: 'pi', interactive: true },
      drafts(source),
      'a pi session in which nobody said or did anything',
    ),
};

const roles = /^(?:user|assistant|toolResult|bashExecution)$/;

/** All branches of a tree are read, in the order they were written: what was said on an abandoned one was said all the same. */
async function* drafts(source: Source): AsyncGenerator<Draft> {
  const calls = new Map<string, ToolUse<string>>();
  let usage: Usage | undefined;
  for await (const row of jsonLines(source)) {
    if (row.type === 'skipped') {
      yield row;
      continue;
    }
    const message = asObject(row.value.message) ?? {};
    const at = asTime(row.value.timestamp) ?? asTime(message.timestamp);
    usage = added(usage, asObject(message.usage));
    yield { type: 'header', header: learned(row.value, message, usage) };
    for (const event of rowEvents(row.value, message, at, calls)) yield { type: 'event', event };
  }
}

/** A branched session begins with copies of older messages, so its own start is what its first row says. */
function learned(row: JsonObject, message: JsonObject, usage: Usage | undefined): Partial<RawHeader> {
  switch (row.type) {
    case 'session':
      return present({
        id: asString(row.id),
        startedAt: asTime(row.timestamp),
        cwd: asString(row.cwd),
        model: asString(row.modelId),
        parent: sessionOfPath(asString(row.branchedFrom) ?? asString(row.parentSession)),
      });
    case 'model_change':
      return present({ model: asString(row.modelId) });
    case 'session_info':
      return present({ title: asString(row.name) });
    default:
      return present({ model: asString(message.model), usage });
  }
}

/** `…/2025-12-09T00-52-54-397Z_<id>.jsonl` */
function sessionOfPath(path: string | undefined): string | undefined {
  const file = path
    ?.split(/[\\/]/)
    .at(-1)
    ?.replace(/\.jsonl$/, '');
  return asString(file?.slice(file.indexOf('_') + 1));
}

function rowEvents(
  row: JsonObject,
  message: JsonObject,
  at: string | undefined,
  calls: Map<string, ToolUse<string>>,
): readonly RawEvent[] {
  switch (row.type) {
    case 'message':
      return messageEvents(message, at, calls);
    case 'compaction':
    case 'branch_summary':
      return said('system', asString(row.summary), 'agent', at);
    case 'custom_message':
      return said('system', contentText(row.content), 'pasted', at);
    default:
      return [];
  }
}

function messageEvents(
  message: JsonObject,
  at: string | undefined,
  calls: Map<string, ToolUse<string>>,
): readonly RawEvent[] {
  switch (message.role) {
    case 'user':
      return prompted(contentText(message.content), at);
    case 'assistant':
      return assistantEvents(message, at, calls);
    case 'toolResult':
      return [answered(message, at, calls)];
    case 'bashExecution':
      return executed(message, at);
    case 'compactionSummary':
    case 'branchSummary':
      return said('system', asString(message.summary), 'agent', at);
    default:
      return said('system', contentText(message.content), 'pasted', at);
  }
}

function prompted(text: string | undefined, at: string | undefined): readonly RawEvent[] {
  if (text === undefined) return [];
  const { kind, spans } = humanTurn(text);
  return [{ ...present({ at }), kind, spans }];
}

function assistantEvents(
  message: JsonObject,
  at: string | undefined,
  calls: Map<string, ToolUse<string>>,
): readonly RawEvent[] {
  const plain = said('agent', asString(message.content), 'agent', at);
  const blocks = asObjects(message.content).flatMap((block): readonly RawEvent[] => {
    if (block.type === 'text') return said('agent', asString(block.text), 'agent', at);
    if (block.type === 'thinking') return said('thinking', asString(block.thinking), 'agent', at);
    if (block.type !== 'toolCall') return [];
    const callId = asString(block.id);
    const events = callEvents({
      name: asString(block.name) ?? 'tool',
      input: block.arguments ?? {},
      callId,
      at,
    });
    const tool = events[0]?.tool;
    if (callId !== undefined && tool !== undefined) calls.set(callId, tool);
    return events;
  });
  return [...plain, ...blocks, ...said('system', asString(message.errorMessage), 'tool', at)];
}

function answered(
  message: JsonObject,
  at: string | undefined,
  calls: Map<string, ToolUse<string>>,
): RawEvent {
  const callId = asString(message.toolCallId) ?? '';
  const tool = calls.get(callId);
  calls.delete(callId);
  const text = contentText(message.content) ?? '';
  const flag = typeof message.isError === 'boolean' ? !message.isError : undefined;
  return resultEvent({ text, tool, at, flag, trust: 'person' });
}

/** A command the person ran from the prompt (`!command`): the words of the call are theirs. */
function executed(message: JsonObject, at: string | undefined): readonly RawEvent[] {
  const [call] = callEvents({ name: 'bash', input: { command: message.command }, at });
  if (call === undefined) return [];
  const typed: RawEvent = { ...call, spans: call.spans.map((span) => ({ ...span, trust: 'person' })) };
  const exitCode = asNumber(message.exitCode);
  const flag = message.cancelled === true ? false : undefined;
  return [
    typed,
    resultEvent({
      text: asString(message.output) ?? '',
      tool: call.tool,
      at,
      exitCode,
      flag,
      trust: 'person',
    }),
  ];
}

function contentText(content: unknown): string | undefined {
  const texts = asObjects(content).flatMap((block) => asString(block.text) ?? []);
  return asString(content) ?? asString(texts.join('\n'));
}

function said(
  kind: RawEvent['kind'],
  text: string | undefined,
  trust: Span['trust'],
  at: string | undefined,
): readonly RawEvent[] {
  return text === undefined ? [] : [{ ...present({ at }), kind, spans: [{ text, trust }] }];
}

/** Each message counts its own call. */
function added(sum: Usage | undefined, usage: JsonObject | undefined): Usage | undefined {
  if (asNumber(usage?.input) === undefined) return sum;
  const count = (key: string): number => asNumber(usage?.[key]) ?? 0;
  return {
    inputTokens: (sum?.inputTokens ?? 0) + count('input'),
    outputTokens: (sum?.outputTokens ?? 0) + count('output'),
    cacheReadTokens: (sum?.cacheReadTokens ?? 0) + count('cacheRead'),
    cacheWriteTokens: (sum?.cacheWriteTokens ?? 0) + count('cacheWrite'),
    usd: (sum?.usd ?? 0) + (asNumber(asObject(usage?.cost)?.total) ?? 0),
  };
}
