/** Anthropic content blocks as events, for every format that carries them. */
import type { RawEvent } from '../format.ts';
import { claimedSpans, humanTurn } from '../human-text.ts';
import type { JsonObject } from '../json-value.ts';
import { asArray, asObject, asString, isObject, present } from '../json-value.ts';
import type { Span, ToolUse } from '../session.ts';
import { callEvents, resultEvent } from '../tool-events.ts';
import { recentMap } from './recent.ts';

const maxOpenCalls = 5_000;

/** Calls whose results are still to come. */
export interface OpenCalls {
  set(id: string, tool: ToolUse<string>): void;
  take(id: string): ToolUse<string> | undefined;
}

export function openCalls(): OpenCalls {
  return recentMap<ToolUse<string>>(maxOpenCalls);
}

export interface BlockContext {
  readonly calls: OpenCalls;
  readonly at?: string | undefined;
  /** What words count as that look typed by a person. */
  readonly trust: 'person' | 'claimed';
}

/** The events of an assistant message: text, thinking and calls, one event a block. */
export function assistantEvents(content: unknown, context: BlockContext): readonly RawEvent[] {
  if (typeof content === 'string') return said('agent', content, context);
  return asArray(content)
    .filter(isObject)
    .flatMap((block) => assistantBlock(block, context));
}

function assistantBlock(block: JsonObject, context: BlockContext): readonly RawEvent[] {
  const type = asString(block.type) ?? '';
  if (type === 'text') return said('agent', block.text, context);
  if (type === 'thinking') return said('thinking', block.thinking, context);
  if (type.endsWith('tool_use')) return calls(block, context);
  if (type.endsWith('tool_result')) return [result(block, context, {})];
  return [];
}

function calls(block: JsonObject, context: BlockContext): readonly RawEvent[] {
  const name = asString(block.name);
  if (name === undefined) return [];
  const server = asString(block.server_name);
  const callId = asString(block.id);
  const events = callEvents({
    name: server === undefined ? name : `mcp__${server}__${name}`,
    input: block.input,
    callId,
    at: context.at,
  });
  const tool = events[0]?.tool;
  if (callId !== undefined && tool !== undefined) context.calls.set(callId, tool);
  return events;
}

function said(kind: 'agent' | 'thinking', text: unknown, { at }: BlockContext): readonly RawEvent[] {
  const words = asString(text);
  if (words === undefined || words.trim() === '') return [];
  return [{ ...present({ at }), kind, spans: [{ text: words, trust: 'agent' }] }];
}

/** The events of a user message: what people typed, what harnesses put there, and tool results. */
export function userEvents(
  content: unknown,
  context: BlockContext,
  details: ResultDetails = {},
): readonly RawEvent[] {
  if (typeof content === 'string') return humanEvents(content, context);
  return asArray(content).flatMap((block) => {
    if (typeof block === 'string') return humanEvents(block, context);
    return isObject(block) ? userBlock(block, context, details) : [];
  });
}

function userBlock(block: JsonObject, context: BlockContext, details: ResultDetails): readonly RawEvent[] {
  const type = asString(block.type) ?? '';
  if (type === 'text') return humanEvents(asString(block.text) ?? '', context);
  if (type.endsWith('tool_result')) return [result(block, context, details)];
  if (type === 'image' || type === 'document') {
    const spans: readonly Span<string>[] = [{ text: `[${type}]`, trust: 'pasted' }];
    return [{ ...present({ at: context.at }), kind: 'system', spans }];
  }
  return [];
}

/** A human turn as an event; none when it is blank. */
export function humanEvents(text: string, { at, trust }: BlockContext): readonly RawEvent[] {
  if (text.trim() === '') return [];
  const { kind, spans } = humanTurn(text);
  return [{ ...present({ at }), kind, spans: trust === 'person' ? spans : claimedSpans(spans) }];
}

/** What a recording keeps of a result beside its block. */
export interface ResultDetails {
  readonly output?: string | undefined;
  readonly interrupted?: boolean;
  /** The recording says that a person refused the call. */
  readonly denied?: boolean;
  readonly answers?: readonly string[];
}

function result(block: JsonObject, context: BlockContext, details: ResultDetails): RawEvent {
  const id = asString(block.tool_use_id);
  const known = id === undefined ? undefined : context.calls.take(id);
  const event = resultEvent({
    text: resultText(block.content) || (details.output ?? ''),
    tool: known && resultTool(known),
    flag: details.interrupted ? false : block.is_error !== true,
    at: context.at,
    trust: context.trust,
    ...present({ answers: details.answers, refused: details.denied === true ? {} : undefined }),
  });
  return { ...event, spans: event.spans.flatMap(withReminders) };
}

/** A result names its call; the replaced text stays with the call. */
function resultTool(tool: ToolUse<string>): ToolUse<string> {
  return present({ ...tool, replaced: undefined });
}

function resultText(content: unknown): string {
  if (typeof content === 'string') return content;
  return asArray(content)
    .map((part) => asString(asObject(part)?.text) ?? (asObject(part)?.type === 'image' ? '[image]' : ''))
    .filter((text) => text !== '')
    .join('\n');
}

/** Reminders that a harness appends to results read memory and rules back. */
function withReminders(span: Span<string>): readonly Span<string>[] {
  if (span.trust !== 'tool' || !span.text.includes('<system-reminder>')) return [span];
  return span.text
    .split(/(<system-reminder>(?:(?!<system-reminder>)[\s\S])*?<\/system-reminder>)/)
    .filter((text) => text !== '')
    .map((text) => ({ text, trust: text.startsWith('<system-reminder>') ? ('echo' as const) : span.trust }));
}
