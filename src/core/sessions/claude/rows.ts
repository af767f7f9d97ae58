/** Rows of a Claude Code transcript as events. */
import type { RawEvent } from '../format.ts';
import { humanTurn } from '../human-text.ts';
import type { JsonObject } from '../json-value.ts';
import { asArray, asObject, asString, asTime, isObject, present } from '../json-value.ts';
import type { Span, Trust } from '../session.ts';
import type { BlockContext, OpenCalls, ResultDetails } from './blocks.ts';
import { assistantEvents, humanEvents, userEvents } from './blocks.ts';
import type { MessageQueue } from './queue.ts';

export interface RowContext {
  readonly calls: OpenCalls;
  readonly queue: MessageQueue;
  /** Whether a prompt goes back to an earlier point; to be asked once for each row. */
  readonly rewound: (row: JsonObject, isPrompt: boolean) => boolean;
}

/** What a row says or does; nothing for bookkeeping, progress and titles of other conversations. */
export function rowEvents(row: JsonObject, context: RowContext): readonly RawEvent[] {
  const at = asTime(row.timestamp);
  const trust = isHeadless(row) ? 'claimed' : 'person';
  const blocks: BlockContext = { calls: context.calls, at, trust };
  switch (row.type) {
    case 'user':
      return userRow(row, blocks, context);
    case 'assistant':
      return assistantRow(row, blocks, context);
    case 'queue-operation':
    case 'attachment':
      return humanEvents(context.queue.typed(row) ?? '', blocks);
    case 'system':
      return systemRow(row, at);
    default:
      return [];
  }
}

/** Runs of the SDK and of `claude -p` have nobody at the keyboard; rows that name no session prove nothing. */
export function isHeadless(row: JsonObject): boolean {
  return row.sessionId === undefined || asString(row.entrypoint)?.startsWith('sdk') === true;
}

/** A sub-agent's rows: what looks like its user is the agent that sent it. */
export function isSidechain(row: JsonObject): boolean {
  return row.isSidechain === true;
}

function assistantRow(row: JsonObject, blocks: BlockContext, context: RowContext): readonly RawEvent[] {
  context.rewound(row, false);
  const message = asObject(row.message);
  const events = assistantEvents(message?.content, blocks);
  // Errors of the API and placeholders are written by the harness in the model's place.
  const synthetic = row.isApiErrorMessage === true || message?.model === '<synthetic>';
  return synthetic
    ? events.map((event) => ({ ...event, kind: 'system', spans: all(event.spans, 'tool') }))
    : events;
}

function userRow(row: JsonObject, blocks: BlockContext, context: RowContext): readonly RawEvent[] {
  const content = asObject(row.message)?.content;
  const isPrompt = !isSidechain(row) && row.isMeta !== true && typedText(content) !== undefined;
  const wentBack = context.rewound(row, isPrompt);
  const text = typedText(content);
  if (isPrompt && text !== undefined && context.queue.isRepeat(text)) return [];
  const events = userEvents(content, blocks, resultDetails(row));
  if (isSidechain(row)) return events.map(bySendingAgent);
  const origin = asString(asObject(row.origin)?.kind);
  if (origin !== undefined && origin !== 'human') return events.map((event) => byHarness(event, false));
  if (row.isMeta === true) return events.map((event) => byHarness(event, Array.isArray(content)));
  if (row.isCompactSummary === true) {
    return events.map((event) => ({ ...event, kind: 'agent', spans: all(event.spans, 'agent') }));
  }
  return wentBack && events.some((event) => event.kind === 'person')
    ? [goingBack(blocks.at), ...events]
    : events;
}

/** The text of a row that is a prompt and not a tool result. */
function typedText(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  const blocks = asArray(content).filter(isObject);
  if (blocks.some((block) => block.type === 'tool_result')) return undefined;
  const texts = blocks.flatMap((block) => asString(block.text) ?? []);
  return texts.length > 0 ? texts.join('\n') : undefined;
}

function bySendingAgent(event: RawEvent): RawEvent {
  return event.kind === 'person' ? { ...event, kind: 'agent', spans: all(event.spans, 'agent') } : event;
}

/** Bodies of skills and slash commands come as blocks and are memory read back; other notes are the harness's. */
function byHarness(event: RawEvent, isBody: boolean): RawEvent {
  if (event.kind === 'tool_result') return event;
  return { ...event, kind: 'system', spans: all(event.spans, isBody ? 'echo' : 'pasted') };
}

function all(spans: readonly Span<string>[], trust: Trust): readonly Span<string>[] {
  return [{ text: spans.map((span) => span.text).join(''), trust }];
}

function goingBack(at: string | undefined): RawEvent {
  const text =
    'The person went back to an earlier point; what followed there is no longer part of the conversation.';
  return { ...present({ at }), kind: 'system', spans: [{ text, trust: 'tool' }] };
}

function systemRow(row: JsonObject, at: string | undefined): readonly RawEvent[] {
  const text = asString(row.content);
  if (text === undefined) return [];
  if (row.subtype === 'local_command') {
    return [{ ...present({ at }), kind: 'system', spans: all(humanTurn(text).spans, 'pasted') }];
  }
  if (row.subtype !== 'compact_boundary') return [];
  return [{ ...present({ at }), kind: 'system', spans: [{ text, trust: 'tool' }] }];
}

function resultDetails(row: JsonObject): ResultDetails {
  const denied = row.toolDenialKind === 'user-rejected';
  const details = asObject(row.toolUseResult);
  if (details === undefined) return { denied };
  const output = [asString(details.stdout), asString(details.stderr)]
    .filter((text) => text !== undefined)
    .join('\n');
  const answers = Object.values(asObject(details.answers) ?? {}).flatMap((answer) => asString(answer) ?? []);
  return { output, interrupted: details.interrupted === true, answers, denied };
}
